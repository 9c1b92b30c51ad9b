using System.Buffers;
using Mapping.Functions;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>Says when a batch that is being filled is full, and by what.</summary>
internal sealed class BatchRule(BatchPolicy policy, IComponentContext context)
{
    private readonly List<Message> messages = [];
    private long bytes;

    public BatchPolicy Policy => policy;

    public int Count => messages.Count;

    /// <summary>Adds a message; the name of the condition that closes the batch with it, or null.</summary>
    public string? Add(Message message)
    {
        messages.Add(message);
        bytes += message.Body.Length;
        return policy.Count > 0 && messages.Count >= policy.Count ? "count"
            : policy.ByteSize > 0 && bytes >= policy.ByteSize ? "size"
            : policy.Check is { } check && Holds(check) ? "check"
            : !policy.HasTrigger ? "count"
            : null;
    }

    /// <summary>Everything added since the last time.</summary>
    public Batch Close(string mechanism)
    {
        context.Metrics.Counter("batch_created", ("mechanism", mechanism)).Add();
        var batch = Batch.Of(messages);
        messages.Clear();
        bytes = 0;
        return batch;
    }

    private bool Holds(CompiledMapping check)
    {
        // The mapping sees the whole batch and may set metadata of the newest message, which must not stay.
        var result = new ArrayBufferWriter<byte>();
        Message newest = messages[^1];
        messages[^1] = newest.Copy();
        MappingOutcome outcome = check.Run(messages, messages.Count - 1, result, out MappingError? error);
        messages[^1] = newest;
        if (error is not null)
        {
            context.Log.Write(LogLevel.Error, $"the check of the batching policy failed: {error.Text}");
        }

        return outcome == MappingOutcome.Mapped && result.WrittenSpan.SequenceEqual("true"u8);
    }
}
