using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Inputs;

/// <summary><c>resource: LABEL</c>: reads from a shared input, whose readers compete for messages.</summary>
internal sealed class ResourceInput(IInput shared) : IInput
{
    public static ComponentType Type { get; } = Component.Input(
        "resource",
        "Reads from an input of input_resources; several readers share its messages.",
        new ResourceNameType(ComponentKind.Input),
        static (label, context) => new ResourceInput(context.Resources.Input(label)));

    // The shared input does that itself.
    public bool ReplaysRejected => false;

    public bool IsExhausted => shared.IsExhausted;

    public ValueTask ConnectAsync(CancellationToken cancellation) => shared.ConnectAsync(cancellation);

    public ValueTask<Delivery?> ReadAsync(CancellationToken cancellation) => shared.ReadAsync(cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
