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

/// <param name="Message">As it goes on.</param>
/// <param name="Offset">In its partition.</param>
/// <param name="KeyBytes">The length of its key.</param>
internal readonly record struct ReadRecord(Message Message, long Offset, int KeyBytes);

/// <summary>
/// What was read of one partition since it was assigned and is not settled. One thread adds, any thread settles. The offset to commit
/// never passes a message that is open.
/// </summary>
/// <remarks>
/// Where offsets go back, a new flow follows the older one. What the older one read from the first offset of the new one on is nowhere else:
/// it is written still, whatever happens to the partition. What it read below that stays in the partition, so the new flow commits nothing
/// behind it, and gives it up with the partition.
/// </remarks>
internal sealed class PartitionFlow : ISettler
{
    private const int LongestRow = 256;

    /// <summary>What a record holds besides its key and body, so that many small ones are not taken for nothing.</summary>
    private const int RecordOverhead = 64;

    private readonly Lock gate = new();
    private readonly FlowOptions options;
    private readonly TimeProvider clock;
    private readonly ChannelWriter<Gathered> ready;
    private readonly Action settled;
    private readonly BatchRule? rule;
    private readonly Watermark watermark = new(-1);

    /// <summary>What came in a row and may travel together; null where each message goes alone, or they are grouped otherwise.</summary>
    private readonly List<Message>? row;
    private readonly Queue<(long Position, int Count)> open = new();
    private readonly Queue<ReadRecord> ahead = new();
    private long aheadBytes;
    private long rowTo;
    private long gatheringSince;
    private long gatheredTo;
    private long told = -1;
    private long lastRead = -1;
    private int underWay;

    /// <summary>When something was settled last, or read with nothing under way.</summary>
    private long lastMoved;
    private int handedOver;
    private readonly bool isAnew;
    private TaskCompletionSource? stopped;
    private PartitionFlow? older;

    /// <param name="partition">What is read.</param>
    /// <param name="options">How much of it is under way.</param>
    /// <param name="context">Of the input.</param>
    /// <param name="ready">Where messages go on.</param>
    /// <param name="settled">Called whenever there may be room again.</param>
    /// <param name="older">The flow that this one follows, finished; null for the first since the partition was assigned.</param>
    public PartitionFlow(TopicPartition partition, FlowOptions options, IComponentContext context, ChannelWriter<Gathered> ready, Action settled, PartitionFlow? older = null)
    {
        this.older = older;
        isAnew = GoesBack = older is not null;
        this.options = options;
        this.ready = ready;
        this.settled = settled;
        Partition = partition;
        Topic = Value.FromString(partition.Topic);
        clock = context.Clock;
        rule = options.Batching is { } policy ? new BatchRule(policy, context) : null;
        row = context.MayDeliverLoose && rule is null && !options.IsOrdered ? [] : null;
        lastMoved = clock.GetTimestamp();
    }

    public TopicPartition Partition { get; }

    /// <summary>The topic as messages carry it.</summary>
    public Value Topic { get; }

    /// <summary>Records that came while there was no room; the reading thread keeps them here.</summary>
    public Queue<ReadRecord> Held { get; } = new();

    /// <summary>The offset of the first record that came; -1 before.</summary>
    public long FirstRead { get; private set; } = -1;

    /// <summary>The offset of the last record that came; the reading thread keeps it.</summary>
    public long LastRead
    {
        get => lastRead;
        set
        {
            FirstRead = FirstRead < 0 ? value : FirstRead;
            lastRead = value;
        }
    }

    /// <summary>What was committed before may lie behind what is to be committed; the reading thread keeps it.</summary>
    public bool GoesBack { get; set; }

    /// <summary>Whether another message may be added.</summary>
    public bool HasRoom
    {
        get
        {
            lock (gate)
            {
                return options.IsOrdered
                    ? ahead.Count == 0 || aheadBytes + ((long)ahead.Count * RecordOverhead) < options.BufferBytes
                    : underWay == 0 || underWay + (rule?.Count ?? row?.Count ?? 0) < options.CheckpointLimit;
            }
        }
    }

    /// <summary>Messages that went on, of which none was settled for so long; those of the older flow are counted apart from its own.</summary>
    public int CountStalled(TimeSpan limit)
    {
        int before = older?.CountStalled(limit) ?? 0;
        lock (gate)
        {
            return before + (underWay > 0 && clock.GetElapsedTime(lastMoved) >= limit ? underWay : 0);
        }
    }

    /// <summary>Somebody else reads the partition now, or will.</summary>
    public bool IsAbandoned
    {
        get
        {
            lock (gate)
            {
                return stopped is not null;
            }
        }
    }

