using Confluent.Kafka;
using Mapping.Pipeline.Config;

namespace Mapping.Connectors.Kafka;

/// <summary>The fields of the input <c>kafka</c>.</summary>
internal static class ClassicInputFields
{
    private static readonly Field<IReadOnlyList<string>> Topics =
        Fields.Texts("topics", "Topics shared out among the members of a group, or given partitions: `topic:0`, `topic:0-5`.").Example("[\"orders\"]", "[\"orders:0-3\"]");

    private static readonly Field<string> Group = Fields.Text("consumer_group", "The group whose members share the partitions, and under which offsets are committed.").Default("\"\"");
    private static readonly Field<string> InstanceId = Fields.Text("instance_id", "Identifies a static member of the group.").Default("\"\"").Advanced();
    private static readonly Field<bool> FromOldest = Fields.Bool("start_from_oldest", "Where nothing is committed, begin with the oldest message; otherwise with what comes next.").Default("true").Advanced();
    private static readonly Field<long> CheckpointLimit = Fields.Integer("checkpoint_limit", "Messages of a partition that may be under way; 1 for one after another. After a crash no more than these are read again.", least: 1, most: 10_000_000).Default("1024");
    private static readonly Field<TimeSpan> CommitPeriod = Fields.Duration("commit_period", "Time between two commits of offsets.").Default("1s").Advanced();
    private static readonly Field<TimeSpan> ProcessingPeriod = Fields.Duration("max_processing_period", "Understood, without effect: a slow pipeline holds a partition back without leaving the group.").Default("100ms").Advanced();
    private static readonly Field<long> FetchBuffer = Fields.Integer("fetch_buffer_cap", "Messages of a partition that are fetched ahead; where it is not written, the client decides.", least: 1, most: 10_000_000).Default("256").Advanced();
    private static readonly Field<TimeSpan> Session = Fields.Duration("session_timeout", "A member that is not heard of for longer is taken for dead.").Default("10s");
    private static readonly Field<TimeSpan> Heartbeat = Fields.Duration("heartbeat_interval", "Time between two signs of life.").Default("3s");
    private static readonly Field<TimeSpan> Rebalance = Fields.Duration("rebalance_timeout", "How long members have to finish what is under way when partitions are shared out anew.").Default("60s");

    private static readonly Field<GroupTiming> Timing = Fields.Group(
        "group",
        new Shape<GroupTiming>([Session, Heartbeat, Rebalance], static read => new GroupTiming(read.Get(Session), read.Get(Heartbeat), read.Get(Rebalance), PartitionAssignmentStrategy.Range)),
        "Timing of the group.").Default("{}").Advanced();

    private static readonly Field<PartitionAssignmentStrategy> Strategy = SharedInputFields.Strategy("range");

    public static Shape<KafkaInputOptions> Shape { get; } = new Shape<KafkaInputOptions>(
        [
            .. KafkaConnection.ClassicFields, Topics, Group, InstanceId, FromOldest, CheckpointLimit, CommitPeriod, ProcessingPeriod, FetchBuffer, Timing, Strategy,
            SharedInputFields.MultiHeader, SharedInputFields.StallTime, SharedFields.AutoReplayNacks, SharedFields.Batching,
            IgnoredFields.TimelyNacks, SharedFields.ExtractTracing,
        ],
        Read)
        .Rule(static (_, read) => KafkaConnection.Check(read, isClassic: true))
        .Rule(static (_, read) => TopicSelection.Parse(read.Get(Topics), out string? problem) is null ? new Breach(problem!, Topics) : null)
        .Rule(static (options, _) => options.Topics is { Names.Count: 0, Partitions.Count: 0 } ? new Breach("no topic is named", Topics) : null)
        .Rule(static (options, _) => options.Topics.Names.Count > 0 && options.Group.Length == 0
            ? new Breach("topics that are shared out need a consumer_group", Topics, "set consumer_group, or give partitions as in topic:0-5")
            : null);

    private static KafkaInputOptions Read(FieldValues read) => new(
        KafkaDialect.Classic,
        KafkaConnection.Classic(read),
        TopicSelection.Parse(read.Get(Topics), out _) ?? new TopicSelection([], [], [], []),
        read.Get(Group),
        read.Get(FromOldest) ? AutoOffsetReset.Earliest : AutoOffsetReset.Latest,
        new FlowOptions((int)read.Get(CheckpointLimit), false, 0, 0, SharedFields.Active(read.Get(SharedFields.Batching))),
        read.Get(CommitPeriod),
        read.Get(InstanceId),
        read.Get(Timing) with { Strategy = read.Get(Strategy) },
        new FetchOptions(null, null, null, null, read.IsWritten(FetchBuffer) ? read.Get(FetchBuffer) : null, IsolationLevel.ReadUncommitted),
        read.Get(SharedInputFields.MultiHeader),
        TimeSpan.FromSeconds(1),
        read.Get(SharedInputFields.StallTime),
        read.Get(SharedFields.AutoReplayNacks),
        read.Get(SharedFields.ExtractTracing));
}
