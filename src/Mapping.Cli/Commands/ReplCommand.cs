using System.CommandLine;
using Mapping.Cli.Repl;

namespace Mapping.Cli.Commands;

/// <summary><c>blobl repl</c>: a mapping is built statement by statement.</summary>
internal static class ReplCommand
{
    public static Command Create(StandardStreams streams)
    {
        var file = new Argument<string?>("FILE") { Description = "Documents to work on, one per line.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("repl", "Builds a mapping statement by statement and shows the result after each; :help lists what else there is.") { file };
        command.SetAction(parsed => Run(streams, parsed.GetValue(file)));
        return command;
    }

    public static int Run(StandardStreams streams, string? path)
    {
        using TextWriter output = streams.OpenOutputText();
        var session = new Session(output);
        var commands = new SessionCommands(session);
        if (streams.IsTerminal)
        {
            output.WriteLine("Statements build a mapping, expressions show their value. :help lists commands, :quit leaves.");
            output.Flush();
        }

        if (path is not null)
        {
            commands.Run($":load {path}");
            output.Flush();
        }

        ReadLoop.Run(session, commands, Lines(streams, session, commands, output));
        return ExitCodes.Fine;
    }

    private static ILineSource Lines(StandardStreams streams, Session session, SessionCommands commands, TextWriter output) =>
        streams.IsTerminal && EditingLineSource.IsSupported
            ? new EditingLineSource(new MappingCompletion(session, commands.Names), HistoryFile.OfUser())
            : new PlainLineSource(new StreamReader(streams.Input), streams.IsTerminal ? output : null);
}
