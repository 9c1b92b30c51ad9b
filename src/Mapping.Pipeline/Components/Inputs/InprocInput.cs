using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Inputs;

/// <summary><c>inproc: ID</c>: what outputs of the same id within the process send.</summary>
internal sealed class InprocInput(string id, IComponentContext context) : IInput
{
    public static ComponentType Type { get; } = Component.Input(
        "inproc",
        "Receives what an inproc output of the same id in this process sends, and ends with the last of them.",
        Fields.TextValue,
        static (id, context) => new InprocInput(id, context));

    // The sender waits for the outcome and decides.
    public bool ReplaysRejected => false;

    public ValueTask<Delivery?> ReadAsync(CancellationToken cancellation) => context.Channels.ReceiveAsync(id, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
