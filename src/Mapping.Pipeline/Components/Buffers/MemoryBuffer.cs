using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Buffers;

/// <param name="Limit">Bytes held.</param>
/// <param name="Batching">On the way out.</param>
internal sealed record MemoryBufferOptions(long Limit, BatchPolicy? Batching);

/// <summary><c>memory</c>: messages wait in the memory of the process, and are acknowledged before they are written.</summary>
internal sealed class MemoryBuffer(MemoryBufferOptions options) : IBuffer, ISettler
{
    private const int BytesOfAMessage = 200;

    private static readonly Field<long> Limit = Fields.Size("limit", "Bytes of messages held; when they are reached, the input waits. A batch that alone is larger is taken when the buffer is empty.").Default("524288000");
    private static readonly Field<bool> Enabled = Fields.Bool("enabled", "Group messages on their way out of the buffer.").Default("false");

    private static readonly Field<BatchPolicy?> Policy = Fields.Group(
        "batch_policy",
        new Shape<BatchPolicy?>([Enabled, .. SharedFields.PolicyFields], static read => read.Get(Enabled) ? SharedFields.ReadPolicy(read) : null)
            .Rule(static (policy, _) => SharedFields.WhereEndless(policy)),
        "How messages are grouped on their way out.").Optional();

    private readonly Lock gate = new();
    private readonly Queue<(Batch Batch, long Size)> waiting = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long held;
    private long messages;
    private bool isComplete;

    public static ComponentType Type { get; } = new ComponentType<IBuffer, MemoryBufferOptions>(
        ComponentKind.Buffer,
        "memory",
        "Holds messages in memory, so that a source does not wait for the output.",
        new Shape<MemoryBufferOptions>([Limit, Policy], read => new MemoryBufferOptions(read.Get(Limit), SharedFields.Active(read.Get(Policy)))),
        static (options, _) => new MemoryBuffer(options))
    {
        Description = """
            **Messages can be lost**: they are acknowledged to their source when they are in the buffer, and are gone when the process
            ends before they are written. A stop in order writes them first, and loses what it cannot write within `shutdown_timeout`.
            `sqlite` holds messages that survive.
            """,
        Example = """
            input:
              generate: { count: 10, interval: "", mapping: root.id = counter() }
            buffer:
              memory: { limit: 100MiB, batch_policy: { enabled: true, count: 5, period: 1s } }
            output:
              drop: {}
            """,
    };

    public BatchPolicy? Batching => options.Batching;

    public long LostCount => Interlocked.Read(ref messages);

    public async ValueTask WriteAsync(Delivery delivery, CancellationToken cancellation)
    {
        foreach (Message message in delivery.Messages)
        {
            // The way back ends here: nobody waits for these messages any more.
            message.Attachment = null;
        }

        long size = delivery.Messages.ByteSize() + (delivery.Messages.Count * BytesOfAMessage);
        while (TryStore(delivery.Messages, size) is { } room)
        {
            await room.WaitAsync(cancellation).ConfigureAwait(false);
            if (delivery.IsAbandoned)
            {
                // What is stored would be written here, after whoever owns it by now.
                await delivery.SettleAsync(new Rejection("its source gave it up while it waited for room in the buffer")).ConfigureAwait(false);
                return;
            }
        }

        await delivery.SettleAsync(null).ConfigureAwait(false);
    }

    public void Complete()
    {
        lock (gate)
        {
            isComplete = true;
        }

        Wake();
    }

    public async ValueTask<Delivery?> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task change;
            lock (gate)
            {
                if (waiting.TryDequeue(out (Batch Batch, long Size) next))
                {
                    return new Delivery(next.Batch, this, next.Size);
                }

                if (isComplete)
                {
                    return null;
                }

                change = changed.Task;
            }

            await change.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>What is written takes no more room.</summary>
    public ValueTask SettleAsync(Delivery delivery, Rejection? rejection)
    {
        lock (gate)
        {
            held -= delivery.Position;
            messages -= delivery.Messages.Count;
        }

        Wake();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Null when it is stored; otherwise what to wait for.</summary>
    private Task? TryStore(Batch batch, long size)
    {
        lock (gate)
        {
            if (held > 0 && held + size > options.Limit)
            {
                return changed.Task;
            }

            held += size;
            messages += batch.Count;
            waiting.Enqueue((batch, size));
        }

        Wake();
        return null;
    }

    private void Wake()
    {
        TaskCompletionSource old;
        lock (gate)
        {
            old = changed;
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        old.TrySetResult();
    }
}
