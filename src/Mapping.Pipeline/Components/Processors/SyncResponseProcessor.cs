using Mapping.Functions;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Processors;

/// <summary><c>sync_response</c>: messages as they are now become the answer to the caller, and go on.</summary>
internal sealed class SyncResponseProcessor : IProcessor
{
    public static ComponentType Type { get; } = new ComponentType<IProcessor, bool>(
        ComponentKind.Processor,
        "sync_response",
        "Keeps a copy of every message as the answer to the caller of an input that can answer, such as http_server, and passes the message on.",
        Component.NoFields,
        static (_, _) => new SyncResponseProcessor())
    {
        Description = "The answer is sent when the output took the messages. Where nobody waits for an answer, nothing is kept.",
        Example = """
            input:
              generate: { mapping: 'root.n = 1', count: 1 }
            pipeline:
              processors:
                - sync_response: {}
            output:
              stdout: {}
            """,
    };

    public ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        foreach (IGrouping<ResponseStore, Message> caller in batch.Where(m => Trail.Of(m)?.Responses is not null).GroupBy(m => Trail.Of(m)!.Responses!))
        {
            caller.Key.Add(Batch.Of(caller));
        }

        return ValueTask.FromResult<Batches>(batch);
    }
}
