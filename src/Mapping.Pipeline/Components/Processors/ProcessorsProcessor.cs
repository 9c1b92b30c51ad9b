using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Processors;

/// <summary><c>processors: [...]</c>: a list in the place of one.</summary>
internal sealed class ProcessorsProcessor(IProcessorChain steps) : IProcessor
{
    public static ComponentType Type { get; } =
        Component.Processor("processors", "Runs a list of processors on the batch.", Fields.ProcessorsValue, static (steps, context) => new ProcessorsProcessor(context.Build(steps)));

    public ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation) => steps.RunAsync(batch, cancellation);

    public ValueTask DisposeAsync() => steps.DisposeAsync();
}