    public void Add(ReadRecord record)
    {
        (Message message, long offset, _) = record;
        lock (gate)
        {
            if (options.IsOrdered)
            {
                ahead.Enqueue(record);
                aheadBytes += SizeOf(record);
                if (aheadBytes >= options.BatchBytes)
                {
                    SendAhead();
                }

                return;
            }

            if (row is not null)
            {
                row.Add(message);
                rowTo = offset;
                if (row.Count >= Math.Min(LongestRow, options.CheckpointLimit))
                {
                    SendRow();
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
            else if (rule.Count >= Math.Max(options.CheckpointLimit, rule.MostMessages))
            {
                Send(rule.Close("count"), offset);
            }
        }
    }

    /// <summary>Nothing more comes for the moment: what was added in a row goes on.</summary>
    public void EndRow()
    {
        lock (gate)
        {
            SendAhead();
            SendRow();
        }
    }

    /// <summary>Sends what waits for more messages when it has waited long enough; the time that is left otherwise, null when nothing waits.</summary>
    public TimeSpan? SendIfDue()
    {
        lock (gate)
        {
            if (rule is not { Count: > 0, Period: { } period })
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
        if (rejection is null || !IsAbandoned)
        {
            Settle(delivery.Position);
        }
        else
        {
            LeaveToNext();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>What was handed over up to here is written, or given up.</summary>
    public void Settle(long position)
    {
        lock (gate)
        {
            long done = watermark.Settle(position);
            lastMoved = clock.GetTimestamp();
            while (open.TryPeek(out (long Position, int Count) first) && first.Position <= done)
            {
                underWay -= first.Count;
                open.Dequeue();
            }

            SendAhead();
            Return();
        }

        settled();
    }

    /// <summary>What was rejected after the partition was given up stays open, so that no offset behind it is committed.</summary>
    private void LeaveToNext()
    {
        lock (gate)
        {
            Return();
        }

        settled();
    }

    private void Return()
    {
        if (--handedOver == 0)
        {
            stopped?.TrySetResult();
        }
    }

    /// <summary>Where the next owner begins: the offset of the first message that is not settled; null while none is settled.</summary>
    public TopicPartitionOffset? NextOffset => HoldsOlder ? older!.NextOffset
        : watermark.Committed is >= 0 and long done ? new TopicPartitionOffset(Partition, done + 1)
        : isAnew ? new TopicPartitionOffset(Partition, FirstRead)
        : null;

    /// <summary>The same, once for each change, and again while it goes back; asked by the reading thread.</summary>
    public TopicPartitionOffset? TakeNextOffset()
    {
        older = older is { IsDone: true } ? null : older;
        TopicPartitionOffset? next = NextOffset;
        if (next is null || (next.Offset.Value == told && !GoesBack))
        {
            return null;
        }

        told = next.Offset.Value;
        return next;
    }

    /// <summary>Nothing more goes on; completes when all that was handed over is settled.</summary>
    public Task Stop()
    {
        Task before = HoldsOlder ? older!.Stop() : Task.CompletedTask;
        lock (gate)
        {
            stopped ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ahead.Clear();
            row?.Clear();
            if (handedOver == 0)
            {
                stopped.TrySetResult();
            }

            return before.IsCompleted ? stopped.Task : Task.WhenAll(before, stopped.Task);
        }
    }

    /// <summary>Something is open that was read before the partition began anew, and that it holds still.</summary>
    private bool HoldsOlder => older?.OpenFrom < FirstRead;

    /// <summary>The lowest offset, or one below it, that is not settled; null when all is.</summary>
    private long? OpenFrom => HoldsOlder ? older!.OpenFrom
        : watermark.Committed is var done && done >= LastRead ? null
        : done >= 0 ? done + 1
        : FirstRead;

    private bool IsDone => watermark.Committed >= LastRead && older is null or { IsDone: true };

    /// <summary>Nothing more comes, and nobody else reads what came: whatever waits goes on.</summary>
    public void Finish()
    {
        while (Held.TryDequeue(out ReadRecord held))
        {
            Add(held);
        }

        lock (gate)
        {
            SendAhead();
            SendRow();
            if (rule is { Count: > 0 })
            {
                Send(rule.Close("period"), gatheredTo);
            }
        }
    }

    private static long SizeOf(ReadRecord record) => record.KeyBytes + record.Message.Body.Length;

    private void SendRow()
    {
        if (row is { Count: > 0 })
        {
            Send(Batch.Loose([.. row]), rowTo);
            row.Clear();
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
        while (bytes < options.BatchBytes && ahead.TryDequeue(out ReadRecord next))
        {
            batch.Add(next.Message);
            bytes += SizeOf(next);
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
            lastMoved = clock.GetTimestamp();
        }

        watermark.Read(position);
        open.Enqueue((position, batch.Count));
        underWay += batch.Count;
        ready.TryWrite(new Gathered(this, batch, position));
    }
}
