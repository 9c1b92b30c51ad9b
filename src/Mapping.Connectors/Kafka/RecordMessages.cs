using System.Text;
using Confluent.Kafka;
using Mapping.Functions;
using Mapping.Values;
using KafkaRecord = Confluent.Kafka.ConsumeResult<byte[]?, byte[]?>;

namespace Mapping.Connectors.Kafka;

/// <summary>Makes messages of records: the value is the body, a missing value a null body, all else metadata.</summary>
internal sealed class RecordMessages(KafkaDialect dialect, bool multiHeader)
{
    private static readonly Value Key = Value.FromKey("kafka_key"u8);
    private static readonly Value Topic = Value.FromKey("kafka_topic"u8);
    private static readonly Value Partition = Value.FromKey("kafka_partition"u8);
    private static readonly Value Offset = Value.FromKey("kafka_offset"u8);
    private static readonly Value Lag = Value.FromKey("kafka_lag"u8);
    private static readonly Value UnixSeconds = Value.FromKey("kafka_timestamp_unix"u8);
    private static readonly Value UnixMilliseconds = Value.FromKey("kafka_timestamp_ms"u8);
    private static readonly Value Tombstone = Value.FromKey("kafka_tombstone_message"u8);
    private static readonly byte[][] Own = [.. new[] { Key, Topic, Partition, Offset, Lag, UnixSeconds, UnixMilliseconds, Tombstone }.Select(static k => k.AsSpan().ToArray())];

    /// <param name="record">As it was read; nobody else uses its bytes.</param>
    /// <param name="topic">Its topic as a value.</param>
    /// <param name="lag">Records behind it; null where nobody counts.</param>
    public Message Make(KafkaRecord record, Value topic, long? lag)
    {
        byte[]? body = record.Message.Value;
        Message message = body is null ? Message.WithoutBody() : new Message(body);
        message.MetadataObject = Value.FromObject(Metadata(record, topic, lag)).Frozen();
        return message;
    }

    private ObjectNode Metadata(KafkaRecord record, Value topic, long? lag)
    {
        var metadata = new ObjectNode();
        byte[] key = record.Message.Key ?? [];
        metadata.AddNew(Key, dialect == KafkaDialect.Redpanda ? Value.FromBytes(key) : Value.FromUtf8(key));
        metadata.AddNew(Topic, topic);
        metadata.AddNew(Partition, Value.FromInt64(record.Partition.Value));
        metadata.AddNew(Offset, Value.FromInt64(record.Offset.Value));
        if (lag is { } behind)
        {
            metadata.AddNew(Lag, Value.FromInt64(behind));
        }

        long written = record.Message.Timestamp.UnixTimestampMs;
        metadata.AddNew(UnixSeconds, Value.FromInt64(Math.Max(0, written) / 1000));
        metadata.AddNew(UnixMilliseconds, Value.FromInt64(Math.Max(0, written)));
        metadata.AddNew(Tombstone, Value.FromBool(record.Message.Value is null));
        if (record.Message.Headers is { Count: > 0 } headers)
        {
            AddHeaders(metadata, headers);
        }

        return metadata;
    }

    private void AddHeaders(ObjectNode metadata, Headers headers)
    {
        foreach (IGrouping<string, IHeader> same in headers.GroupBy(static h => h.Key))
        {
            byte[] name = Encoding.UTF8.GetBytes(same.Key);
            if (dialect == KafkaDialect.Classic && Array.Exists(Own, o => o.AsSpan().SequenceEqual(name)))
            {
                continue;
            }

            if (!multiHeader)
            {
                metadata.Set(Value.FromKey(name), Of(same.Last()));
                continue;
            }

            var all = new ArrayNode();
            foreach (IHeader header in same)
            {
                all.Add(Of(header));
            }

            metadata.Set(Value.FromKey(name), Value.FromArray(all));
        }
    }

    private Value Of(IHeader header) => header.GetValueBytes() is { } bytes ? Value.FromUtf8(bytes)
        : dialect == KafkaDialect.Redpanda ? Value.Null
        : Value.FromUtf8([]);
}
