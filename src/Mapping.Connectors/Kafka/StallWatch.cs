using System.Globalization;
using Confluent.Kafka;
using Mapping.Pipeline.Contracts;

namespace Mapping.Connectors.Kafka;

/// <summary>
/// Looks for partitions with messages under way of which none is settled for long: something behind the input hangs. It is told once, and
/// once more when it is over; the gauge <c>kafka_stalled_partitions</c> counts them. Used by the reading thread only.
/// </summary>
internal sealed class StallWatch(TimeSpan limit, IComponentContext context)
{
    private readonly IGauge gauge = context.Metrics.Gauge("kafka_stalled_partitions");
    private readonly HashSet<TopicPartition> stalled = [];
    private readonly TimeSpan period = limit / 4 < TimeSpan.FromSeconds(1) ? limit / 4 : TimeSpan.FromSeconds(1);
    private long lastLook = context.Clock.GetTimestamp();

    public void Look(IReadOnlyCollection<PartitionFlow> flows)
    {
        if (limit == TimeSpan.Zero || context.Clock.GetElapsedTime(lastLook) < period)
        {
            return;
        }

        lastLook = context.Clock.GetTimestamp();
        stalled.RemoveWhere(partition => flows.All(flow => flow.Partition != partition));
        foreach (PartitionFlow flow in flows)
        {
            int count = flow.CountStalled(limit);
            if (count > 0 && stalled.Add(flow.Partition))
            {
                context.Log.Write(LogLevel.Warn, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Name(flow.Partition)} stalls: {count} messages are under way, and none was settled for {limit.TotalSeconds:0.###} s; look at what comes behind the input"));
            }
            else if (count == 0 && stalled.Remove(flow.Partition))
            {
                context.Log.Write(LogLevel.Info, $"{Name(flow.Partition)} moves again");
            }
        }

        gauge.Set(stalled.Count);
    }

    private static string Name(TopicPartition partition) => string.Create(CultureInfo.InvariantCulture, $"{partition.Topic}:{partition.Partition.Value}");
}
