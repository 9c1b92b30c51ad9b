using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Outputs;

/// <summary><c>resource: LABEL</c>: writes to a shared output.</summary>
internal sealed class ResourceOutput(IOutput shared) : IOutput
{
    public static ComponentType Type { get; } = Component.Output(
        "resource",
        "Writes to an output of output_resources.",
        new ResourceNameType(ComponentKind.Output),
        static (label, context) => new ResourceOutput(context.Resources.Output(label)));

    public int MaxInFlight => shared.MaxInFlight;

    public IReadOnlyList<BatchPolicy> Gathering => shared.Gathering;

    // The shared output refuses failed messages itself.
    public bool TakesFailed => true;

    public ValueTask ConnectAsync(CancellationToken cancellation) => shared.ConnectAsync(cancellation);

    public ValueTask WriteAsync(Batch batch, CancellationToken cancellation) => shared.WriteAsync(batch, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
