using System.CommandLine;
using Mapping.Cli.Pipelines;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Running;

namespace Mapping.Cli.Commands;

/// <summary><c>blobl run FILE</c>: runs a pipeline.</summary>
internal static class RunCommand
{
    private const string Summary = """
        Runs a pipeline until its input ends or a signal stops it. Without a file it maps nothing, from standard input to standard output.

        Exit codes: 0 everything read was written, 1 the stop took too long or the run broke, 2 usage, 3 the configuration is invalid, 4 a file cannot be read.
        """;

    public static Command Create(StandardStreams streams)
    {
        var syntax = new ConfigurationSyntax();
        var command = new Command("run", Summary);
        syntax.AddTo(command);
        command.SetAction(parsed =>
        {
            try
            {
                // Not an asynchronous action, to which the library would bring signal handlers of its own.
                return RunAsync(Graphs.Read(syntax.Read(parsed), streams.Error), streams).GetAwaiter().GetResult();
            }
            catch (Problem problem)
            {
                return problem.Report(streams.Error);
            }
            catch (ComponentStartException error)
            {
                streams.Error.WriteLine(error.Diagnostic.ToString());
                return ExitCodes.Failed;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(PipelineGraph graph, StandardStreams streams)
    {
        // Standard output belongs to an output that writes there.
        bool writesOut = graph.Output.Type == "stdout" || graph.Resources.Values.Any(r => r.Type == "stdout") || graph.Output.Children.Count > 0;
        TextWriter lines = writesOut ? streams.Error : streams.OpenOutputText();
        var log = new TextLog(lines, graph.Logger, TimeProvider.System);
        using var signals = new StopSignals(graph.Shutdown.Delay);
        await using var run = new PipelineRun(graph, log, NoMetrics.Instance, TimeProvider.System, new ProcessStreams(streams));
        if (await run.RunAsync(signals.Token).ConfigureAwait(false))
        {
            return ExitCodes.Fine;
        }

        await streams.Error.WriteLineAsync($"blobl: the run was cut off with {run.InFlight}; the source delivers them again").ConfigureAwait(false);
        return ExitCodes.Failed;
    }
}
