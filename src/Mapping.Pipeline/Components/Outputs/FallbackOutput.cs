using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Values;

namespace Mapping.Pipeline.Components.Outputs;

/// <summary><c>fallback: [...]</c>: what one output fails to write goes to the next.</summary>
internal sealed class FallbackOutput(IReadOnlyList<ComponentPlan<IOutput>> plans, IComponentContext context) : IOutput
{
    private readonly IOutput[] tiers = [.. plans.Select(context.Build)];

    public static ComponentType Type { get; } = Component.Output(
        "fallback",
        "Tries outputs in order; messages that one fails to write go on to the next, with the metadata fallback_error and the failure as their error().",
        new ListType<ComponentPlan<IOutput>>(new TierType()),
        static (plans, context) => new FallbackOutput(plans, context));

    public int MaxInFlight => tiers.Max(t => t.MaxInFlight);

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
            current = Batch.Of(left.Select(i => Failed(batch[i], failures[i], plans[tier])));
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

    private static Message Failed(Message original, string reason, ComponentPlan tier)
    {
        Message message = original.Copy();
        message.Error = new MessageError(reason, tier.Type, tier.Label ?? string.Empty, tier.Path);
        MetadataValues.Set(message, "fallback_error", Value.FromString(reason));
        Trail.AcceptError(message);
        return message;
    }

    /// <summary>An output, or one within <c>try:</c> or <c>result:</c>, which only name the tier.</summary>
    private sealed class TierType : FieldType<ComponentPlan<IOutput>>
    {
        public override string Name => Fields.OutputValue.Name;

        public override ComponentKind? Component => ComponentKind.Output;

        public override bool TryRead(ConfigNode node, ReadScope scope, string path, [MaybeNullWhen(false)] out ComponentPlan<IOutput> value)
        {
            ConfigNode tier = node is MapNode { Entries: [{ Key.Text: "try" or "result", Value: MapNode inner }] } ? inner : node;
            return Fields.OutputValue.TryRead(tier, scope, path, out value);
        }

        public override void WriteSchema(Utf8JsonWriter json) => Fields.OutputValue.WriteSchema(json);
    }
}
