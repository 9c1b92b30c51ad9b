using Confluent.Kafka;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Connectors.Kafka;

/// <summary>A batch under way: complete when the client has said what became of each of its records.</summary>
/// <param name="transactionalId">Of the client; empty for none.</param>
internal sealed class PendingWrite(string transactionalId)
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WriteFailures failures = [];
    private Error? fatal;

    /// <summary>Those that are sent, and one for the sending itself.</summary>
    private int open = 1;

    public Task Done => done.Task;

    /// <summary>Some of the records were not written; to be asked when it is done.</summary>
    public bool HasFailed => failures.Count > 0;

    /// <summary>A record is about to be sent.</summary>
    public void Sending() => Interlocked.Increment(ref open);

    public void Reported(int index, string topic, Error error, PersistenceStatus status)
    {
        if (error.IsError)
        {
            Fail(index, $"topic {topic}: {KafkaFailures.Told(error)}", KafkaFailures.Of(error, status));

            // A record that another producer's epoch shuts out is told as any other failure; but none will do better.
            fatal = error.IsFatal || (transactionalId.Length > 0 && KafkaFailures.IsFenced(error)) ? error : fatal;
        }

        Finished();
    }

    public void Fail(int index, string reason, FailureKind kind)
    {
        lock (gate)
        {
            failures.Note(index, reason, kind);
        }
    }

    /// <summary>A record is done with, or all are sent.</summary>
    public void Finished()
    {
        if (Interlocked.Decrement(ref open) == 0)
        {
            done.TrySetResult();
        }
    }

    /// <summary>The client is closed: nobody will say any more.</summary>
    public void Abandon() => done.TrySetException(new ClassifiedException("the connection was closed before the brokers answered", FailureKind.Ambiguous));

    /// <exception cref="BatchException">Some of the records were not written.</exception>
    /// <exception cref="DisconnectedException">The client is of no more use.</exception>
    public void ThrowIfFailed(bool asWhole)
    {
        if (fatal is not null)
        {
            throw KafkaFailures.Lost(fatal, transactionalId, transactionalId.Length > 0 ? FailureKind.Transient : failures.Kind!.Value);
        }

        if (failures.Count > 0)
        {
            throw asWhole ? new BatchException(failures.Values.First()) { Kind = failures.Kind!.Value } : new BatchException(failures);
        }
    }
}
