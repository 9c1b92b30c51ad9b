using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Tracers;

/// <summary>Every tracer, by name.</summary>
internal static class AllTracers
{
    public static IReadOnlyList<ComponentType> Types { get; } =
    [
        NoneTracer.Type,
        OpenTelemetryTracer.Type,
    ];
}
