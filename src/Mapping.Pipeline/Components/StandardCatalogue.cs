using Mapping.Pipeline.Components.Buffers;
using Mapping.Pipeline.Components.Caches;
using Mapping.Pipeline.Components.Inputs;
using Mapping.Pipeline.Components.Metrics;
using Mapping.Pipeline.Components.Outputs;
using Mapping.Pipeline.Components.Processors;
using Mapping.Pipeline.Components.RateLimits;
using Mapping.Pipeline.Components.Scanners;
using Mapping.Pipeline.Components.Tracers;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components;

/// <summary>The components of this project; connectors add theirs with <see cref="Catalogue.With(IEnumerable{ComponentGroup})"/>.</summary>
internal static class StandardCatalogue
{
    public static IReadOnlyList<ComponentGroup> All { get; } =
    [
        .. AllInputs.All,
        .. AllProcessors.All,
        .. AllOutputs.All,
        .. AllScanners.All,
        .. AllRateLimits.All,
        .. AllMetrics.All,
        .. AllTracers.All,
        .. AllBuffers.All,
        .. AllCaches.All,
    ];

    public static Catalogue Instance { get; } = new(All);
}
