using Confluent.Kafka;
using Mapping.Pipeline.Config;

namespace Mapping.Connectors.Kafka;

/// <summary>Fields of all Kafka inputs.</summary>
internal static class SharedInputFields
{
    public static Field<bool> MultiHeader { get; } = Fields.Bool("multi_header", "Every header becomes a list of its values; otherwise the last of them is a text.").Default("false").Advanced();

    public static Field<TimeSpan> StallTime { get; } = Fields.Duration(
        "stall_timeout",
        "A partition with messages under way of which none is settled for so long counts as stalled: it is logged, and counted by the gauge `kafka_stalled_partitions`. 0s for never.")
        .Default("1m").Advanced();

    public static Field<PartitionAssignmentStrategy> Strategy(string usual) => Fields.Choice(
        "assignment_strategy",
        "How partitions are shared out among the members; all members must agree. With `cooperative-sticky` partitions that stay are read on meanwhile.",
        ("range", PartitionAssignmentStrategy.Range),
        ("roundrobin", PartitionAssignmentStrategy.RoundRobin),
        ("cooperative-sticky", PartitionAssignmentStrategy.CooperativeSticky)).Default(usual).Advanced();
}
