using Mapping.Diagnostics;
using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Config;

/// <summary>Fields that many components have, with the same meaning everywhere.</summary>
internal static class SharedFields
{
    private static readonly Field<long> Count = Fields.Integer("count", "Messages in a batch; 0 for no bound.", least: 0).Default("0");
    private static readonly Field<long> ByteSize = Fields.Size("byte_size", "Bytes of bodies in a batch, which the last message may exceed; 0 for no bound.").Default("0");
    private static readonly Field<TimeSpan?> Period = Fields.OptionalDuration("period", "The longest time between two batches.").Example("5s");
    private static readonly Field<CompiledMapping?> Check = Fields.Mapping("check", "Closes the batch after the message for which it is true.").Optional().Example("this.type == \"end\"");
    private static readonly Field<IReadOnlyList<ComponentPlan<IProcessor>>> Processors =
        Fields.Processors("processors", "Run on every closed batch; whatever they make of it goes on as one batch.").Optional().Advanced();

    /// <summary>The fields of a policy, for components that have more beside them.</summary>
    public static IReadOnlyList<Field> PolicyFields { get; } = [Count, ByteSize, Period, Check, Processors];

    public static Shape<BatchPolicy> PolicyShape { get; } = new Shape<BatchPolicy>(PolicyFields, ReadPolicy)
        .Rule(static (policy, _) => policy.IsActive && !policy.HasTrigger
            ? new Breach("a batching policy with processors needs a condition that closes batches", Processors, "set count, byte_size, period or check")
            : null)
        .Rule(static (policy, _) => WhereEndless(policy));

    public static Field<BatchPolicy> Batching { get; } = Fields.Group("batching", PolicyShape, "How messages are grouped.").Optional().Example("{ count: 100, period: 1s }");

    public static Field<long> MaxInFlight { get; } =
        Fields.Integer("max_in_flight", "How many writes may be under way at once; with 1 they are made in order.", least: 1, most: 1_000_000).Default("64");

    public static Field<bool> AutoReplayNacks { get; } =
        Fields.Bool("auto_replay_nacks", "Rejected messages are kept in memory and sent again until they are written; otherwise they are given up.").Default("true").Advanced();

    public static Field<CompiledMapping?> ExtractTracing { get; } =
        Fields.Mapping("extract_tracing_map", "Gives an object with the W3C trace context that a message carries, `traceparent` and perhaps `tracestate`. Where it fails or gives none, and without it, metadata of these names counts.")
            .Optional().Advanced().Example("root = @");

    public static Field<CompiledMapping?> InjectTracing { get; } =
        Fields.Mapping("inject_tracing_map", "Puts the trace context into what is written: `this` is an object with `traceparent` and perhaps `tracestate`, and what is assigned goes to the message. Without a tracer it is not run.")
            .Optional().Advanced().Example("meta = @.merge(this)");

    /// <summary>The policy that <see cref="PolicyFields"/> make.</summary>
    public static BatchPolicy ReadPolicy(FieldValues read) =>
        new((int)read.Get(Count), read.Get(ByteSize), read.Get(Period), read.Get(Check), read.Get(Processors) ?? []);

    /// <summary>A policy whose batches may never be closed is one to be warned of.</summary>
    public static Breach? WhereEndless(BatchPolicy? policy) => policy is { Check: not null, Count: 0, ByteSize: 0, Period: null }
        ? new Breach("a batch may wait for ever: only check closes it", Check, "set count, byte_size or period as well") { Gravity = Gravity.Warning, Code = DiagnosticCodes.BatchMayWait }
        : null;

    /// <summary>A policy that does nothing is none.</summary>
    public static BatchPolicy? Active(BatchPolicy? policy) => policy is { IsActive: true } ? policy : null;
}
