using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Metrics;

/// <summary>Every metrics exporter, by name.</summary>
internal static class AllMetrics
{
    public static IReadOnlyList<ComponentGroup> All { get; } =
    [
        new(ComponentKind.Metrics, "json_api", static () => [JsonApiMetrics.Type]),
        new(ComponentKind.Metrics, "logger", static () => [LoggerMetrics.Type]),
        new(ComponentKind.Metrics, "none", static () => [NoneMetrics.Type]),
        new(ComponentKind.Metrics, "open_telemetry_collector", static () => [OpenTelemetryMetrics.Type]),
        new(ComponentKind.Metrics, "prometheus", static () => [PrometheusMetrics.Type]),
    ];
}
