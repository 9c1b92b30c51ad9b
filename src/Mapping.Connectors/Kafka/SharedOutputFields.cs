using Confluent.Kafka;
using Mapping.Pipeline.Config;

namespace Mapping.Connectors.Kafka;

/// <summary>Fields of all Kafka outputs.</summary>
internal static class SharedOutputFields
{
    public static Field<TextTemplate> Topic { get; } = Fields.Template("topic", "The topic of every message.").Example("orders", "\"${! @kafka_topic }_out\"");

    public static Field<TextTemplate> Key { get; } = Fields.Template("key", "The key of every message; an empty text is no key.").Optional().Example("\"${! this.id }\"");

    public static Field<TextTemplate> Partition { get; } = Fields.Template("partition", "The partition of every message, with `partitioner: manual`.").Optional().Advanced().Example("\"${! @partition }\"");

    public static Field<TextTemplate> Timestamp { get; } = Fields.Template("timestamp_ms", "The time of every message in milliseconds since 1970; where it is not written, the time of sending.").Optional().Advanced();

    public static Field<TextTemplate> Tombstone { get; } = Fields.Template("tombstone", "`true` writes the message without a value: a tombstone. A message with a null body is one anyway.")
        .Optional().Advanced().Example("\"${! @op == \\\"delete\\\" }\"");

    public static Field<string> TransactionalId { get; } = Fields.Text(
        "transactional_id",
        "Every batch is written as a transaction under this id: who reads with `read_committed` sees all of it or nothing. No two outputs may use an id at a time: the later one takes it over. Needs `idempotent_write`.")
        .Default("\"\"").Advanced().Example("orders-${HOSTNAME}");

    /// <param name="usual">As YAML.</param>
    public static Field<CompressionType> Compression(string usual) => Fields.Choice(
        "compression",
        "How batches are compressed.",
        ("none", CompressionType.None),
        ("snappy", CompressionType.Snappy),
        ("lz4", CompressionType.Lz4),
        ("gzip", CompressionType.Gzip),
        ("zstd", CompressionType.Zstd)).Default(usual).Advanced();

    public static Breach? Check(ProducerOptions delivery) => delivery is { TransactionalId.Length: > 0, IsIdempotent: false }
        ? new Breach("transactions need idempotent_write", TransactionalId, "set idempotent_write: true, or leave transactional_id out")
        : null;

    public static Breach? Check(RecordOptions record, Partitioning partitioning) =>
        partitioning == Partitioning.Manual && record.Partition is null ? new Breach("a manual partitioner needs partition", Partition, "set partition: ${! ... }")
        : partitioning != Partitioning.Manual && record.Partition is not null ? new Breach("partition is for a manual partitioner only", Partition, "set partitioner: manual")
        : null;
}
