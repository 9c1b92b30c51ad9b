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

    // Grouped by what a reader wants to do, which the generated list cannot.
    private const string Overview = """
        Maps JSON documents with a Bloblang-compatible mapping language.

        Usage: blobl COMMAND [OPTIONS], or blobl alone in a terminal to begin a session

        Run a mapping:
          exec         map documents from files or standard input
          repl         build a mapping statement by statement

        Run a pipeline:
          run          run a configuration: input, processors, output
          lint         say everything that is wrong with a configuration
          test         run the unit tests of configurations
          echo         show a configuration as it is understood
          create       print a configuration to begin with
          graph        draw a configuration

        Look things up:
          help         explain a function, a method or the code of an error
          list         list functions, methods or components

        Look inside:
          print        show the syntax tree or the resolved form of a mapping
          conformance  run conformance cases
          bench        measure how fast a mapping is

        Set up:
          completion   print a completion script for bash, zsh or fish

        Options: -h, --help; --version. "blobl COMMAND --help" tells more.
        """;

    internal static readonly NamedCommand[] Commands =
    [
        new("exec", ExecCommand.Create),
        new("repl", ReplCommand.Create),
        new("print", PrintCommand.Create),
        new("list", ListCommand.Create),
        new("help", HelpCommand.Create),
        new("completion", CompletionCommand.Create),
        new("conformance", ConformanceCommand.Create),
        new("bench", BenchCommand.Create),
#if PIPELINE
        new("run", RunCommand.Create),
        new("lint", LintCommand.Create),
        new("test", TestCommand.Create),
        new("echo", EchoCommand.Create),
        new("create", CreateCommand.Create),
        new("graph", GraphCommand.Create),
#endif
    ];

    public static int Run(string[] args, StandardStreams streams)
    {
        var root = new RootCommand("Maps JSON documents with a Bloblang-compatible mapping language.");
        foreach (Command command in CommandsFor(args, streams))
        {
            root.Add(command);
        }

        root.Options.OfType<VersionOption>().Single().Action = new VersionAction();
        if (args.Length == 0 && streams.IsTerminal)
        {
            return ReplCommand.Run(streams, path: null);
        }

        if (args is ["--help" or "-h" or "-?"])
        {
            using TextWriter help = streams.OpenOutputText();
            help.WriteLine(Overview);
            return ExitCodes.Fine;
        }

        ParseResult parsed = root.Parse(PairedOptions.Join(args), Configuration);
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

    /// <summary>The command that is named first, else all: to make them takes longer than a small mapping.</summary>
    private static IEnumerable<Command> CommandsFor(string[] args, StandardStreams streams)
    {
        string? first = args.FirstOrDefault();
        bool isNamed = Commands.Any(c => c.Name == first);
        return Commands.Where(c => !isNamed || c.Name == first).Select(c => c.Create(streams));
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

    /// <param name="Name">What it is called by.</param>
    /// <param name="Create">Makes it.</param>
    internal sealed record NamedCommand(string Name, Func<StandardStreams, Command> Create);
}
