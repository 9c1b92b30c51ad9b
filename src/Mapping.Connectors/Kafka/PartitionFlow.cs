using System.Threading.Channels;
using Confluent.Kafka;
using Mapping.Functions;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;
using Mapping.Pipeline.Running;
using Mapping.Values;

namespace Mapping.Connectors.Kafka;

/// <summary>Messages of one partition that go on together.</summary>
/// <param name="Flow">Settles them.</param>
/// <param name="Messages">In the order of the partition.</param>
/// <param name="Position">The offset of the last of them.</param>
internal sealed record Gathered(PartitionFlow Flow, Batch Messages, long Position);

/// <summary>
/// What was read of one partition since it was assigned and is not settled. One thread adds, any thread settles. The offset to commit
/// never passes a message that is open.
/// </summary>
internal sealed class PartitionFlow : ISettler
{
    private readonly Lock gate = new();
    private readonly FlowOptions options;
    private readonly TimeProvider clock;
    private readonly ChannelWriter<Gathered> ready;
    private readonly Action settled;
    private readonly BatchRule? rule;
    private readonly Watermark watermark = new(-1);
    private readonly Queue<(long Position, int Count)> open = new();
    private readonly Queue<(Message Message, long Offset)> ahead = new();
    private long aheadBytes;
    private long gatheringSince;
    private long gatheredTo;
    private long told = -1;
    private int underWay;
    private int handedOver;
    private TaskCompletionSource? stopped;

    public PartitionFlow(TopicPartition partition, FlowOptions options, IComponentContext context, ChannelWriter<Gathered> ready, Action settled)
    {
        this.options = options;
        this.ready = ready;
        this.settled = settled;
        Partition = partition;
        Topic = Value.FromString(partition.Topic);
        clock = context.Clock;
        rule = options.Batching is { } policy ? new BatchRule(policy, context) : null;
        LastMoved = clock.GetTimestamp();
    }

    public TopicPartition Partition { get; }

    /// <summary>The topic as messages carry it.</summary>
    public Value Topic { get; }

    /// <summary>Records that came while there was no room; the reading thread keeps them here.</summary>
    public Queue<(Message Message, long Offset)> Held { get; } = new();

    /// <summary>When something was settled last, or read with nothing under way.</summary>
    public long LastMoved { get; private set; }

    /// <summary>Whether another message may be added.</summary>
    public bool HasRoom
    {
        get
        {
            lock (gate)
            {
                return options.IsOrdered
                    ? ahead.Count == 0 || aheadBytes < options.BufferBytes
                    : underWay == 0 || underWay + (rule?.Count ?? 0) < options.CheckpointLimit;
            }
        }
    }

    /// <summary>Messages that went on and are not settled.</summary>
    public int UnderWay
    {
        get
        {
            lock (gate)
            {
                return underWay;
            }
        }
    }

    public void Add(Message message, long offset)
    {
        lock (gate)
        {
            if (options.IsOrdered)
            {
                ahead.Enqueue((message, offset));
                aheadBytes += message.Body.Length;
                if (aheadBytes >= options.BatchBytes)
                {
                    SendAhead();
                }

                return;
            }

            if (rule is null)
            {
                Send(new Batch(message), offset);
                return;
            }

            gatheringSince = rule.Count == 0 ? clock.GetTimestamp() : gatheringSince;
            gatheredTo = offset;
            if (rule.Add(message) is { } mechanism)
            {
                Send(rule.Close(mechanism), offset);
            }
        }
    }

    /// <summary>Nothing more comes for the moment: what was added in a row goes on.</summary>
    public void EndRow()
    {
        lock (gate)
        {
            SendAhead();
        }
    }

    /// <summary>Sends what waits for more messages when it has waited long enough; the time that is left otherwise, null when nothing waits.</summary>
    public TimeSpan? SendIfDue()
    {
        lock (gate)
        {
            if (rule is not { Count: > 0, Policy.Period: { } period })
            {
                return null;
            }

            TimeSpan left = period - clock.GetElapsedTime(gatheringSince);
            if (left > TimeSpan.Zero)
            {
                return left;
            }

            Send(rule.Close("period"), gatheredTo);
            return null;
        }
    }

    /// <summary>Counts a batch as given to the pipeline; false when the partition was given up meanwhile, and nobody must see it.</summary>
    public bool TryHandOver()
    {
        lock (gate)
        {
            handedOver += stopped is null ? 1 : 0;
            return stopped is null;
        }
    }

    public ValueTask SettleAsync(Delivery delivery, Rejection? rejection)
    {
        Settle(delivery.Position);
        return ValueTask.CompletedTask;
    }

    /// <summary>What was handed over up to here is written, or given up.</summary>
    public void Settle(long position)
    {
        lock (gate)
        {
            long done = watermark.Settle(position);
            LastMoved = clock.GetTimestamp();
            while (open.TryPeek(out (long Position, int Count) first) && first.Position <= done)
            {
                underWay -= first.Count;
                open.Dequeue();
            }

            SendAhead();
            if (--handedOver == 0)
            {
                stopped?.TrySetResult();
            }
        }

        settled();
    }

    /// <summary>Where the next owner begins: the offset of the first message that is not settled; null while none is settled.</summary>
    public TopicPartitionOffset? NextOffset => watermark.Committed is >= 0 and long done ? new TopicPartitionOffset(Partition, done + 1) : null;

    /// <summary>The same, once for each change; asked by the reading thread.</summary>
    public TopicPartitionOffset? TakeNextOffset()
    {
        TopicPartitionOffset? next = NextOffset;
        if (next is null || next.Offset.Value == told)
        {
            return null;
        }

        told = next.Offset.Value;
        return next;
    }

    /// <summary>Nothing more goes on; completes when all that was handed over is settled.</summary>
    public Task Stop()
    {
        lock (gate)
        {
            stopped ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ahead.Clear();
            if (handedOver == 0)
            {
                stopped.TrySetResult();
            }

            return stopped.Task;
        }
    }

    private void SendAhead()
    {
        if (stopped is not null || open.Count > 0 || ahead.Count == 0)
        {
            return;
        }

        var batch = new List<Message>();
        long bytes = 0;
        long last = 0;
        while (bytes < options.BatchBytes && ahead.TryDequeue(out (Message Message, long Offset) next))
        {
            batch.Add(next.Message);
            bytes += next.Message.Body.Length;
            last = next.Offset;
        }

        aheadBytes -= bytes;
        Send(Batch.Of(batch), last);
    }

    private void Send(Batch batch, long position)
    {
        if (stopped is not null)
        {
            return;
        }

        if (underWay == 0)
        {
            LastMoved = clock.GetTimestamp();
        }

        watermark.Read(position);
        open.Enqueue((position, batch.Count));
        underWay += batch.Count;
        ready.TryWrite(new Gathered(this, batch, position));
    }
}
