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
    private long refreshed = context.Clock.GetTimestamp();

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
        current.Next = next;
        if (next > current.High)
        {
            Look(current);
        }

        return current.Lag;
    }

    /// <summary>Looks at all ends from time to time, also of partitions of which nothing comes.</summary>
    public void Refresh()
    {
        if (ends.Count == 0 || context.Clock.GetElapsedTime(refreshed) < options.LagPeriod)
        {
            return;
        }

        refreshed = context.Clock.GetTimestamp();
        foreach (End end in ends.Values)
        {
            Look(end);
        }
    }

    /// <summary>Others read them from now on, and tell how far behind they are.</summary>
    public void Forget(IEnumerable<TopicPartition> partitions)
    {
        current = null;
        foreach (TopicPartition partition in partitions)
        {
            if (ends.Remove(partition, out End? end))
            {
                end.Gauge.Set(0);
            }
        }
    }

    private void Look(End end)
    {
        try
        {
            end.High = consumer.GetWatermarkOffsets(end.Partition).High.Value;
        }
        catch (KafkaException)
        {
            // The client has forgotten the partition, as when its topic was removed; the next poll says so.
        }

        end.Gauge.Set(end.Lag);
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

        /// <summary>The offset that is read next.</summary>
        public long Next { get; set; }

        public long Lag => Math.Max(0, High - Next);
    }
}
