using System.CommandLine;
using Mapping.Cli.Pipelines;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Reference;

namespace Mapping.Cli.Commands;

/// <summary><c>blobl echo FILE</c>: a configuration as it is understood.</summary>
internal static class EchoCommand
{
    private const string Summary = """
        Shows a configuration as it is understood: with every default and every change. Secrets are masked, and a value that comes from an
        environment variable is shown as it is written.

        Exit codes: 0 fine, 2 usage, 3 the configuration is invalid, 4 a file cannot be read.
        """;

    public static Command Create(StandardStreams streams)
    {
        var syntax = new ConfigurationSyntax();
        var format = new Option<string>("--format") { Description = "yaml or json.", HelpName = "yaml|json", DefaultValueFactory = _ => "yaml" };
        format.AcceptOnlyFromAmong("yaml", "json");
        var command = new Command("echo", Summary);
        syntax.AddTo(command);
        command.Add(format);
        command.SetAction(parsed =>
        {
            try
            {
                PipelineGraph graph = Graphs.Read(syntax.Read(parsed), streams.Error);
                using TextWriter output = streams.OpenOutputText();
                output.Write(parsed.GetValue(format) == "json" ? Echo.ToJson(graph) : Echo.ToYaml(graph));
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
