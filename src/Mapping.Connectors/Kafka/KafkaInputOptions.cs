using Confluent.Kafka;
using Mapping.Pipeline.Contracts;

namespace Mapping.Connectors.Kafka;

/// <summary>Which of the three inputs is meant where they differ.</summary>
internal enum KafkaDialect
{
    /// <summary><c>kafka</c></summary>
    Classic,

    /// <summary><c>kafka_franz</c></summary>
    Franz,

    /// <summary><c>redpanda</c></summary>
    Redpanda,
}

/// <param name="Dialect">How metadata is written.</param>
/// <param name="Connection">The cluster.</param>
/// <param name="Topics">What is read.</param>
/// <param name="Group">The consumer group; empty for none: nothing is committed then.</param>
/// <param name="Start">Where a partition without a committed offset begins.</param>
/// <param name="Flow">How much of a partition is under way.</param>
/// <param name="CommitPeriod">Time between two commits.</param>
/// <param name="InstanceId">Of static membership; empty for none.</param>
/// <param name="Timing">Of the group protocol.</param>
/// <param name="Fetch">Sizes of fetches.</param>
/// <param name="MultiHeader">Every header is a list.</param>
/// <param name="LagPeriod">Time between two looks at the end of a partition.</param>
/// <param name="StallTime">A partition of which nothing is settled for so long stalls; zero for never.</param>
/// <param name="ReplaysRejected">Rejected messages are delivered again.</param>
/// <param name="ExtractsTrace">Finds the trace of a message; null where it is metadata.</param>
internal sealed record KafkaInputOptions(
    KafkaDialect Dialect,
    KafkaConnection Connection,
    TopicSelection Topics,
    string Group,
    AutoOffsetReset Start,
    FlowOptions Flow,
    TimeSpan CommitPeriod,
    string InstanceId,
    GroupTiming Timing,
    FetchOptions Fetch,
    bool MultiHeader,
    TimeSpan LagPeriod,
    TimeSpan StallTime,
    bool ReplaysRejected,
    CompiledMapping? ExtractsTrace);

/// <param name="Session">A member that is not heard of for longer is taken for dead.</param>
/// <param name="Heartbeat">Time between two signs of life.</param>
/// <param name="Rebalance">How long members have to give up partitions.</param>
/// <param name="Strategy">How partitions are shared out.</param>
internal sealed record GroupTiming(TimeSpan Session, TimeSpan Heartbeat, TimeSpan Rebalance, PartitionAssignmentStrategy Strategy);

/// <summary>Null for the client's own defaults.</summary>
internal sealed record FetchOptions(long? MaxBytes, long? MaxPartitionBytes, long? MinBytes, TimeSpan? MaxWait, long? Buffered, IsolationLevel Isolation);

/// <param name="CheckpointLimit">Messages of a partition that are not settled.</param>
/// <param name="IsOrdered">One batch of a partition is under way at a time.</param>
/// <param name="BufferBytes">Read ahead of that batch.</param>
/// <param name="BatchBytes">The size of that batch, which the last message may exceed.</param>
/// <param name="Batching">How messages of a partition are grouped; null when each goes alone.</param>
internal sealed record FlowOptions(int CheckpointLimit, bool IsOrdered, long BufferBytes, long BatchBytes, BatchPolicy? Batching);
