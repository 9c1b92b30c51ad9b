using System.Collections.Concurrent;
using System.Diagnostics;
using Mapping.Functions;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>What the runner gives one component.</summary>
internal sealed class ComponentContext : IComponentContext
{
    private readonly RunServices services;
    private readonly ConcurrentDictionary<string, ICounter> dropped = new(StringComparer.Ordinal);

    public ComponentContext(RunServices services, ComponentPlan plan)
    {
        this.services = services;
        Plan = plan;
        Log = services.Log.With(("label", plan.Label ?? string.Empty), ("path", plan.Path));
        Metrics = services.Metrics.With(("label", plan.Label ?? string.Empty), ("path", plan.Path));
    }

    public ComponentPlan Plan { get; }

    public ILog Log { get; }

    public IMetrics Metrics { get; }

    /// <summary>False when nobody looks at metrics, so that nothing need be timed.</summary>
    public bool IsMeasured => services.Metrics is not NoMetrics;

    /// <summary>Spans of messages; null when nobody traces.</summary>
    public ActivitySource? Spans => services.Spans;

    public ConnectionBoard Connections => services.Connections;

    public Unowned Unowned => services.Unowned;

    public TimeProvider Clock => services.Clock;

    public IStandardStreams Streams => services.Streams;

    public IResources Resources => services.Resources;

    public MappingEnvironment Environment => services.Environment;

    public IInternalChannels Channels => services.Channels;

    public HttpEndpoints? Endpoints => services.Endpoints;

    public bool MayDeliverLoose { get; init; }

    public Random CreateRandom() => services.Seed is { } seed ? new Random(seed) : new Random();

    public IProcessorChain Build(IReadOnlyList<ComponentPlan<IProcessor>> processors) => ProcessorChain.Create(processors, services);

    public IInput Build(ComponentPlan<IInput> input) => Inputs.Create(input, services);

    public IOutput Build(ComponentPlan<IOutput> output) => OutputSlot.Create(output, services);

    public Activity? StartSpan(string name, ActivityKind kind, Message message) => Spans is { } source ? MessageSpans.Start(source, name, kind, message) : null;

    public void Dropped(int count, string reason)
    {
        if (count > 0)
        {
            dropped.GetOrAdd(reason, static (name, metrics) => metrics.Counter("messages_dropped", ("reason", name)), Metrics).Add(count);
        }
    }
}
