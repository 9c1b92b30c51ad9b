using System.CommandLine;
using Mapping.Cli.Pipelines;
using Mapping.Pipeline.Graph;

namespace Mapping.Cli.Commands;

/// <summary><c>blobl lint FILE...</c>: says everything that is wrong with configurations.</summary>
internal static class LintCommand
{
    private const string Summary = """
        Says everything that is wrong with configurations, mappings inside them included, with the place and how to mend it. A warning tells what
        is right but unwise, such as messages that fail for ever with nothing to take them aside.

        Exit codes: 0 there are no errors, 2 usage, 3 a configuration is invalid, 4 a file cannot be read.
        """;

    public static Command Create(StandardStreams streams)
    {
        var syntax = new ConfigurationSyntax(takesMany: true);
        var command = new Command("lint", Summary);
        syntax.AddTo(command);
        command.SetAction(parsed =>
        {
            try
            {
                int exitCode = ExitCodes.Fine;
                foreach (Configuration configuration in syntax.ReadEach(parsed))
                {
                    try
                    {
                        Graphs.Read(configuration with { Advises = true }, streams.Error);
                    }
                    catch (Problem problem)
                    {
                        exitCode = problem.Report(streams.Error);
                    }
                }

                return exitCode;
            }
            catch (Problem problem)
            {
                return problem.Report(streams.Error);
            }
        });
        return command;
    }
}
