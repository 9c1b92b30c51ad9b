using System.IO.Hashing;
using System.Runtime.InteropServices;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Caches;

/// <param name="DefaultLifetime">Of a value that is set without one.</param>
/// <param name="SweepInterval">How often expired values are removed; null keeps all values for ever.</param>
/// <param name="InitValues">Never expire.</param>
/// <param name="Shards">Parts with a lock of their own.</param>
internal sealed record MemoryCacheOptions(TimeSpan DefaultLifetime, TimeSpan? SweepInterval, IReadOnlyList<KeyValuePair<string, string>> InitValues, long Shards);

/// <summary><c>memory</c>: values in the memory of the process, for some time.</summary>
internal sealed class MemoryCache : ICache
{
    private static readonly Field<TimeSpan> DefaultTtl = Fields.Duration("default_ttl", "How long a value lives that is set without a time of its own.").Default("5m");

    private static readonly Field<TimeSpan?> CompactionInterval = Fields.OptionalDuration(
        "compaction_interval",
        "How often expired values are removed from memory, while others are being written; an empty text keeps all values for ever.").Default("60s");

    private static readonly Field<long> Shards = Fields.Integer("shards", "Parts with a lock of their own, for many workers.", least: 1, most: 1024).Default("1").Advanced();

    private readonly MemoryCacheOptions options;
    private readonly TimeProvider clock;
    private readonly Shard[] shards;

    private MemoryCache(MemoryCacheOptions options, TimeProvider clock)
    {
        this.options = options;
        this.clock = clock;
        shards = [.. Enumerable.Range(0, (int)options.Shards).Select(_ => new Shard { NextSweep = Now + (options.SweepInterval ?? TimeSpan.Zero) })];
        foreach ((string key, ReadOnlyMemory<byte> value) in CacheFields.Bytes(options.InitValues))
        {
            ShardOf(key).Entries[key] = new Entry(value, null);
        }
    }

    public static ComponentType Type { get; } = new ComponentType<ICache, MemoryCacheOptions>(
        ComponentKind.Cache,
        "memory",
        "Keeps values in the memory of the process for some time.",
        new Shape<MemoryCacheOptions>(
            [DefaultTtl, CompactionInterval, CacheFields.InitValues, Shards],
            read => new MemoryCacheOptions(read.Get(DefaultTtl), read.Get(CompactionInterval), read.Get(CacheFields.InitValues), read.Get(Shards))),
        static (options, context) => new MemoryCache(options, context.Clock))
    {
        Description = "A value that has expired is gone for every operation, whether it was removed from memory yet or not. Nothing survives a restart.",
        Example = CacheExamples.Noting("memory: { default_ttl: 1h }"),
    };

    private DateTimeOffset Now => clock.GetUtcNow();

    public ValueTask<ReadOnlyMemory<byte>?> GetAsync(string key, CancellationToken cancellation)
    {
        Shard shard = ShardOf(key);
        lock (shard)
        {
            return ValueTask.FromResult<ReadOnlyMemory<byte>?>(shard.Entries.TryGetValue(key, out Entry entry) && IsAlive(entry) ? (ReadOnlyMemory<byte>?)entry.Value : null);
        }
    }

    public ValueTask SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan? lifetime, CancellationToken cancellation)
    {
        Shard shard = ShardOf(key);
        lock (shard)
        {
            Sweep(shard);
            shard.Entries[key] = NewEntry(value, lifetime);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> AddAsync(string key, ReadOnlyMemory<byte> value, TimeSpan? lifetime, CancellationToken cancellation)
    {
        Shard shard = ShardOf(key);
        lock (shard)
        {
            Sweep(shard);
            ref Entry entry = ref CollectionsMarshal.GetValueRefOrAddDefault(shard.Entries, key, out bool exists);
            if (exists && IsAlive(entry))
            {
                return ValueTask.FromResult(false);
            }

            entry = NewEntry(value, lifetime);
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask DeleteAsync(string key, CancellationToken cancellation)
    {
        Shard shard = ShardOf(key);
        lock (shard)
        {
            shard.Entries.Remove(key);
        }

        return ValueTask.CompletedTask;
    }

    private Shard ShardOf(string key) => shards[shards.Length == 1 ? 0 : (int)(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(key.AsSpan())) % (ulong)shards.Length)];

    private bool IsAlive(Entry entry) => entry.Ends is not { } ends || ends > Now;

    private Entry NewEntry(ReadOnlyMemory<byte> value, TimeSpan? lifetime) => new(value, options.SweepInterval is null ? null : Now + (lifetime ?? options.DefaultLifetime));

    private void Sweep(Shard shard)
    {
        if (options.SweepInterval is not { } interval || Now < shard.NextSweep)
        {
            return;
        }

        shard.NextSweep = Now + interval;
        foreach (string key in shard.Entries.Where(e => !IsAlive(e.Value)).Select(e => e.Key).ToList())
        {
            shard.Entries.Remove(key);
        }
    }

    private readonly record struct Entry(ReadOnlyMemory<byte> Value, DateTimeOffset? Ends);

    private sealed class Shard
    {
        public Dictionary<string, Entry> Entries { get; } = [];

        public DateTimeOffset NextSweep { get; set; }
    }
}
