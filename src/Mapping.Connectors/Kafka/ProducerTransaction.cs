using Confluent.Kafka;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Connectors.Kafka;

/// <summary>
/// Batches as transactions: those who read what is committed see all of a batch or nothing of it. The calls of the client wait, so each
/// is made on a thread that may.
/// </summary>
internal sealed class ProducerTransaction(IProducer<byte[]?, byte[]?> producer, string id)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Takes the id over from whoever had it, and ends what that one left open.</summary>
    /// <exception cref="DisconnectedException">The brokers do not agree.</exception>
    public async Task TakeIdAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.Run(() => producer.InitTransactions(Patience), cancellation).ConfigureAwait(false);
        }
        catch (KafkaException error)
        {
            string text = $"the transactional_id \"{id}\" cannot be taken: {KafkaFailures.Told(error.Error)}";
            throw new DisconnectedException(text, new ClassifiedException(text, KafkaFailures.Of(error.Error, PersistenceStatus.NotPersisted), error));
        }
    }

    public void Begin()
    {
        try
        {
            producer.BeginTransaction();
        }
        catch (KafkaException error)
        {
            throw Lost(error, FailureKind.Transient);
        }
    }

    /// <exception cref="BatchException">It was taken back: nothing of it is seen.</exception>
    /// <exception cref="DisconnectedException">The client is of no more use, as when another one has taken the id.</exception>
    public async Task CommitAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await Task.Run(() => producer.CommitTransaction(Patience), CancellationToken.None).ConfigureAwait(false);
                return;
            }
            catch (KafkaRetriableException)
            {
                await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            }
            catch (KafkaTxnRequiresAbortException error)
            {
                await AbortAsync().ConfigureAwait(false);
                throw new BatchException($"the transaction was taken back: {KafkaFailures.Told(error.Error)}") { Kind = FailureKind.Transient };
            }
            catch (KafkaException error)
            {
                // An earlier attempt to end it may have come through.
                throw Lost(error, FailureKind.Ambiguous);
            }
        }
    }

    public async Task AbortAsync()
    {
        try
        {
            await Task.Run(() => producer.AbortTransaction(Patience), CancellationToken.None).ConfigureAwait(false);
        }
        catch (KafkaException error)
        {
            throw Lost(error, FailureKind.Transient);
        }
    }

    private DisconnectedException Lost(KafkaException error, FailureKind kind) => KafkaFailures.Lost(error.Error, id, kind, error);
}
