using System.Text;
using Mapping.Diagnostics;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Observability;
using Mapping.Pipeline.Running;
using Mapping.Testing;
using Mapping.Text;

namespace Mapping.Pipeline.Tests;

/// <summary>Runs whole configurations in this process, with streams of its own.</summary>
internal static class PipelineTest
{
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(90 * TestScale.Factor);

    /// <summary>Runs to the end of the input.</summary>
    public static Task<Outcome> RunAsync(string yaml, string input = "", Func<string, string?>? variables = null, params ComponentType[] more) =>
        RunAsync(Read(yaml, variables, more), input, default);

    public static async Task<Outcome> RunAsync(PipelineGraph graph, string input, CancellationToken stop)
    {
        var streams = new Streams(input);
        var lines = new StringWriter();
        var log = new TextLog(lines, graph.Logger with { AddTimestamp = false, StaticFields = [] }, TimeProvider.System);
        await using var run = new PipelineRun(graph, log, NoMetrics.Instance, TimeProvider.System, streams);
        bool finished = await run.RunAsync(stop).WaitAsync(TooLong, CancellationToken.None);
        return new Outcome(Encoding.UTF8.GetString(streams.Written.ToArray()), lines.ToString(), finished, run.InFlight.Open);
    }

    public static PipelineGraph Read(string yaml, Func<string, string?>? variables = null, params ComponentType[] more) => Read(Configured(yaml, variables), more);

    public static PipelineGraph Read(Graph.Configuration configuration, params ComponentType[] more)
    {
        PipelineGraph? graph = GraphReader.Read(StandardCatalogue.Instance.With(more), configuration, out IReadOnlyList<Diagnostic> diagnostics);
        return graph ?? throw new InvalidOperationException(string.Join("\n", diagnostics));
    }

    /// <summary>Everything wrong with a configuration, as a user sees it.</summary>
    public static string Lint(string yaml, params ComponentType[] more) => Lint(Configured(yaml, null), more);

    public static string Lint(Graph.Configuration configuration, params ComponentType[] more)
    {
        GraphReader.Read(StandardCatalogue.Instance.With(more), configuration, out IReadOnlyList<Diagnostic> diagnostics);
        return string.Join("\n", diagnostics);
    }

    public static Graph.Configuration Configured(string yaml, Func<string, string?>? variables = null) => new()
    {
        Main = new SourceText(yaml, "pipeline.yaml"),
        Variables = variables ?? (static _ => null),
        Environment = MappingEnvironment.Full,
    };

    internal sealed record Outcome(string Output, string Log, bool Finished, long Open)
    {
        public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    internal sealed class Streams(string input) : IStandardStreams
    {
        public MemoryStream Written { get; } = new();

        public Stream Input { get; } = new MemoryStream(Encoding.UTF8.GetBytes(input));

        public Stream Output => Written;
    }
}
