using System.Collections.Concurrent;
using System.Text;
using Mapping.Diagnostics;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Pipeline.Observability;
using Mapping.Pipeline.Running;
using Mapping.Text;

namespace Mapping.Connectors.Tests.Kafka;

/// <summary>A whole configuration that runs until it is stopped. Its output may be <c>test</c>, whose writes the test decides.</summary>
internal sealed class RunningPipeline : IAsyncDisposable
{
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(90);

    private readonly CancellationTokenSource stop = new();
    private readonly StringWriter log = new();
    private readonly TextWriter lines;
    private readonly PipelineRun run;
    private readonly Task<bool> work;
    private bool isStopped;

    public RunningPipeline(string yaml, Func<Batch, ValueTask>? write = null, params IReadOnlyList<string> overrides)
    {
        var output = Component.Output<bool>("test", "A test.", Component.NoFields, (_, _) => new TestOutput(this, write ?? (static _ => ValueTask.CompletedTask)));
        PipelineGraph graph = Read(yaml, overrides, out IReadOnlyList<Diagnostic> diagnostics, output) ?? throw new InvalidOperationException(string.Join("\n", diagnostics));
        lines = TextWriter.Synchronized(log);
        run = new PipelineRun(graph, new TextLog(lines, graph.Logger, TimeProvider.System), NoMetrics.Instance, TimeProvider.System, new NoStreams());
        work = Task.Run(() => run.RunAsync(stop.Token));
    }

    /// <summary>Bodies that were written to <c>test</c>; null for a null body.</summary>
    public ConcurrentQueue<string?> Written { get; } = new();

    public ConcurrentQueue<Batch> Batches { get; } = new();

    public string Log
    {
        get
        {
            // What the synchronized writer locks as well.
            lock (lines)
            {
                return log.ToString();
            }
        }
    }

    /// <summary>It ended by itself, because its input did.</summary>
    public bool IsDone => work.IsCompleted;

    public static PipelineGraph? Read(string yaml, out IReadOnlyList<Diagnostic> diagnostics, params ComponentType[] more) => Read(yaml, [], out diagnostics, more);

    private static PipelineGraph? Read(string yaml, IReadOnlyList<string> overrides, out IReadOnlyList<Diagnostic> diagnostics, params ComponentType[] more) => GraphReader.Read(
        AllConnectors.Catalogue.With(more),
        new Pipeline.Graph.Configuration { Main = new SourceText(yaml, "pipeline.yaml"), Overrides = overrides, Variables = static _ => null, Environment = MappingEnvironment.Full },
        out diagnostics);

    /// <summary>Waits for what must happen some time.</summary>
    public async Task UntilAsync(Func<bool> holds, string what)
    {
        using var end = new CancellationTokenSource(TooLong);
        while (!holds())
        {
            Assert.False(end.IsCancellationRequested, $"{what} did not happen; written {Written.Count}\n{Log}");
            if (work.IsFaulted)
            {
                await work;
            }

            await Task.Delay(20);
        }
    }

    public Task UntilWrittenAsync(int count) => UntilAsync(() => Written.Count >= count, $"{count} writes");

    public async Task StopAsync()
    {
        if (!isStopped)
        {
            isStopped = true;
            await stop.CancelAsync();
            await work.WaitAsync(TooLong);
            await run.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
    }

    private sealed class TestOutput(RunningPipeline owner, Func<Batch, ValueTask> write) : IOutput
    {
        public int MaxInFlight => 64;

        public async ValueTask WriteAsync(Batch batch, CancellationToken cancellation)
        {
            await write(batch).AsTask().WaitAsync(cancellation);
            owner.Batches.Enqueue(batch);
            foreach (Functions.Message message in batch)
            {
                owner.Written.Enqueue(message.IsNull ? null : Encoding.UTF8.GetString(message.Body.Span));
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
