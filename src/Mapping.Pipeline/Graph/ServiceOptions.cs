using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Graph;

/// <summary>What serves and reports beside the pipeline.</summary>
internal sealed record ServiceOptions(HttpOptions Http, MetricsOptions Metrics, ComponentPlan<ITracer> Tracer);

/// <summary>The section <c>metrics</c>.</summary>
/// <param name="Exporter">Where they go.</param>
/// <param name="Mapping">Renames and leaves out; null changes nothing.</param>
internal sealed record MetricsOptions(ComponentPlan<IMetricsExporter> Exporter, CompiledMapping? Mapping);

/// <summary>An exporter with the mapping beside it.</summary>
internal sealed class MetricsType : FieldType<MetricsOptions>
{
    private static readonly ComponentFieldType<IMetricsExporter> Exporter = new(ComponentKind.Metrics);

    public override string Name => Exporter.Name;

    public override ComponentKind? Component => ComponentKind.Metrics;

    public override bool TryRead(ConfigNode node, ReadScope scope, string path, [MaybeNullWhen(false)] out MetricsOptions value)
    {
        value = null;
        CompiledMapping? mapping = null;
        if (node is MapNode { Entries: var entries } && entries.Find(e => e.Key.Text == "mapping") is { } written)
        {
            if (!Fields.MappingValue.TryRead(written.Value, scope, path + ".mapping", out mapping))
            {
                return false;
            }

            if (entries.Count == 1)
            {
                // A mapping alone is one of the default exporter.
                node = new MapNode(node.Source, node.Span, [written, new MapEntry(new ScalarNode(node.Source, node.Span, "prometheus", isPlain: true), new MapNode(node.Source, node.Span, []))]);
            }
        }

        if (!Exporter.TryRead(node, scope, path, out ComponentPlan<IMetricsExporter>? exporter))
        {
            return false;
        }

        value = new MetricsOptions(exporter, mapping);
        return true;
    }

    public override void WriteSchema(Utf8JsonWriter json) => Exporter.WriteSchema(json);
}
