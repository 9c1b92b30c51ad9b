using Mapping.Functions;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Outputs;

/// <summary><c>sync_response</c>: messages are the answer to the caller of the input.</summary>
internal sealed class SyncResponseOutput : IOutput
{
    public static ComponentType Type { get; } =
        Component.Output("sync_response", "Answers the caller of an input that can answer, such as http_server, with the messages.", Component.NoFields, static (_, _) => new SyncResponseOutput());

    public int MaxInFlight => 64;

    public bool TakesFailed => true;

    public ValueTask WriteAsync(Batch batch, CancellationToken cancellation)
    {
        if (batch.Any(m => Trail.Of(m)?.Responses is null))
        {
            throw new InvalidOperationException("the input of these messages has no caller to answer");
        }

        foreach (IGrouping<ResponseStore, Message> caller in batch.GroupBy(m => Trail.Of(m)!.Responses!))
        {
            caller.Key.Add(Batch.Of(caller));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
