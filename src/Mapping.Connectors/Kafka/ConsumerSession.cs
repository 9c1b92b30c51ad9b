using System.Globalization;
using System.Threading.Channels;
using Confluent.Kafka;
using Mapping.Pipeline.Contracts;
using KafkaRecord = Confluent.Kafka.ConsumeResult<byte[]?, byte[]?>;

namespace Mapping.Connectors.Kafka;

/// <summary>
/// One connection of an input: a thread that alone uses the consumer, and the partitions that are assigned to it. A partition that has
/// too much under way is paused; the others are read on.
/// </summary>
internal sealed class ConsumerSession : IDisposable
{
    /// <summary>Pausing throws away what was fetched, so a short wait comes first.</summary>
    private static readonly TimeSpan WaitBeforePause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PollWhilePaused = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(5);
    private const int Burst = 512;

    private readonly KafkaInputOptions options;
    private readonly IComponentContext context;
    private readonly KafkaClient client;
    private readonly IConsumer<byte[]?, byte[]?> consumer;
    private readonly RecordMessages messages;
    private readonly PartitionLags lags;
    private readonly StallWatch stalls;
    private readonly AssignedTopics topics;
    private readonly Channel<Gathered> ready = Channel.CreateUnbounded<Gathered>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<TopicPartition, PartitionFlow> flows = [];
    private readonly HashSet<TopicPartition> paused = [];
    private readonly AutoResetEvent roomMade = new(false);
    private readonly Thread thread;
    private PartitionFlow? current;
    private volatile bool waits;
    private volatile bool closing;

    public ConsumerSession(KafkaInputOptions options, IComponentContext context)
    {
        this.options = options;
        this.context = context;
        client = new KafkaClient(options.Connection, context);
        messages = new RecordMessages(options.Dialect, options.MultiHeader);
        consumer = KafkaClient.Make(() => new ConsumerBuilder<byte[]?, byte[]?>(ConsumerSettings.Of(options))
            .SetErrorHandler((_, error) => client.OnError(error))
            .SetLogHandler((_, line) => client.OnLog(line))
            .SetOAuthBearerTokenRefreshHandler((own, _) => client.OnToken(own))
            .SetOffsetsCommittedHandler((_, done) => OnCommitted(done))
            .SetPartitionsAssignedHandler((_, assigned) => Take(assigned))
            .SetPartitionsRevokedHandler((_, revoked) => GiveUp([.. revoked.Select(static r => r.TopicPartition)], isOurs: true))
            .SetPartitionsLostHandler((_, lost) => GiveUp([.. lost.Select(static l => l.TopicPartition)], isOurs: false))
            .Build());
        lags = new PartitionLags(options, context, consumer);
        stalls = new StallWatch(options.StallTime, context);
        topics = new AssignedTopics(options, context, client, consumer, Take);
        thread = new Thread(Run) { IsBackground = true, Name = "kafka input" };
    }

    /// <summary>What is read; completed with the reason when the connection is of no more use.</summary>
    public ChannelReader<Gathered> Ready => ready.Reader;

    public async Task StartAsync(CancellationToken cancellation)
    {
        Task contact = client.ContactAsync(consumer.Handle, topics.First, cancellation);
        Task listening = Task.Run(() => ListenUntil(contact), CancellationToken.None);
        try
        {
            await contact.ConfigureAwait(false);
        }
        finally
        {
            await listening.ConfigureAwait(false);
        }

        thread.Start();
    }

    /// <summary>Commits what is settled and leaves the group.</summary>
    public void Dispose()
    {
        closing = true;
        if (thread.IsAlive)
        {
            roomMade.Set();
            thread.Join();
        }

        // Given partitions are not taken away by a group; what is under way of them is read anew all the same.
        foreach (PartitionFlow flow in flows.Values)
        {
            flow.Stop();
        }

        lags.Forget(flows.Keys);
        client.Quiet.Wait();

        try
        {
            StoreOffsets();
            consumer.Close();
        }
        catch (KafkaException error)
        {
            context.Log.Write(LogLevel.Warn, $"the group was not left in order: {KafkaFailures.Told(error.Error)}");
        }

        consumer.Dispose();
        roomMade.Dispose();
    }

