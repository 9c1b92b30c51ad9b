using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Processors;

/// <summary><c>catch: [...]</c>: a list for failed messages only; afterwards they count as fine, also when the list failed.</summary>
internal sealed class CatchProcessor(IProcessorChain steps) : IProcessor
{
    public static ComponentType Type { get; } = Component.Processor(
        "catch",
        "Runs a list of processors for every message that failed, alone, and clears its error afterwards.",
        new CatchType(),
        static (plans, context) => new CatchProcessor(context.Build(plans)));

    public async ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        var results = new List<Message>(batch.Count);
        foreach (Message message in batch)
        {
            if (message.Error is null)
            {
                results.Add(message);
                continue;
            }

            int first = results.Count;
            Singly.Add(await steps.RunAsync(new Batch(message), cancellation).ConfigureAwait(false), results);
            for (int i = first; i < results.Count; i++)
            {
                results[i].Error = null;
            }
        }

        return Batch.Of(results);
    }

    public ValueTask DisposeAsync() => steps.DisposeAsync();

    /// <summary>A list of processors with a <c>try</c> in it would see only failed messages and skip them.</summary>
    private sealed class CatchType : FieldType<IReadOnlyList<ComponentPlan<IProcessor>>>
    {
        public override string Name => Fields.ProcessorsValue.Name;

        public override FieldType? Item => Fields.ProcessorsValue.Item;

        public override bool TryRead(ConfigNode node, ReadScope scope, string path, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out IReadOnlyList<ComponentPlan<IProcessor>> value)
        {
            if (!Fields.ProcessorsValue.TryRead(node, scope, path, out value))
            {
                return false;
            }

            foreach (ComponentPlan<IProcessor> step in value.Where(v => v.Type == "try"))
            {
                scope.Problems.Lint(Diagnostics.DiagnosticCodes.BrokenRule, step.Source, step.Span, "a try within a catch never runs, as its messages have failed", "put it into for_each or processors");
            }

            return true;
        }

        public override void WriteSchema(System.Text.Json.Utf8JsonWriter json) => Fields.ProcessorsValue.WriteSchema(json);
    }
}
