using Confluent.Kafka;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Config;

namespace Mapping.Connectors.Kafka;

/// <summary>The fields of the output <c>kafka</c>.</summary>
internal static class ClassicOutputFields
{
    private static readonly Field<Partitioning> Partitioner = Fields.Choice(
        "partitioner",
        "How a partition is chosen; messages without a key go anywhere.",
        ("fnv1a_hash", Partitioning.Fnv1a),
        ("murmur2_hash", Partitioning.Murmur2),
        ("random", Partitioning.Random),
        ("round_robin", Partitioning.RoundRobin),
        ("manual", Partitioning.Manual)).Default("fnv1a_hash").Advanced();

    private static readonly Field<CompressionType> Compression = SharedOutputFields.Compression("none");
    private static readonly Field<IReadOnlyList<KeyValuePair<string, string>>> StaticHeaders = Fields.Map("static_headers", Fields.TextValue, "Headers of every record.").Default("{}").Advanced();
    private static readonly Field<IReadOnlyList<string>> ExcludePrefixes = Fields.Texts("exclude_prefixes", "Metadata whose names begin with one of these are no headers.").Default("[]");
    private static readonly Field<IReadOnlyList<string>> Metadata = Fields.Group("metadata", new Shape<IReadOnlyList<string>>([ExcludePrefixes], static read => read.Get(ExcludePrefixes)), "All metadata become headers, but these.").Default("{}").Advanced();
    private static readonly Field<bool> AckReplicas = Fields.Bool("ack_replicas", "A record counts as written when all replicas in sync have it, rather than the leader alone.").Default("false").Advanced();
    private static readonly Field<bool> Idempotent = Fields.Bool("idempotent_write", "The broker tells repeated sends apart; needs `ack_replicas`.").Default("false").Advanced();
    private static readonly Field<long> MaxBytes = Fields.Integer("max_msg_bytes", "The largest record.", least: 1000, most: 1_000_000_000).Default("1000000").Advanced();
    private static readonly Field<TimeSpan> Timeout = Fields.Duration("timeout", "Of one attempt.").Default("5s").Advanced();
    private static readonly Field<long> Retries = Fields.Integer("max_retries", "Attempts after the first; 0 for no bound but time.", least: 0, most: int.MaxValue).Default("0").Advanced();
    private static readonly Field<Backoff> Backoff = Mapping.Pipeline.Components.Backoff.Field("3s", "10s", "30s");
    private static readonly Field<bool> RetryAsBatch = Fields.Bool("retry_as_batch", "A batch of which something failed is rejected as a whole, so that order is kept, and duplicates are made.").Default("false").Advanced();

    public static Shape<KafkaOutputOptions> Shape { get; } = new Shape<KafkaOutputOptions>(
        [
            .. KafkaConnection.ClassicFields, SharedOutputFields.Topic, SharedOutputFields.Key, Partitioner, SharedOutputFields.Partition, Compression, StaticHeaders, Metadata,
            AckReplicas, Idempotent, SharedOutputFields.TransactionalId, MaxBytes, Timeout, SharedOutputFields.Timestamp, SharedOutputFields.Tombstone, Retries, Backoff, RetryAsBatch, SharedFields.MaxInFlight, SharedFields.Batching,
            IgnoredFields.TopicCreation, SharedFields.InjectTracing,
        ],
        Read)
        .Rule(static (_, read) => KafkaConnection.Check(read, isClassic: true))
        .Rule(static (options, _) => SharedOutputFields.Check(options.Record, options.Delivery.Partitioning))
        .Rule(static (_, read) => read.Get(Idempotent) && !read.Get(AckReplicas) ? new Breach("idempotent_write needs the acknowledgement of all replicas", Idempotent, "set ack_replicas: true") : null)
        .Rule(static (options, _) => SharedOutputFields.Check(options.Delivery));

    private static KafkaOutputOptions Read(FieldValues read)
    {
        IReadOnlyList<string> excluded = read.Get(Metadata);
        Backoff backoff = read.Get(Backoff);
        bool idempotent = read.Get(Idempotent);
        bool Sends(string name) => !excluded.Any(p => name.StartsWith(p, StringComparison.Ordinal));
        return new KafkaOutputOptions(
            new RecordOptions(
                read.Get(SharedOutputFields.Topic),
                read.Get(SharedOutputFields.Key),
                read.Get(SharedOutputFields.Partition),
                read.Get(SharedOutputFields.Timestamp),
                read.Get(SharedOutputFields.Tombstone),
                Sends,
                Sends,
                read.Get(StaticHeaders),
                NullHeaders: false),
            KafkaConnection.Classic(read),
            new ProducerOptions(
                read.Get(Partitioner),
                read.Get(AckReplicas) ? Acks.All : Acks.Leader,
                idempotent,
                read.Get(SharedOutputFields.TransactionalId),
                read.Get(Compression),
                read.Get(MaxBytes),
                read.Get(Timeout),
                backoff.MaxElapsed,
                read.Get(Retries),
                backoff,
                idempotent ? 5 : 1,
                100_000,
                0,
                AllowsNewTopics: true),
            read.Get(RetryAsBatch),
            (int)read.Get(SharedFields.MaxInFlight),
            SharedFields.Active(read.Get(SharedFields.Batching)),
            read.Get(SharedFields.InjectTracing));
    }
}
