using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Values;

namespace Mapping.Pipeline.Components.Outputs;

/// <param name="Output">What is tried.</param>
/// <param name="IsForDeadLetters">What it gets is laid aside there, with all that is known of its failure.</param>
internal sealed record FallbackTier(ComponentPlan<IOutput> Output, bool IsForDeadLetters);

/// <summary><c>fallback: [...]</c>: what one output fails to write goes to the next.</summary>
internal sealed class FallbackOutput(IReadOnlyList<FallbackTier> plans, IComponentContext context) : IOutput
{
    private readonly IOutput[] tiers = [.. plans.Select(p => context.Build(p.Output))];

    public static ComponentType Type { get; } = new ComponentType<IOutput, IReadOnlyList<FallbackTier>>(
        ComponentKind.Output,
        "fallback",
        "Tries outputs in order; messages that one fails to write go on to the next, with the metadata fallback_error and the failure as their error().",
        new ListType<FallbackTier>(new TierType()),
        static (plans, context) => new FallbackOutput(plans, context))
    {
        Description = """
            Each item is an output. It may stand within `try:` or `result:`, which name its part: what is tried, and what becomes of
            messages that failed.

            An output within `result:` is one for dead letters. A message that was read from Kafka gets there with the metadata
            `original_topic`, `original_partition`, `original_offset`, `original_key` and `original_timestamp_ms`, unless it has them from
            an earlier failure. An output `kafka_franz` or `redpanda` there sends all metadata as headers, but those that begin with
            `kafka_`, when it has no `metadata` filter of its own; elsewhere it sends none. See the guide on dead letters.
            """,
        Example = """
            input:
              generate: { mapping: 'root.id = 1', count: 1 }
            output:
              fallback:
                - try:
                    reject: out of order
                - result:
                    processors:
                      - mapping: meta failed_at = now()
                    stdout: {}
            """,
    };

    public int MaxInFlight => tiers.Max(t => t.MaxInFlight);

    // The others get what this one fails to write.
    public IReadOnlyList<BatchPolicy> Gathering => tiers[0].Gathering;

    public bool TakesFailed => true;

    public async ValueTask WriteAsync(Batch batch, CancellationToken cancellation)
    {
        List<int> left = [.. Enumerable.Range(0, batch.Count)];
        WriteFailures failures = [];
        Batch current = batch;
        for (int tier = 0; tier < tiers.Length; tier++)
        {
            var failed = new WriteFailures();
            await Selection.WriteAsync(tiers[tier].WriteAsync, current, [.. Enumerable.Range(0, current.Count)], failed, cancellation).ConfigureAwait(false);
            if (failed.Count == 0)
            {
                return;
            }

            int[] positions = [.. failed.Keys.Order()];
            failures = [];
            foreach (int i in positions)
            {
                failures.Note(left[i], failed[i], failed.Kind!.Value);
            }

            left = [.. positions.Select(i => left[i])];
            bool isLast = tier + 1 == tiers.Length;
            current = Batch.Of(left.Select(i => Failed(batch[i], failures[i], plans[tier].Output, isDeadLetter: !isLast && plans[tier + 1].IsForDeadLetters)));
        }

        throw new BatchException(failures);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IOutput tier in tiers)
        {
            await tier.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static Message Failed(Message original, string reason, ComponentPlan tier, bool isDeadLetter)
    {
        Message message = original.Copy();
        message.Error = new MessageError(reason, tier.Type, tier.Label ?? string.Empty, tier.Path);
        MetadataValues.Set(message, "fallback_error", Value.FromString(reason));
        Trail.AcceptError(message);
        if (isDeadLetter)
        {
            DeadLetter.Mark(message);
        }

        return message;
    }

    /// <summary>An output, or one within <c>try:</c> or <c>result:</c>.</summary>
    private sealed class TierType : FieldType<FallbackTier>
    {
        public override string Name => Fields.OutputValue.Name;

        public override ComponentKind? Component => ComponentKind.Output;

        public override bool TryRead(ConfigNode node, ReadScope scope, string path, [MaybeNullWhen(false)] out FallbackTier value)
        {
            MapEntry? named = node is MapNode { Entries: [{ Key.Text: "try" or "result", Value: MapNode } only] } ? only : null;
            bool isRead = Fields.OutputValue.TryRead(named?.Value ?? node, scope, path, out ComponentPlan<IOutput>? output);
            value = isRead ? new FallbackTier(output!, named?.Key.Text == "result") : null;
            return isRead;
        }

        public override void WriteSchema(Utf8JsonWriter json) => Fields.OutputValue.WriteSchema(json);
    }
}
