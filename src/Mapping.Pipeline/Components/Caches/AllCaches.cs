using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Caches;

/// <summary>Every cache, by name.</summary>
internal static class AllCaches
{
    public static IReadOnlyList<ComponentGroup> All { get; } =
    [
        new(ComponentKind.Cache, "lru", static () => [LruCache.Type]),
        new(ComponentKind.Cache, "memory", static () => [MemoryCache.Type]),
        new(ComponentKind.Cache, "ttlru", static () => [TtlruCache.Type]),
    ];
}
