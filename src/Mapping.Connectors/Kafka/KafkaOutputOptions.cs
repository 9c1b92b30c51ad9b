using Confluent.Kafka;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;

namespace Mapping.Connectors.Kafka;

/// <summary>How a partition is chosen.</summary>
internal enum Partitioning
{
    Fnv1a,
    Murmur2,
    Random,
    RoundRobin,
    Manual,
}

/// <param name="Record">How records are made.</param>
/// <param name="Connection">The cluster.</param>
/// <param name="Delivery">How they are written.</param>
/// <param name="RejectsWhole">A batch of which something failed is rejected as a whole, so that it is written again in order.</param>
/// <param name="MaxInFlight">Batches under way.</param>
/// <param name="Batching">How messages are grouped.</param>
/// <param name="InjectsTrace">Puts the trace into a message; null where nothing does.</param>
internal sealed record KafkaOutputOptions(RecordOptions Record, KafkaConnection Connection, ProducerOptions Delivery, bool RejectsWhole, int MaxInFlight, BatchPolicy? Batching, CompiledMapping? InjectsTrace);

/// <param name="Topic">Of every message.</param>
/// <param name="Key">Null or an empty text for no key.</param>
/// <param name="Partition">Of a manual choice.</param>
/// <param name="Timestamp">Milliseconds since 1970; null for now.</param>
/// <param name="Tombstone">Whether the value is left out; null for messages with a null body only.</param>
/// <param name="Sends">Whether metadata of a name becomes a header.</param>
/// <param name="SendsOfDeadLetter">The same, for messages that are laid aside because they could not be written.</param>
/// <param name="StaticHeaders">Headers of every record.</param>
/// <param name="NullHeaders">Null metadata is a header without a value, rather than one with the text <c>null</c>.</param>
internal sealed record RecordOptions(
    TextTemplate Topic,
    TextTemplate? Key,
    TextTemplate? Partition,
    TextTemplate? Timestamp,
    TextTemplate? Tombstone,
    Func<string, bool> Sends,
    Func<string, bool> SendsOfDeadLetter,
    IReadOnlyList<KeyValuePair<string, string>> StaticHeaders,
    bool NullHeaders);

/// <param name="Partitioning">How a partition is chosen.</param>
/// <param name="Acks">Who must have a record before it counts as written.</param>
/// <param name="IsIdempotent">The broker tells repeated sends apart.</param>
/// <param name="TransactionalId">Every batch is a transaction under this id; empty for none.</param>
/// <param name="Compression">Of batches.</param>
/// <param name="MaxMessageBytes">The largest record.</param>
/// <param name="RequestTimeout">Of one attempt.</param>
/// <param name="DeliveryTimeout">Of all attempts; zero for no end.</param>
/// <param name="Retries">Zero for no bound but time.</param>
/// <param name="Backoff">Between attempts; null for the client's own.</param>
/// <param name="MaxRequests">Requests under way to a broker.</param>
/// <param name="MaxBufferedRecords">Records the client holds; writes wait when it is full.</param>
/// <param name="MaxBufferedBytes">Zero for the client's own.</param>
/// <param name="AllowsNewTopics">Topics that do not exist are created.</param>
internal sealed record ProducerOptions(
    Partitioning Partitioning,
    Acks Acks,
    bool IsIdempotent,
    string TransactionalId,
    CompressionType Compression,
    long MaxMessageBytes,
    TimeSpan RequestTimeout,
    TimeSpan DeliveryTimeout,
    long Retries,
    Backoff? Backoff,
    long MaxRequests,
    long MaxBufferedRecords,
    long MaxBufferedBytes,
    bool AllowsNewTopics);
