using System.CommandLine;
using Mapping.Cli.Pipelines;
using Mapping.Pipeline.Graph;

namespace Mapping.Cli.Commands;

/// <summary><c>blobl graph FILE</c>: draws a configuration.</summary>
internal static class GraphCommand
{
    private const string Summary = """
        Draws a configuration as a Mermaid flow chart, which many documentation tools show as a picture.

        Exit codes: 0 fine, 2 usage, 3 the configuration is invalid, 4 a file cannot be read.
        """;

    public static Command Create(StandardStreams streams)
    {
        var syntax = new ConfigurationSyntax();
        var command = new Command("graph", Summary);
        syntax.AddTo(command);
        command.SetAction(parsed =>
        {
            try
            {
                string chart = MermaidWriter.Write(Graphs.Read(syntax.Read(parsed), streams.Error));
                using TextWriter output = streams.OpenOutputText();
                output.Write(chart);
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
