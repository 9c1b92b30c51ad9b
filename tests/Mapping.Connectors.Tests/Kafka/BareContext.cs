using System.Diagnostics;
using Mapping.Functions;
using Mapping.Pipeline.Contracts;

namespace Mapping.Connectors.Tests.Kafka;

/// <summary>What parts of a component need that are tested alone.</summary>
internal sealed class BareContext(IMetrics metrics, ILog? log = null, TimeProvider? clock = null) : IComponentContext
{
    public ComponentPlan Plan => throw new NotSupportedException();

    public ILog Log { get; } = log ?? new NoLog();

    public IMetrics Metrics => metrics;

    public TimeProvider Clock { get; } = clock ?? TimeProvider.System;

    public IStandardStreams Streams => throw new NotSupportedException();

    public IResources Resources => throw new NotSupportedException();

    public MappingEnvironment Environment => throw new NotSupportedException();

    public IInternalChannels Channels => throw new NotSupportedException();

    public HttpEndpoints? Endpoints => null;

    public bool MayDeliverLoose => false;

    public Random CreateRandom() => throw new NotSupportedException();

    public IProcessorChain Build(IReadOnlyList<ComponentPlan<IProcessor>> processors) => throw new NotSupportedException();

    public IInput Build(ComponentPlan<IInput> input) => throw new NotSupportedException();

    public IOutput Build(ComponentPlan<IOutput> output) => throw new NotSupportedException();

    public Activity? StartSpan(string name, ActivityKind kind, Message message) => null;

    public void Dropped(int count, string reason) => throw new NotSupportedException();

    private sealed class NoLog : ILog
    {
        public bool IsOn(LogLevel level) => false;

        public void Write(LogLevel level, string message, params ReadOnlySpan<(string Name, string Value)> fields)
        {
        }

        public ILog With(params ReadOnlySpan<(string Name, string Value)> fields) => this;
    }
}
