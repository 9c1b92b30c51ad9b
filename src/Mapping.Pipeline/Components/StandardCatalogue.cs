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

/// <summary>The components of this project; connectors add theirs with <see cref="Catalogue.With"/>.</summary>
internal static class StandardCatalogue
{
    public static Catalogue Instance { get; } = new(
    [
        .. AllInputs.Types,
        .. AllProcessors.Types,
        .. AllOutputs.Types,
        .. AllScanners.Types,
        .. AllRateLimits.Types,
        .. AllMetrics.Types,
        .. AllTracers.Types,
        .. AllBuffers.Types,
        .. AllCaches.Types,
    ]);
}
