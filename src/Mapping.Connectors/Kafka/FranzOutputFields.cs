using Confluent.Kafka;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Messages;

namespace Mapping.Connectors.Kafka;

/// <summary>The fields of the outputs <c>kafka_franz</c> and <c>redpanda</c>.</summary>
internal static class FranzOutputFields
{
    private static readonly Field<Partitioning> Partitioner = Fields.Choice(
        "partitioner",
        "How a partition is chosen; messages without a key go anywhere. With `least_backup` all do.",
        ("murmur2_hash", Partitioning.Murmur2),
        ("least_backup", Partitioning.Random),
        ("round_robin", Partitioning.RoundRobin),
        ("manual", Partitioning.Manual)).Default("murmur2_hash").Advanced();

    private static readonly Field<MetadataFilter> Metadata = MetadataFilter.Field("metadata", "Metadata that become headers; none do unless they are named, but for dead letters of a `fallback`.");
    private static readonly Field<CompressionType> Compression = SharedOutputFields.Compression("snappy");
    private static readonly Field<bool> Idempotent = Fields.Bool("idempotent_write", "The broker tells repeated sends apart; needs `acks: all`.").Default("true").Advanced();

    private static readonly Field<Acks> AckedBy = Fields.Choice("acks", "Who must have a record before it counts as written.", ("all", Acks.All), ("leader", Acks.Leader), ("none", Acks.None)).Default("all").Advanced();
    private static readonly Field<TimeSpan> Timeout = Fields.Duration("timeout", "Of one attempt.").Default("10s").Advanced();
    private static readonly Field<long> MaxMessage = Fields.Size("max_message_bytes", "The largest record.").Default("1MiB").Advanced();
    private static readonly Field<long> BufferedRecords = Fields.Integer("max_buffered_records", "Records the client holds; writes wait when it is full.", least: 1, most: 10_000_000).Default("10000").Advanced();
    private static readonly Field<long> BufferedBytes = Fields.Size("max_buffered_bytes", "Bytes the client holds; 0 for its own bound.").Default("0").Advanced();
    private static readonly Field<long> MaxRequests = Fields.Integer("max_in_flight_requests", "Requests under way to a broker; with more than one, order is kept by `idempotent_write` only.", least: 1, most: 1000).Default("1").Advanced();
    private static readonly Field<long> Retries = Fields.Integer("record_retries", "Attempts after the first; 0 for no bound but time.", least: 0, most: int.MaxValue).Default("0").Advanced();
    private static readonly Field<TimeSpan> DeliveryTimeout = Fields.Duration("record_delivery_timeout", "Of all attempts; 0s for no end.").Default("0s").Advanced();

    private static readonly Field<bool> AllowNewTopics = Fields.Bool("allow_auto_topic_creation", "Topics that do not exist are created, where the brokers allow it.").Default("true").Advanced();

    public static Shape<KafkaOutputOptions> Franz { get; } = Make(10, isRedpanda: false);

    public static Shape<KafkaOutputOptions> Redpanda { get; } = Make(256, isRedpanda: true);

    private static Shape<KafkaOutputOptions> Make(int maxInFlight, bool isRedpanda)
    {
        Field<long> inFlight = Fields.Integer("max_in_flight", "Batches that may be under way at once; with 1 they are written in order.", least: 1, most: 1_000_000)
            .Default(maxInFlight.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return new Shape<KafkaOutputOptions>(
            [
                .. KafkaConnection.FranzFields, SharedOutputFields.Topic, SharedOutputFields.Key, Partitioner, SharedOutputFields.Partition, Metadata, SharedOutputFields.Timestamp, SharedOutputFields.Tombstone,
                Compression, Idempotent, SharedOutputFields.TransactionalId, AckedBy, Timeout, MaxMessage, BufferedRecords, BufferedBytes, MaxRequests, Retries, DeliveryTimeout, inFlight, SharedFields.Batching,
                AllowNewTopics, SharedFields.InjectTracing, IgnoredFields.Tcp, IgnoredFields.BrokerWriteMax,
            ],
            read => Read(read, inFlight, isRedpanda))
            .Rule(static (_, read) => KafkaConnection.Check(read, isClassic: false))
            .Rule(static (options, _) => SharedOutputFields.Check(options.Record, options.Delivery.Partitioning))
            .Rule(static (_, read) => read.Get(Idempotent) && read.Get(AckedBy) != Acks.All ? new Breach("idempotent_write needs the acknowledgement of all replicas", AckedBy, "set acks: all, or idempotent_write: false") : null)
            .Rule(static (_, read) => read.Get(Idempotent) && read.Get(MaxRequests) > 5 ? new Breach("with idempotent_write at most 5 requests are under way", MaxRequests, "set 5 or less") : null)
            .Rule(static (options, _) => SharedOutputFields.Check(options.Delivery));
    }

    private static KafkaOutputOptions Read(FieldValues read, Field<long> inFlight, bool isRedpanda) => new(
        new RecordOptions(
            read.Get(SharedOutputFields.Topic),
            read.Get(SharedOutputFields.Key),
            read.Get(SharedOutputFields.Partition),
            read.Get(SharedOutputFields.Timestamp),
            read.Get(SharedOutputFields.Tombstone),
            read.Get(Metadata) is { IsEmpty: false } filter ? filter.Passes : static _ => false,
            read.Get(Metadata) is { IsEmpty: false } own ? own.Passes : DeadLetter.Carries,
            [],
            NullHeaders: isRedpanda),
        KafkaConnection.Franz(read),
        new ProducerOptions(
            read.Get(Partitioner),
            read.Get(AckedBy),
            read.Get(Idempotent),
            read.Get(SharedOutputFields.TransactionalId),
            read.Get(Compression),
            read.Get(MaxMessage),
            read.Get(Timeout),
            read.Get(DeliveryTimeout),
            read.Get(Retries),
            null,
            read.Get(MaxRequests),
            read.Get(BufferedRecords),
            read.Get(BufferedBytes),
            read.Get(AllowNewTopics)),
        RejectsWhole: false,
        (int)read.Get(inFlight),
        SharedFields.Active(read.Get(SharedFields.Batching)),
        read.Get(SharedFields.InjectTracing));
}
