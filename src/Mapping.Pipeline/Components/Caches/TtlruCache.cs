using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Caches;

/// <param name="Capacity">Keys held.</param>
/// <param name="Lifetime">Of every value.</param>
/// <param name="InitValues">Never expire, but may give way.</param>
internal sealed record TtlruCacheOptions(long Capacity, TimeSpan Lifetime, IReadOnlyList<KeyValuePair<string, string>> InitValues);

/// <summary><c>ttlru</c>: so many values in the memory of the process, for some time.</summary>
internal sealed class TtlruCache : ICache
{
    private static readonly Field<long> Capacity = Fields.Integer("cap", "Keys held; one more pushes out the one not used for longest.", least: 1, most: int.MaxValue).Default("1024");
    private static readonly Field<TimeSpan> DefaultTtl = Fields.Duration("default_ttl", "How long a value lives after it was set.").Default("5m0s").OrNamed("ttl");

    private readonly Lock gate = new();
    private readonly RecencyList<(ReadOnlyMemory<byte> Value, DateTimeOffset? Ends)> values = new();
    private readonly TtlruCacheOptions options;
    private readonly TimeProvider clock;

    private TtlruCache(TtlruCacheOptions options, TimeProvider clock)
    {
        this.options = options;
        this.clock = clock;
        foreach ((string key, ReadOnlyMemory<byte> value) in CacheFields.Bytes(options.InitValues))
        {
            Set(key, value, null);
        }
    }

    public static ComponentType Type { get; } = new ComponentType<ICache, TtlruCacheOptions>(
        ComponentKind.Cache,
        "ttlru",
        "Keeps so many values in the memory of the process, each for some time.",
        new Shape<TtlruCacheOptions>(
            [Capacity, DefaultTtl, CacheFields.InitValues, CacheFields.Optimistic],
            read => new TtlruCacheOptions(read.Get(Capacity), read.Get(DefaultTtl), read.Get(CacheFields.InitValues)))
            .Rule(static (o, _) => o.Lifetime > TimeSpan.Zero ? null : new Breach("values must live for some time", DefaultTtl)),
        static (options, context) => new TtlruCache(options, context.Clock))
    {
        Description = "All values live for the same time: another one that is asked for is ignored. Nothing survives a restart.",
        Example = CacheExamples.Noting("ttlru: { cap: 10000, default_ttl: 10m }"),
    };

    public ValueTask<ReadOnlyMemory<byte>?> GetAsync(string key, CancellationToken cancellation)
    {
        lock (gate)
        {
            return ValueTask.FromResult<ReadOnlyMemory<byte>?>(IsAlive(key) && values.TryUse(key, out (ReadOnlyMemory<byte> Value, DateTimeOffset?) found) ? (ReadOnlyMemory<byte>?)found.Value : null);
        }
    }

    public ValueTask SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan? lifetime, CancellationToken cancellation)
    {
        lock (gate)
        {
            Set(key, value, clock.GetUtcNow() + options.Lifetime);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> AddAsync(string key, ReadOnlyMemory<byte> value, TimeSpan? lifetime, CancellationToken cancellation)
    {
        lock (gate)
        {
            bool isNew = !IsAlive(key);
            if (isNew)
            {
                Set(key, value, clock.GetUtcNow() + options.Lifetime);
            }

            return ValueTask.FromResult(isNew);
        }
    }

    public ValueTask DeleteAsync(string key, CancellationToken cancellation)
    {
        lock (gate)
        {
            values.Remove(key);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Whether the key is there; an expired one is removed.</summary>
    private bool IsAlive(string key)
    {
        bool exists = values.TryPeek(key, out (ReadOnlyMemory<byte> Value, DateTimeOffset? Ends) found);
        if (!exists || found.Ends is not { } ends || ends > clock.GetUtcNow())
        {
            return exists;
        }

        values.Remove(key);
        return false;
    }

    private void Set(string key, ReadOnlyMemory<byte> value, DateTimeOffset? ends)
    {
        values.Set(key, (value, ends));
        if (values.Count > options.Capacity)
        {
            values.RemoveOldest();
        }
    }
}
