using System.Collections.Concurrent;
using Confluent.Kafka;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Connectors.Kafka;

/// <summary>One connection of an output. Batches are handed to the client one after another, so that records of a partition keep their order.</summary>
internal sealed class ProducerSession : IAsyncDisposable
{
    private static readonly TimeSpan FullPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(5);

    /// <summary>A topic without a leader must not hold up all others.</summary>
    private static readonly TimeSpan FirstTime = TimeSpan.FromSeconds(5);
    private const int MostKnownTopics = 10_000;

    private readonly KafkaOutputOptions options;
    private readonly IComponentContext context;
    private readonly KafkaClient client;
    private readonly RecordMaker records;
    private readonly IProducer<byte[]?, byte[]?> producer;

    /// <summary>Null where batches are no transactions.</summary>
    private readonly ProducerTransaction? transaction;
    private readonly ConcurrentDictionary<PendingWrite, bool> pending = new();
    private readonly SemaphoreSlim turn = new(1);
    private readonly HashSet<string> knownTopics = [];
    private int next = -1;
    private volatile bool closed;

    public ProducerSession(KafkaOutputOptions options, IComponentContext context)
    {
        this.options = options;
        this.context = context;
        client = new KafkaClient(options.Connection, context);
        records = new RecordMaker(options.Record);
        ProducerBuilder<byte[]?, byte[]?> builder = new ProducerBuilder<byte[]?, byte[]?>(ProducerSettings.Of(options))
            .SetErrorHandler((_, error) => client.OnError(error))
            .SetLogHandler((_, line) => client.OnLog(line))
            .SetOAuthBearerTokenRefreshHandler((own, _) => client.OnToken(own));
        if (options.Delivery.Partitioning == Partitioning.RoundRobin)
        {
            builder.SetDefaultPartitioner((_, count, _, _) => new Partition((int)((uint)Interlocked.Increment(ref next) % (uint)count)));
        }

        producer = KafkaClient.Make(builder.Build);
        transaction = options.Delivery.TransactionalId.Length > 0 ? new ProducerTransaction(producer, options.Delivery.TransactionalId) : null;
    }

    public async Task StartAsync(CancellationToken cancellation)
    {
        string? topic = options.Record.Topic.IsConstant ? options.Record.Topic.Text : null;
        await client.ContactAsync(producer.Handle, topic, cancellation).ConfigureAwait(false);
        if (transaction is not null)
        {
            await transaction.TakeIdAsync(cancellation).ConfigureAwait(false);
        }
    }

    public async Task WriteAsync(Batch batch, CancellationToken cancellation)
    {
        var write = new PendingWrite(options.Delivery.TransactionalId);
        pending[write] = true;
        try
        {
            await turn.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                if (closed)
                {
                    throw new DisconnectedException("the connection was closed");
                }

                await SendAsync(batch, write, cancellation).ConfigureAwait(false);
                if (transaction is not null)
                {
                    await EndTransactionAsync(transaction, write, cancellation).ConfigureAwait(false);
                }
            }
            finally
            {
                turn.Release();
            }

            await write.Done.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            pending.TryRemove(write, out _);
        }

        write.ThrowIfFailed(options.RejectsWhole || transaction is not null);
    }

    public async ValueTask DisposeAsync()
    {
        closed = true;

        // What was cut off is delivered again by its source; what is under way may still arrive.
        await Task.Run(() => producer.Flush(pending.IsEmpty ? TimeSpan.Zero : FlushTime)).ConfigureAwait(false);
        foreach (PendingWrite write in pending.Keys)
        {
            write.Abandon();
        }

        // A call of the client may last longer, as the end of a transaction does; it is not waited for, but the client outlives it.
        await Task.WhenAny(ReleaseAsync(), Task.Delay(CloseTime, context.Clock)).ConfigureAwait(false);
    }

    /// <summary>Nobody may be within the client when it goes; those who wait for their turn learn that it is closed.</summary>
    private async Task ReleaseAsync()
    {
        await client.Quiet.ConfigureAwait(false);
        await turn.WaitAsync().ConfigureAwait(false);
        try
        {
            await Task.Run(producer.Dispose).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Nothing of a batch is seen if one of its records was not written.</summary>
    private static async Task EndTransactionAsync(ProducerTransaction transaction, PendingWrite write, CancellationToken cancellation)
    {
        await write.Done.WaitAsync(cancellation).ConfigureAwait(false);
        if (write.HasFailed)
        {
            await transaction.AbortAsync().ConfigureAwait(false);
        }
        else
        {
            await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(Batch batch, PendingWrite write, CancellationToken cancellation)
    {
        transaction?.Begin();
        for (int i = 0; i < batch.Count; i++)
        {
            (Batch seen, int at) = batch.IsLoose ? (new Batch(batch[i]), 0) : (batch, i);
            if (records.Make(seen, at, out TopicPartition target, out string? problem) is not { } record)
            {
                write.Fail(i, problem!, FailureKind.Permanent);
                continue;
            }

            // Until the client knows the partitions of a topic it keeps records apart, and later ones can overtake them: the first goes alone.
            TaskCompletionSource? first = IsNew(target.Topic) ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : null;
            while (!TrySend(target, record, write, i, first))
            {
                // The client holds as much as it may until brokers have taken some of it.
                await Task.Delay(FullPause, context.Clock, cancellation).ConfigureAwait(false);
                await StopIfClosedAsync(write).ConfigureAwait(false);
            }

            if (first is not null)
            {
                await WaitForFirstAsync(first.Task, write, cancellation).ConfigureAwait(false);
                await StopIfClosedAsync(write).ConfigureAwait(false);
            }
        }

        write.Finished();
    }

    private bool IsNew(string topic)
    {
        if (knownTopics.Count >= MostKnownTopics && !knownTopics.Contains(topic))
        {
            knownTopics.Clear();
        }

        return knownTopics.Add(topic);
    }

    private async Task WaitForFirstAsync(Task delivered, PendingWrite write, CancellationToken cancellation)
    {
        try
        {
            await Task.WhenAny(delivered, write.Done).WaitAsync(FirstTime, context.Clock, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            context.Log.Write(LogLevel.Debug, "the first record of a topic takes long; the others go on");
        }
    }

    /// <exception cref="ClassifiedException">It is closed: nobody will say what became of what was sent.</exception>
    private async ValueTask StopIfClosedAsync(PendingWrite write)
    {
        if (closed)
        {
            write.Abandon();
            await write.Done.ConfigureAwait(false);
        }
    }

    /// <summary>False when the client is full.</summary>
    private bool TrySend(TopicPartition target, Message<byte[]?, byte[]?> record, PendingWrite write, int index, TaskCompletionSource? done)
    {
        write.Sending();
        try
        {
            producer.Produce(target, record, report =>
            {
                write.Reported(index, target.Topic, report.Error, report.Status);
                done?.TrySetResult();
            });
            return true;
        }
        catch (ProduceException<byte[]?, byte[]?> error) when (error.Error.Code == ErrorCode.Local_QueueFull)
        {
            write.Finished();
            return false;
        }
        catch (KafkaException error)
        {
            write.Reported(index, target.Topic, error.Error, PersistenceStatus.NotPersisted);
            done?.TrySetResult();
            return true;
        }
    }
}
