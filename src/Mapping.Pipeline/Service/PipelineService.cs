using System.Diagnostics;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Observability;
using Mapping.Pipeline.Running;

namespace Mapping.Pipeline.Service;

/// <summary>A pipeline with what serves and reports beside it: metrics, spans and the HTTP server.</summary>
internal sealed partial class PipelineService : IAsyncDisposable
{
    private const string SpanSource = "mapping.pipeline";

    private readonly IMetricsExporter exporter;
    private readonly ITracer tracer;
    private readonly ActivitySource? spans;
    private readonly ILog log;
    private readonly TimeProvider clock;
    private readonly IStandardStreams streams;
    private readonly PipelineGraph first;
    private readonly List<string> unwritten = [];
    private PipelineRun run;
    private PipelineGraph graph;
    private ServicePort? port;

    /// <summary>Pages that components serve on the HTTP server.</summary>
    public HttpEndpoints Endpoints { get; } = new();

    /// <summary>Makes every component.</summary>
    /// <exception cref="ComponentStartException">One of them cannot work as it is configured.</exception>
    public PipelineService(PipelineGraph graph, ILog log, TimeProvider clock, IStandardStreams streams)
    {
        this.graph = first = graph;
        this.log = log;
        this.clock = clock;
        this.streams = streams;
        var services = new RunServices { Log = log, Clock = clock, Streams = streams, Resources = new Resources(graph), Errors = graph.Errors };
        try
        {
            exporter = Make(graph.Service.Metrics.Exporter, services);
            tracer = Make(graph.Service.Tracer, services);
            Metrics = exporter.IsOn ? new MetricRegistry(exporter, new MetricNaming(graph.Service.Metrics.Mapping, log), clock) : NoMetrics.Instance;
            if (tracer.IsOn)
            {
                spans = new ActivitySource(SpanSource);
                tracer.Start(spans);
            }

            run = MakeRun(graph);
            services.Unowned.Close();
        }
        catch
        {
            services.Unowned.DisposeAsync().AsTask().GetAwaiter().GetResult();
            spans?.Dispose();
            throw;
        }
    }

    public IMetrics Metrics { get; }

    public ConnectionBoard Connections => run.Connections;

    /// <summary>What was cut off and what becomes of it, one sentence for every pipeline that was; empty when everything read was written.</summary>
    public IReadOnlyList<string> Unwritten => unwritten;

    /// <summary>Null when there is none.</summary>
    public MetricPage? MetricPage => exporter.Page;

    public PipelineGraph Graph => graph;

    /// <summary>The address the server got; null without one.</summary>
    public string? Address => port?.Address;

    /// <summary>Opens the port of the HTTP server, when there is to be one.</summary>
    /// <exception cref="ServiceStartException">It cannot listen where it was told to.</exception>
    public void Serve()
    {
        if (!graph.Service.Http.IsEnabled)
        {
            return;
        }

        try
        {
            port = ServicePort.Open(this, log);
            if (log.IsOn(LogLevel.Debug))
            {
                log.Write(LogLevel.Debug, "the HTTP service listens", ("address", port.Address));
            }
        }
        catch (ServiceStartException error) when (!graph.Service.Http.IsAddressWritten)
        {
            log.Write(LogLevel.Warn, error.Diagnostic.Message + "; the run goes on without it");
        }
    }

    /// <inheritdoc cref="PipelineRun.RunAsync(CancellationToken)"/>
    public async Task<bool> RunAsync(CancellationToken stop)
    {
        if (!await run.RunAsync(stop).ConfigureAwait(false))
        {
            unwritten.Add($"the run was stopped with {run.TellUnwritten()}");
        }

        return unwritten.Count == 0;
    }

    public async ValueTask DisposeAsync()
    {
        await run.DisposeAsync().ConfigureAwait(false);
        if (port is not null)
        {
            await port.DisposeAsync().ConfigureAwait(false);
        }

        // After everything that is counted and traced.
        await tracer.DisposeAsync().ConfigureAwait(false);
        await exporter.DisposeAsync().ConfigureAwait(false);
        spans?.Dispose();
    }

    private PipelineRun MakeRun(PipelineGraph graph) => new(graph, log, Metrics, clock, streams, spans, graph.Service.Http.IsEnabled ? Endpoints : null);

    private static TComponent Make<TComponent>(ComponentPlan<TComponent> plan, RunServices services)
        where TComponent : class => Construction.Make(plan, new ComponentContext(services, plan));
}
