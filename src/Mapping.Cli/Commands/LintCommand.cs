using System.CommandLine;
using Mapping.Cli.Pipelines;

namespace Mapping.Cli.Commands;

/// <summary><c>blobl lint FILE</c>: says everything that is wrong with a configuration.</summary>
internal static class LintCommand
{
    private const string Summary = """
        Says everything that is wrong with a configuration, mappings inside it included, with the place and how to mend it. A warning tells what is
        right but unwise, such as messages that fail for ever with nothing to take them aside.

        Exit codes: 0 there are no errors, 2 usage, 3 the configuration is invalid, 4 a file cannot be read.
        """;

    public static Command Create(StandardStreams streams)
    {
        var syntax = new ConfigurationSyntax();
        var command = new Command("lint", Summary);
        syntax.AddTo(command);
        command.SetAction(parsed =>
        {
            try
            {
                Graphs.Read(syntax.Read(parsed) with { Advises = true }, streams.Error);
                return ExitCodes.Fine;
            }
            catch (Problem problem)
            {
                return problem.Report(streams.Error);
            }
        });
        return command;
    }
}
