using Confluent.Kafka;
using Mapping.Builtins.Strings.Patterns;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Config;

namespace Mapping.Connectors.Kafka;

/// <summary>The fields of the inputs <c>kafka_franz</c> and <c>redpanda</c>.</summary>
internal static class FranzInputFields
{
    private static readonly Field<IReadOnlyList<string>> Topics =
        Fields.Texts("topics", "Topics, or given partitions: `topic:0`, `topic:0-5`, and with an offset to begin at `topic:0:1000`.").Default("[]").Example("[\"orders\"]", "[\"orders:0-3\"]");

    private static readonly Field<IReadOnlyList<Pattern>> Include = Fields.List("regexp_topics_include", new PatternType(), "Instead of names: topics in whose names one of these is found.").Default("[]").Example("[\"^logs_\"]");
    private static readonly Field<IReadOnlyList<Pattern>> Exclude = Fields.List("regexp_topics_exclude", new PatternType(), "But not topics in whose names one of these is found.").Default("[]").Advanced();
    private static readonly Field<string> Group = Fields.Text("consumer_group", "The group whose members share the partitions. Without one all partitions are read and nothing is committed.").Default("\"\"");

    private static readonly Field<AutoOffsetReset> Start = Fields.Choice(
        "start_offset",
        "Where a partition begins for which nothing is committed; `committed` refuses to read it.",
        ("earliest", AutoOffsetReset.Earliest),
        ("latest", AutoOffsetReset.Latest),
        ("committed", AutoOffsetReset.Error)).Default("earliest").Advanced();

    private static readonly Field<long> CheckpointLimit = Fields.Integer("checkpoint_limit", "Messages of a partition that may be under way. After a crash no more than these are read again.", least: 1, most: 10_000_000).Default("1024").Advanced();
    private static readonly Field<TimeSpan> CommitPeriod = Fields.Duration("commit_period", "Time between two commits of offsets.").Default("5s").Advanced();
    private static readonly Field<string> InstanceId = Fields.Text("instance_id", "Identifies a static member of the group.").Default("\"\"").Advanced();
    private static readonly Field<TimeSpan> Session = Fields.Duration("session_timeout", "A member that is not heard of for longer is taken for dead.").Default("1m").Advanced();
    private static readonly Field<TimeSpan> Heartbeat = Fields.Duration("heartbeat_interval", "Time between two signs of life.").Default("3s").Advanced();
    private static readonly Field<TimeSpan> Rebalance = Fields.Duration("rebalance_timeout", "How long members have to finish what is under way when partitions are shared out anew.").Default("45s").Advanced();
    private static readonly Field<long> FetchMax = Fields.Size("fetch_max_bytes", "The most one fetch brings.").Default("50MiB").Advanced();
    private static readonly Field<long> FetchPartitionMax = Fields.Size("fetch_max_partition_bytes", "The most one fetch brings of a partition.").Default("1MiB").Advanced();
    private static readonly Field<long> FetchMin = Fields.Size("fetch_min_bytes", "The broker waits until there is so much.").Default("1B").Advanced();
    private static readonly Field<TimeSpan> FetchWait = Fields.Duration("fetch_max_wait", "But no longer than this.").Default("5s").Advanced();
    private static readonly Field<TimeSpan> LagPeriod = Fields.Duration("topic_lag_refresh_period", "Time between two looks at the lag.").Default("5s").Advanced();
    private static readonly Field<PartitionAssignmentStrategy> Strategy = SharedInputFields.Strategy("cooperative-sticky");
    private static readonly Field<long> BufferBytes = Fields.Size("partition_buffer_bytes", "What is read ahead of a partition.").Default("1MB").Advanced();
    private static readonly Field<long> BatchBytes = Fields.Size("max_yield_batch_bytes", "The size of a batch, which the last message may exceed.").Default("32KB").Advanced();

    private static readonly Field<IsolationLevel> Isolation = Fields.Choice(
        "transaction_isolation_level",
        "Whether messages of transactions that are not committed are read.",
        ("read_uncommitted", IsolationLevel.ReadUncommitted),
        ("read_committed", IsolationLevel.ReadCommitted)).Default("read_uncommitted").Advanced();

    private static readonly Field<bool> IsUnordered = Fields.Bool("enabled", "Many batches of a partition may be under way at a time.").Default("false");

