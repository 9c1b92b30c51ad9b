using System.Buffers;
using Mapping.Functions;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>Says when a batch that is being filled is full, and by what.</summary>
/// <param name="policies">The first of them that is fulfilled closes the batch.</param>
/// <param name="context">Of whoever has the policies.</param>
/// <param name="isCounted">The batch is one of the component, rather than one that goes to outputs within it.</param>
internal sealed class BatchRule(IReadOnlyList<BatchPolicy> policies, IComponentContext context, bool isCounted = true)
{
    private readonly BatchPolicy[] policies = [.. policies];
    private readonly List<Message> messages = [];
    private long bytes;

    public BatchRule(BatchPolicy policy, IComponentContext context)
        : this([policy], context)
    {
    }

    /// <summary>The longest time between two batches; null for no bound.</summary>
    public TimeSpan? Period { get; } = policies.Min(static p => p.Period);

    /// <summary>The most messages in a batch; 0 for no bound.</summary>
    public int MostMessages { get; } = policies.Where(static p => p.Count > 0).Select(static p => p.Count).DefaultIfEmpty().Min();

    public int Count => messages.Count;

    /// <summary>Adds a message; the name of the condition that closes the batch with it, or null.</summary>
    public string? Add(Message message)
    {
        messages.Add(message);
        bytes += message.Body.Length;
        foreach (BatchPolicy policy in policies)
        {
            if (ClosedBy(policy) is { } mechanism)
            {
                return mechanism;
            }
        }

        return null;
    }

    /// <summary>Everything added since the last time.</summary>
    public Batch Close(string mechanism)
    {
        if (isCounted)
        {
            context.Metrics.Counter("batch_created", ("mechanism", mechanism)).Add();
        }

        var batch = Batch.Of(messages);
        messages.Clear();
        bytes = 0;
        return batch;
    }

    private string? ClosedBy(BatchPolicy policy) =>
        policy.Count > 0 && messages.Count >= policy.Count ? "count"
        : policy.ByteSize > 0 && bytes >= policy.ByteSize ? "size"
        : policy.Check is { } check && Holds(check) ? "check"
        : !policy.HasTrigger ? "count"
        : null;

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
