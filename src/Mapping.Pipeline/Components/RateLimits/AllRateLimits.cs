using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.RateLimits;

/// <summary>Every rate limit, by name.</summary>
internal static class AllRateLimits
{
    public static IReadOnlyList<ComponentType> Types { get; } =
    [
        LocalRateLimit.Type,
    ];
}
