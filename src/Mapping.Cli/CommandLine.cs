using System.CommandLine;
using System.CommandLine.Parsing;
using Mapping.Cli.Commands;
using Mapping.Cli.Output;

namespace Mapping.Cli;

/// <summary>The commands of <c>blobl</c> and how their outcome becomes an exit code.</summary>
internal static class CommandLine
{
    // A mapping may begin with '@' (metadata), which is no reason to look for a response file.
    private static readonly ParserConfiguration Configuration = new() { ResponseFileTokenReplacer = null };

    public static int Run(string[] args, StandardStreams streams)
    {
        var root = new RootCommand("Maps JSON documents with a Bloblang-compatible mapping language.")
        {
            ExecCommand.Create(streams),
            ReplCommand.Create(streams),
            PrintCommand.Create(streams),
            ListCommand.Create(streams),
            HelpCommand.Create(streams),
            CompletionCommand.Create(streams),
            ConformanceCommand.Create(streams),
        };
        if (args.Length == 0 && streams.IsTerminal)
        {
            return ReplCommand.Run(streams, path: null);
        }

        ParseResult parsed = root.Parse(args, Configuration);
        if (parsed.Errors.Count > 0)
        {
            return ReportUsage(parsed, streams.Error);
        }

        try
        {
            using TextWriter output = streams.OpenOutputText();
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = streams.Error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception error) when (OutputBuffer.IsClosedPipe(error))
        {
            // Whoever read our output has seen enough, as in "blobl ... | head -1".
            return ExitCodes.Fine;
        }
    }

    private static int ReportUsage(ParseResult parsed, TextWriter error)
    {
        foreach (ParseError fault in parsed.Errors)
        {
            error.WriteLine($"blobl: {fault.Message}");
        }

        string command = parsed.CommandResult.Command is RootCommand ? "blobl" : $"blobl {parsed.CommandResult.Command.Name}";
        error.WriteLine($"  see \"{command} --help\"");
        return ExitCodes.Usage;
    }
}