    private static readonly Field<FlowOptions> Unordered = Fields.Group(
        "unordered_processing",
        new Shape<FlowOptions>(
            [IsUnordered, CheckpointLimit, SharedFields.Batching],
            static read => new FlowOptions((int)read.Get(CheckpointLimit), !read.Get(IsUnordered), 0, 0, SharedFields.Active(read.Get(SharedFields.Batching)))),
        "Gives up the order of a partition for more at a time. Without `enabled` its other fields have no effect.").Default("{}").Advanced();

    private static readonly IReadOnlyList<Field> Common =
    [
        .. KafkaConnection.FranzFields, KafkaConnection.FranzRack, Topics, Include, Exclude, Group, Start, CommitPeriod, InstanceId, Session, Heartbeat, Rebalance, Strategy,
        FetchMax, FetchPartitionMax, FetchMin, FetchWait, Isolation, LagPeriod, SharedInputFields.StallTime, SharedFields.AutoReplayNacks,
        IgnoredFields.TimelyNacks, SharedFields.ExtractTracing, IgnoredFields.Tcp,
    ];

    public static Shape<KafkaInputOptions> Franz { get; } = Checked(new Shape<KafkaInputOptions>(
        [.. Common, CheckpointLimit, SharedInputFields.MultiHeader, SharedFields.Batching],
        static read => Read(
            read,
            KafkaDialect.Franz,
            new FlowOptions((int)read.Get(CheckpointLimit), false, 0, 0, SharedFields.Active(read.Get(SharedFields.Batching))),
            read.Get(SharedInputFields.MultiHeader))));

    public static Shape<KafkaInputOptions> Redpanda { get; } = Checked(new Shape<KafkaInputOptions>(
        [.. Common, Unordered, BufferBytes, BatchBytes],
        static read => Read(
            read,
            KafkaDialect.Redpanda,
            read.Get(Unordered) with { BufferBytes = read.Get(BufferBytes), BatchBytes = read.Get(BatchBytes) },
            multiHeader: false)));

    private static Shape<KafkaInputOptions> Checked(Shape<KafkaInputOptions> shape) => shape
        .Rule(static (_, read) => KafkaConnection.Check(read, isClassic: false))
        .Rule(static (_, read) => TopicSelection.Parse(read.Get(Topics), out string? problem) is null ? new Breach(problem!, Topics) : null)
        .Rule(static (options, _) => options.Topics is { Names.Count: 0, Partitions.Count: 0, IsPattern: false } ? new Breach("no topic is named", null, "set topics or regexp_topics_include") : null)
        .Rule(static (options, read) => options.Topics.IsPattern && read.Get(Topics).Count > 0 ? new Breach("topics and regexp_topics_include exclude each other", Include) : null)
        .Rule(static (options, _) => options.Topics.Partitions.Count > 0 && options.Group.Length > 0
            ? new Breach("given partitions belong to no group", Group, "name whole topics, or leave consumer_group out")
            : null)
        .Rule(static (options, _) => options.Start == AutoOffsetReset.Error && options.Group.Length == 0
            ? new Breach("without a consumer_group nothing is committed", Start, "set consumer_group, or begin with earliest or latest")
            : null);

    private static KafkaInputOptions Read(FieldValues read, KafkaDialect dialect, FlowOptions flow, bool multiHeader) => new(
        dialect,
        KafkaConnection.Franz(read, read.Get(KafkaConnection.FranzRack)),
        (TopicSelection.Parse(read.Get(Topics), out _) ?? new TopicSelection([], [], [], [])) with { Include = read.Get(Include), Exclude = read.Get(Exclude) },
        read.Get(Group),
        read.Get(Start),
        flow,
        read.Get(CommitPeriod),
        read.Get(InstanceId),
        new GroupTiming(read.Get(Session), read.Get(Heartbeat), read.Get(Rebalance), read.Get(Strategy)),
        new FetchOptions(read.Get(FetchMax), read.Get(FetchPartitionMax), read.Get(FetchMin), read.Get(FetchWait), null, read.Get(Isolation)),
        multiHeader,
        read.Get(LagPeriod),
        read.Get(SharedInputFields.StallTime),
        read.Get(SharedFields.AutoReplayNacks),
        read.Get(SharedFields.ExtractTracing));
}
