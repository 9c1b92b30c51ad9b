using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Caches;

/// <summary>Every cache, by name.</summary>
internal static class AllCaches
{
    public static IReadOnlyList<ComponentType> Types { get; } =
    [
        LruCache.Type,
        MemoryCache.Type,
        TtlruCache.Type,
    ];
}
