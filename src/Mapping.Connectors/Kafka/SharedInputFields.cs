using Confluent.Kafka;
using Mapping.Pipeline.Config;

namespace Mapping.Connectors.Kafka;

/// <summary>Fields of all Kafka inputs.</summary>
internal static class SharedInputFields
{
    public static Field<bool> MultiHeader { get; } = Fields.Bool("multi_header", "Every header becomes a list of its values; otherwise the last of them is a text.").Default("false").Advanced();

    public static Field<PartitionAssignmentStrategy> Strategy(string usual) => Fields.Choice(
        "assignment_strategy",
        "How partitions are shared out among the members; all members must agree. With `cooperative-sticky` partitions that stay are read on meanwhile.",
        ("range", PartitionAssignmentStrategy.Range),
        ("roundrobin", PartitionAssignmentStrategy.RoundRobin),
        ("cooperative-sticky", PartitionAssignmentStrategy.CooperativeSticky)).Default(usual).Advanced();
}
