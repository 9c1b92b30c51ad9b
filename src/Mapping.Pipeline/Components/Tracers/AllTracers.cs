using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Tracers;

/// <summary>Every tracer, by name.</summary>
internal static class AllTracers
{
    public static IReadOnlyList<ComponentGroup> All { get; } =
    [
        new(ComponentKind.Tracer, "none", static () => [NoneTracer.Type]),
        new(ComponentKind.Tracer, "open_telemetry_collector", static () => [OpenTelemetryTracer.Type]),
    ];
}
