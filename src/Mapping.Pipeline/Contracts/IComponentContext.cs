using System.Diagnostics;
using Mapping.Functions;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Contracts;

/// <summary>What the runner gives a component when it is made.</summary>
internal interface IComponentContext
{
    ComponentPlan Plan { get; }

    /// <summary>Lines carry the component's label and path.</summary>
    ILog Log { get; }

    /// <summary>Metrics carry the component's label and path.</summary>
    IMetrics Metrics { get; }

    TimeProvider Clock { get; }

    /// <summary>Streams of the process.</summary>
    IStandardStreams Streams { get; }

    /// <summary>Components shared by label. That they exist was checked when the configuration was read.</summary>
    IResources Resources { get; }

    /// <summary>What mappings may use that are made while the pipeline runs.</summary>
    MappingEnvironment Environment { get; }

    /// <summary>Inputs and outputs that meet within the process.</summary>
    IInternalChannels Channels { get; }

    /// <summary>The HTTP server of the service; null when the run has none.</summary>
    HttpEndpoints? Endpoints { get; }

    /// <summary>An input may deliver loose messages (<see cref="Batch.IsLoose"/>): everybody on their way takes them.</summary>
    bool MayDeliverLoose { get; }

    /// <summary>Jitter and sampling.</summary>
    Random CreateRandom();

    /// <summary>Makes processors that run one after another, watched like those of the pipeline itself.</summary>
    IProcessorChain Build(IReadOnlyList<ComponentPlan<IProcessor>> processors);

    /// <summary>Makes an input with its processors and batching; the component disposes it.</summary>
    IInput Build(ComponentPlan<IInput> input);

    /// <summary>Makes an output with its processors, batching and bound of writes in flight; the component disposes it.</summary>
    IOutput Build(ComponentPlan<IOutput> output);

    /// <summary>A span within that of the message, for a call to another service; null when the message is not traced.</summary>
    Activity? StartSpan(string name, ActivityKind kind, Message message);

    /// <summary>Counts messages that were removed on purpose as <c>messages_dropped</c>.</summary>
    void Dropped(int count, string reason);
}

/// <summary>Processors that run one after another.</summary>
internal interface IProcessorChain : IAsyncDisposable
{
    bool IsEmpty { get; }

    /// <summary>Failures are flags of the messages; nothing a processor does makes this throw but the end of the wait.</summary>
    ValueTask<Batches> RunAsync(Batch batch, CancellationToken cancellation);
}

/// <summary>Shared components, made when first asked for.</summary>
internal interface IResources
{
    IInput Input(string label);

    IProcessorChain Processor(string label);

    IOutput Output(string label);

    ICache Cache(string label);

    IRateLimit RateLimit(string label);
}

/// <summary>The streams of the process, or stand-ins.</summary>
internal interface IStandardStreams
{
    Stream Input { get; }

    Stream Output { get; }
}

/// <summary>Named hand-overs between an output and inputs of one process.</summary>
internal interface IInternalChannels
{
    /// <summary>Hands messages to an input of that name; returns when they are written, throws when they are rejected.</summary>
    ValueTask SendAsync(string name, Batch batch, CancellationToken cancellation);

    /// <summary>The next messages sent; null when no sender is left.</summary>
    ValueTask<Delivery?> ReceiveAsync(string name, CancellationToken cancellation);

    /// <summary>A sender exists from now on; dispose it when no more is sent.</summary>
    IDisposable Open(string name);
}
