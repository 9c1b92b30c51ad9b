using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Metrics;

/// <summary><c>none</c>: nothing is counted.</summary>
internal sealed class NoneMetrics : IMetricsExporter
{
    public static ComponentType Type { get; } = new ComponentType<IMetricsExporter, bool>(
        ComponentKind.Metrics,
        "none",
        "Counts nothing.",
        Component.NoFields,
        static (_, _) => new NoneMetrics())
    {
        Example = """
            input: { generate: { count: 1, mapping: root.id = 1 } }
            output: { drop: {} }
            metrics: { none: {} }
            """,
    };

    public bool IsOn => false;
}
