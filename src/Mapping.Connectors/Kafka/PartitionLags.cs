using System.Globalization;
using Confluent.Kafka;
using Mapping.Pipeline.Contracts;
using KafkaRecord = Confluent.Kafka.ConsumeResult<byte[]?, byte[]?>;

namespace Mapping.Connectors.Kafka;

/// <summary>How far behind the ends of partitions the reading is. The client knows the ends from its last fetches.</summary>
internal sealed class PartitionLags(KafkaInputOptions options, IComponentContext context, IConsumer<byte[]?, byte[]?> consumer)
{
    private readonly Dictionary<TopicPartition, End> ends = [];
    private End? current;

    /// <summary>Null where the dialect does not count.</summary>
    public long? Of(KafkaRecord record)
    {
        if (options.Group.Length == 0 && options.Dialect != KafkaDialect.Classic)
        {
            return null;
        }

        if (current is null || current.Partition.Partition != record.Partition || current.Partition.Topic != record.Topic)
        {
            current = Find(record.TopicPartition);
        }

        long next = record.Offset.Value + 1;
        if (next > current.High || context.Clock.GetElapsedTime(current.Asked) >= options.LagPeriod)
        {
            current.High = consumer.GetWatermarkOffsets(current.Partition).High.Value;
            current.Asked = context.Clock.GetTimestamp();
            current.Gauge.Set(Math.Max(0, current.High - next));
        }

        return Math.Max(0, current.High - next);
    }

    private End Find(TopicPartition partition)
    {
        if (!ends.TryGetValue(partition, out End? end))
        {
            string name = options.Dialect == KafkaDialect.Redpanda ? "redpanda_lag" : "kafka_lag";
            IGauge gauge = context.Metrics.Gauge(name, ("topic", partition.Topic), ("partition", partition.Partition.Value.ToString(CultureInfo.InvariantCulture)));
            ends[partition] = end = new End(partition, gauge);
        }

        return end;
    }

    private sealed class End(TopicPartition partition, IGauge gauge)
    {
        public TopicPartition Partition { get; } = partition;

        public IGauge Gauge { get; } = gauge;

        public long High { get; set; } = -1;

        public long Asked { get; set; }
    }
}
