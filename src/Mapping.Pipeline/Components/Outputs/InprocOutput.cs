using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Outputs;

/// <summary><c>inproc: ID</c>: hands messages to an input of the same id in this process, and is done when they are written there.</summary>
internal sealed class InprocOutput(string id, IComponentContext context) : IOutput
{
    private readonly IDisposable sender = context.Channels.Open(id);

    public static ComponentType Type { get; } =
        Component.Output("inproc", "Hands messages to an inproc input of the same id in this process.", Fields.TextValue, static (id, context) => new InprocOutput(id, context));

    public int MaxInFlight => 64;

    public ValueTask WriteAsync(Batch batch, CancellationToken cancellation) => context.Channels.SendAsync(id, batch, cancellation);

    public ValueTask DisposeAsync()
    {
        sender.Dispose();
        return ValueTask.CompletedTask;
    }
}
