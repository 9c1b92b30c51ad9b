using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.RateLimits;

/// <summary>Every rate limit, by name.</summary>
internal static class AllRateLimits
{
    public static IReadOnlyList<ComponentGroup> All { get; } =
    [
        new(ComponentKind.RateLimit, "local", static () => [LocalRateLimit.Type]),
    ];
}
