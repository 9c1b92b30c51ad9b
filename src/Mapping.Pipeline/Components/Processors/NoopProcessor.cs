using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Processors;

/// <summary><c>noop</c>: messages pass.</summary>
internal sealed class NoopProcessor : IProcessor
{
    public static ComponentType Type { get; } = Component.Processor("noop", "Passes messages on as they are.", Component.NoFields, static (_, _) => new NoopProcessor());

    public bool TakesLoose => true;

    public ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation) => ValueTask.FromResult<Batches>(batch);
}
