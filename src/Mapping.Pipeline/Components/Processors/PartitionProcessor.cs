using System.Text.Json;
using Mapping.Diagnostics;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Processors;

/// <summary>
/// <c>partition: KEY</c>: another way to write <c>pipeline.partition_by</c>. Where it is legal, <see cref="PartitionStep"/> has taken it
/// out before processors are read: one that is read stands in the wrong place.
/// </summary>
internal static class PartitionProcessor
{
    public static ComponentType Type { get; } = new ComponentType<Contracts.IProcessor, CompiledMapping>(
        Contracts.ComponentKind.Processor,
        PartitionStep.Name,
        "Keeps messages with the same key in order, as pipeline.partition_by does; only as the first processor of the pipeline.",
        new MisplacedType(),
        static (_, _) => throw new System.Diagnostics.UnreachableException())
    {
        Description = """
            The body is a mapping that gives the key. Messages with the same key are processed and written one after another, also while
            one of them is written again. Keys share as many lanes as the output has writes in flight (`max_in_flight`), and a lane waits
            for none of the others.

            Every lane fills batches of its own: with a policy of `batching`, keep `max_in_flight` small where batches should be large. A batch
            that does not fill is written after `period`, or after a second without one. A policy of an output inside another one
            (`fallback`, `broker`, `switch`) knows no lanes: it gathers one message of each, so give it a short `period`.
            """,
        Example = """
            input:
              generate: { count: 10, interval: "", mapping: 'root = { "customer_id": counter() % 3 }' }
            pipeline:
              threads: 4
              processors:
                - partition: this.customer_id
                - mapping: root = this
            output:
              drop: {}
            """,
    };

    private sealed class MisplacedType : FieldType<CompiledMapping>
    {
        public override string Name => Fields.ScriptValue.Name;

        public override bool TryRead(ConfigNode node, ReadScope scope, string path, out CompiledMapping value)
        {
            scope.Problems.Error(
                DiagnosticCodes.BrokenRule,
                node,
                "a partition may only be the first processor of the pipeline, in the place of partition_by",
                "messages are given to workers by their keys before anything else is done with them");
            value = null!;
            return false;
        }

        public override void WriteSchema(Utf8JsonWriter json) => Fields.ScriptValue.WriteSchema(json);
    }
}