    /// <summary>A consumer tells what is wrong only to who reads from it; before it has subscribed, nothing else can come.</summary>
    private void ListenUntil(Task contact)
    {
        while (!contact.IsCompleted)
        {
            try
            {
                consumer.Consume(PollWhilePaused);
            }
            catch (ConsumeException error)
            {
                client.OnError(error.Error);
            }
        }
    }

    private void Run()
    {
        try
        {
            while (!closing)
            {
                topics.Refresh();
                StoreOffsets();
                stalls.Look(flows.Values);
                lags.Refresh();
                ReadBurst(Housekeep());
            }
        }
#pragma warning disable CA1031 // Whatever ends the thread is told to whoever reads.
        catch (Exception error)
#pragma warning restore CA1031
        {
            ready.Writer.TryComplete(error as DisconnectedException ?? new DisconnectedException(error.Message, error));
        }
    }

    /// <summary>Reads what is there. What came of a partition in a row goes on together.</summary>
    private void ReadBurst(TimeSpan wait)
    {
        try
        {
            ReadRecords(wait);
        }
        finally
        {
            current?.EndRow();
        }
    }

    private void ReadRecords(TimeSpan wait)
    {
        for (int i = 0; i < Burst && !closing; i++)
        {
            try
            {
                if (consumer.Consume(i == 0 ? wait : TimeSpan.Zero) is not { } record)
                {
                    return;
                }

                client.OnAnswer();
                Accept(record);
            }
            catch (ConsumeException error) when (!error.Error.IsFatal && error.Error.Code != ErrorCode.Local_AutoOffsetReset)
            {
                context.Log.Write(LogLevel.Error, KafkaFailures.ToldInPassing(error.Error));
                return;
            }
        }
    }

    private void Accept(KafkaRecord record)
    {
        if (current is null || current.Partition.Partition != record.Partition || current.Partition.Topic != record.Topic)
        {
            current?.EndRow();
            current = flows.GetValueOrDefault(record.TopicPartition);
        }

        // One that was given up is read by its next owner.
        if (current is { } flow)
        {
            flow = record.Offset.Value > flow.LastRead ? flow : BeginAnew(flow, record);
            flow.LastRead = record.Offset.Value;
            var read = new ReadRecord(messages.Make(record, flow.Topic, lags.Of(record)), record.Offset.Value, record.Message.Key?.Length ?? 0);
            if (flow.Held.Count == 0 && WaitForRoom(flow))
            {
                flow.Add(read);
                return;
            }

            flow.Held.Enqueue(read);
            if (paused.Add(flow.Partition))
            {
                consumer.Pause([flow.Partition]);
            }
        }
    }

    /// <summary>
    /// Offsets went back: the topic was deleted and made again, or its end was cut off. What was read before is written still; its offsets
    /// from here on mean other records now.
    /// </summary>
    private PartitionFlow BeginAnew(PartitionFlow old, KafkaRecord record)
    {
        context.Log.Write(LogLevel.Warn, string.Create(
            CultureInfo.InvariantCulture,
            $"{record.Topic}:{record.Partition.Value} has begun anew: offset {record.Offset.Value} came after {old.LastRead}; the topic was made again, or cut off"));
        old.Finish();
        if (paused.Remove(old.Partition))
        {
            consumer.Resume([old.Partition]);
        }

        var anew = new PartitionFlow(old.Partition, options.Flow, context, ready.Writer, OnSettled, old) { LastRead = record.Offset.Value };
        current = flows[old.Partition] = anew;

        // At once: when the partition is taken away, the client commits what it was told last.
        StoreOffset(anew);
        return anew;
    }

    private bool WaitForRoom(PartitionFlow flow)
    {
        if (flow.HasRoom)
        {
            return true;
        }

        long start = context.Clock.GetTimestamp();
        waits = true;
        try
        {
            while (!flow.HasRoom)
            {
                TimeSpan left = WaitBeforePause - context.Clock.GetElapsedTime(start);
                if (closing || left <= TimeSpan.Zero || !roomMade.WaitOne(left))
                {
                    return flow.HasRoom;
                }
            }

            return true;
        }
        finally
        {
            waits = false;
        }
    }

    private void OnSettled()
    {
        if (waits)
        {
            roomMade.Set();
        }
    }

