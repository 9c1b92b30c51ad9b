using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Metrics;

/// <summary>Every metrics exporter, by name.</summary>
internal static class AllMetrics
{
    public static IReadOnlyList<ComponentType> Types { get; } =
    [
        JsonApiMetrics.Type,
        LoggerMetrics.Type,
        NoneMetrics.Type,
        OpenTelemetryMetrics.Type,
        PrometheusMetrics.Type,
    ];
}
