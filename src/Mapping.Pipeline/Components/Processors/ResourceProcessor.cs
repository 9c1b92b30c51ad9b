using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Processors;

/// <summary><c>resource: LABEL</c>: runs a shared processor.</summary>
internal sealed class ResourceProcessor(IProcessorChain shared) : IProcessor
{
    public static ComponentType Type { get; } = Component.Processor(
        "resource",
        "Runs a processor of processor_resources.",
        new ResourceNameType(ComponentKind.Processor),
        static (label, context) => new ResourceProcessor(context.Resources.Processor(label)));

    public ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation) => shared.RunAsync(batch, cancellation);
}