    /// <summary>Sends what is due and reads paused partitions on; how long the next poll may wait.</summary>
    private TimeSpan Housekeep()
    {
        TimeSpan wait = LongestPoll;
        foreach (PartitionFlow flow in flows.Values)
        {
            while (flow.Held.Count > 0 && flow.HasRoom)
            {
                flow.Add(flow.Held.Dequeue());
            }

            flow.EndRow();
            if (flow.Held.Count == 0 && paused.Count > 0 && flow.HasRoom && paused.Remove(flow.Partition))
            {
                consumer.Resume([flow.Partition]);
            }

            if (flow.SendIfDue() is { } due && due < wait)
            {
                wait = due;
            }
        }

        return paused.Count > 0 && wait > PollWhilePaused ? PollWhilePaused : wait;
    }

    private void StoreOffsets()
    {
        foreach (PartitionFlow flow in flows.Values)
        {
            StoreOffset(flow);
        }
    }

    /// <summary>
    /// The client commits what is stored, at its own pace and when it leaves; but nothing that is not behind what it committed before. An
    /// offset that goes back is committed here.
    /// </summary>
    private void StoreOffset(PartitionFlow flow)
    {
        if (options.Group.Length == 0 || flow.TakeNextOffset() is not { } next)
        {
            return;
        }

        try
        {
            consumer.StoreOffset(next);
            if (flow.GoesBack)
            {
                consumer.Commit([next]);
                flow.GoesBack = false;
            }
        }
        catch (KafkaException error)
        {
            // The group took the partition away and says so with the next poll.
            context.Log.Write(LogLevel.Debug, $"an offset was not stored: {KafkaFailures.Told(error.Error)}");
        }
    }

    private void Take(IEnumerable<TopicPartition> assigned)
    {
        foreach (TopicPartition partition in assigned)
        {
            flows[partition] = new PartitionFlow(partition, options.Flow, context, ready.Writer, OnSettled);
        }

        Tell("reading", [.. assigned]);
    }

    /// <summary>
    /// Runs before the group learns that the partitions are free: what is under way is finished, within bounds, and committed, so that
    /// the next owner begins behind it. What is not finished by then the next owner reads again.
    /// </summary>
    private void GiveUp(IReadOnlyList<TopicPartition> revoked, bool isOurs)
    {
        var leaving = new List<PartitionFlow>();
        foreach (TopicPartition partition in revoked)
        {
            if (flows.Remove(partition, out PartitionFlow? flow))
            {
                leaving.Add(flow);
            }

            if (paused.Remove(partition))
            {
                consumer.Resume([partition]);
            }
        }

        current = null;
        lags.Forget(revoked);
        Task[] ends = [.. leaving.Select(static f => f.Stop())];
        if (!isOurs)
        {
            Tell("lost", revoked);
            return;
        }

        TimeSpan half = options.Timing.Rebalance / 2;
        if (!closing && !Task.WaitAll(ends, half < LongestDrain ? half : LongestDrain))
        {
            context.Log.Write(LogLevel.Warn, "partitions are given up with messages under way; they are delivered again to their next owner");
        }

        Commit([.. leaving.Select(static f => f.NextOffset).OfType<TopicPartitionOffset>()]);
        Tell("gave up", revoked);
    }

    private void Commit(IReadOnlyList<TopicPartitionOffset> offsets)
    {
        if (offsets.Count == 0 || options.Group.Length == 0)
        {
            return;
        }

        try
        {
            consumer.Commit(offsets);
        }
        catch (KafkaException error)
        {
            context.Log.Write(LogLevel.Warn, $"the last offsets were not committed, their messages are delivered again: {KafkaFailures.Told(error.Error)}");
        }
    }

    private void OnCommitted(CommittedOffsets committed)
    {
        if (committed.Error.IsError && committed.Error.Code != ErrorCode.Local_NoOffset)
        {
            context.Log.Write(LogLevel.Warn, $"offsets were not committed: {KafkaFailures.Told(committed.Error)}");
        }
    }

    private void Tell(string what, IReadOnlyList<TopicPartition> partitions)
    {
        if (partitions.Count > 0)
        {
            string names = string.Join(", ", partitions.Select(static p => string.Create(CultureInfo.InvariantCulture, $"{p.Topic}:{p.Partition.Value}")));
            context.Log.Write(LogLevel.Info, $"{what} {names}");
        }
    }
}
