using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Caches;

internal enum EvictionRule
{
    Standard,
    Arc,
    TwoQueues,
}

/// <param name="Capacity">Keys held.</param>
/// <param name="InitValues">What it begins with.</param>
/// <param name="Rule">Which value gives way to a new one.</param>
/// <param name="RecentRatio">Of <see cref="EvictionRule.TwoQueues"/>.</param>
/// <param name="GhostRatio">Of <see cref="EvictionRule.TwoQueues"/>.</param>
internal sealed record LruCacheOptions(long Capacity, IReadOnlyList<KeyValuePair<string, string>> InitValues, EvictionRule Rule, double RecentRatio, double GhostRatio);

/// <summary><c>lru</c>: so many values in the memory of the process.</summary>
internal sealed class LruCache : ICache
{
    private static readonly Field<long> Capacity = Fields.Integer("cap", "Keys held; one more pushes another out.", least: 1, most: int.MaxValue).Default("1000");

    private static readonly Field<EvictionRule> Algorithm = Fields.Choice(
        "algorithm",
        "Which key gives way: standard the one not used for longest; two_queues and arc prefer to keep keys that were used more than once.",
        ("standard", EvictionRule.Standard),
        ("arc", EvictionRule.Arc),
        ("two_queues", EvictionRule.TwoQueues)).Default("standard").Advanced();

    private static readonly Field<double> RecentRatio = Fields.Number("two_queues_recent_ratio", "With two_queues: the share of keys that were used once, from 0 to 1.").Default("0.25").Advanced();
    private static readonly Field<double> GhostRatio = Fields.Number("two_queues_ghost_ratio", "With two_queues: how many keys pushed out are remembered, as a share of cap from 0 to 1.").Default("0.5").Advanced();

    private readonly Lock gate = new();
    private readonly IBoundedStore store;

    private LruCache(LruCacheOptions options)
    {
        int capacity = (int)options.Capacity;
        store = options.Rule switch
        {
            EvictionRule.Arc => new ArcStore(capacity),
            EvictionRule.TwoQueues => new TwoQueueStore(capacity, options.RecentRatio, options.GhostRatio),
            _ => new StandardStore(capacity),
        };
        foreach ((string key, ReadOnlyMemory<byte> value) in CacheFields.Bytes(options.InitValues))
        {
            store.Set(key, value);
        }
    }

    public static ComponentType Type { get; } = new ComponentType<ICache, LruCacheOptions>(
        ComponentKind.Cache,
        "lru",
        "Keeps so many values in the memory of the process; the least recently used one gives way.",
        new Shape<LruCacheOptions>(
            [Capacity, CacheFields.InitValues, Algorithm, RecentRatio, GhostRatio, CacheFields.Optimistic],
            read => new LruCacheOptions(read.Get(Capacity), read.Get(CacheFields.InitValues), read.Get(Algorithm), read.Get(RecentRatio), read.Get(GhostRatio)))
            .Rule(static (o, _) => o.RecentRatio is >= 0 and <= 1 ? null : new Breach("a ratio is from 0 to 1", RecentRatio))
            .Rule(static (o, _) => o.GhostRatio is >= 0 and <= 1 ? null : new Breach("a ratio is from 0 to 1", GhostRatio)),
        static (options, _) => new LruCache(options))
    {
        Description = "Values do not expire: a time to live that is asked for is ignored. Nothing survives a restart.",
        Example = CacheExamples.Noting("lru: { cap: 10000 }"),
    };

    public ValueTask<ReadOnlyMemory<byte>?> GetAsync(string key, CancellationToken cancellation)
    {
        lock (gate)
        {
            return ValueTask.FromResult<ReadOnlyMemory<byte>?>(store.TryGet(key, out ReadOnlyMemory<byte> value) ? (ReadOnlyMemory<byte>?)value : null);
        }
    }

    public ValueTask SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan? lifetime, CancellationToken cancellation)
    {
        lock (gate)
        {
            store.Set(key, value);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> AddAsync(string key, ReadOnlyMemory<byte> value, TimeSpan? lifetime, CancellationToken cancellation)
    {
        lock (gate)
        {
            bool isNew = !store.Contains(key);
            if (isNew)
            {
                store.Set(key, value);
            }

            return ValueTask.FromResult(isNew);
        }
    }

    public ValueTask DeleteAsync(string key, CancellationToken cancellation)
    {
        lock (gate)
        {
            store.Remove(key);
        }

        return ValueTask.CompletedTask;
    }
}
