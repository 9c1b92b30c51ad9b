using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Outputs;

/// <summary><c>drop</c>: nothing is written, and all is well.</summary>
internal sealed class DropOutput(IComponentContext context) : IOutput
{
    private readonly ICounter dropped = context.Metrics.Counter("messages_dropped", ("reason", "output"));

    public static ComponentType Type { get; } =
        Component.Output("drop", "Drops every message, failed ones too, and counts them.", Component.NoFields, static (_, context) => new DropOutput(context));

    public int MaxInFlight => 64;

    public bool TakesFailed => true;

    public bool TakesLoose => true;

    public ValueTask WriteAsync(Batch batch, CancellationToken cancellation)
    {
        dropped.Add(batch.Count);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
