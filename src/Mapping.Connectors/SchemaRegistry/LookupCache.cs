using System.Collections.Concurrent;

namespace Mapping.Connectors.SchemaRegistry;

/// <summary>How long what was looked up is kept.</summary>
/// <param name="Unused">Entries that nobody asked for this long are dropped.</param>
/// <param name="Fresh">Entries of this age are looked up again behind the scenes; null for never.</param>
internal sealed record CacheTimes(TimeSpan Unused, TimeSpan? Fresh = null);

/// <summary>
/// What was looked up, by its key. Those who ask for the same key at the same time share one look-up, which goes on when one of them
/// stops waiting. A failure is shared for a moment too, so that a batch of messages does not ask once for each of them.
/// </summary>
/// <param name="lookUp">Its token ends when a look-up has taken too long.</param>
/// <param name="times">How long entries are kept.</param>
/// <param name="clock">The time.</param>
internal sealed class LookupCache<TKey, TValue>(Func<TKey, CancellationToken, Task<TValue>> lookUp, CacheTimes times, TimeProvider clock) : IDisposable
    where TKey : notnull
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FailureMemory = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenRefreshes = TimeSpan.FromSeconds(10);

    private readonly TimeProvider clock = clock;
    private readonly ConcurrentDictionary<TKey, Entry> entries = new();
    private readonly CancellationTokenSource closing = new();
    private long lastSweep = clock.GetTimestamp();

    public int Count => entries.Count;

    public async ValueTask<TValue> GetAsync(TKey key, CancellationToken cancellation)
    {
        Sweep();
        Entry entry = entries.GetOrAdd(key, static (k, self) => new Entry(self, k), this);
        if (entry.HasFailedBefore(FailureMemory))
        {
            var again = new Entry(this, key);
            entry = entries.TryUpdate(key, again, entry) ? again : entries.GetOrAdd(key, again);
        }

        Refresh(key, entry);
        return await entry.ValueAsync(cancellation).ConfigureAwait(false);
    }

    public void Dispose()
    {
        closing.Cancel();
        closing.Dispose();
    }

    private void Refresh(TKey key, Entry entry)
    {
        if (times.Fresh is { } fresh && entry.IsDue(fresh))
        {
            var newer = new Entry(this, key);
            newer.WhenFound(() => entries.TryUpdate(key, newer, entry));
        }
    }

    /// <summary>Looks for unused entries now and then.</summary>
    private void Sweep()
    {
        long last = Volatile.Read(ref lastSweep);
        if (clock.GetElapsedTime(last) < times.Unused / 2 || Interlocked.CompareExchange(ref lastSweep, clock.GetTimestamp(), last) != last)
        {
            return;
        }

        foreach (KeyValuePair<TKey, Entry> entry in entries.Where(e => e.Value.IsUnused(times.Unused)))
        {
            entries.TryRemove(entry);
        }
    }

    private async Task<TValue> LookUpAsync(TKey key)
    {
        using var limit = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, closing.Token);
        return await lookUp(key, either.Token).ConfigureAwait(false);
    }

    private sealed class Entry
    {
        private readonly LookupCache<TKey, TValue> owner;
        private readonly Lazy<Task<TValue>> work;
        private long used;
        private long ended;
        private long tried;

        public Entry(LookupCache<TKey, TValue> owner, TKey key)
        {
            this.owner = owner;
            used = tried = owner.clock.GetTimestamp();
            work = new Lazy<Task<TValue>>(() => WorkAsync(key));
        }

        public ValueTask<TValue> ValueAsync(CancellationToken cancellation)
        {
            Volatile.Write(ref used, owner.clock.GetTimestamp());
            Task<TValue> task = work.Value;
            return task.IsCompletedSuccessfully ? ValueTask.FromResult(task.Result) : new ValueTask<TValue>(task.WaitAsync(cancellation));
        }

        public bool HasFailedBefore(TimeSpan memory) =>
            work is { IsValueCreated: true, Value: { IsCompleted: true, IsCompletedSuccessfully: false } } && owner.clock.GetElapsedTime(Volatile.Read(ref ended)) >= memory;

        public bool IsUnused(TimeSpan time) => owner.clock.GetElapsedTime(Volatile.Read(ref used)) >= time;

        /// <summary>Whether it is old enough to be looked up again, and nobody tried so lately; who asks and hears yes has to try.</summary>
        public bool IsDue(TimeSpan age)
        {
            long last = Volatile.Read(ref tried);
            return work is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }
                && owner.clock.GetElapsedTime(Volatile.Read(ref ended)) >= age
                && owner.clock.GetElapsedTime(last) >= BetweenRefreshes
                && Interlocked.CompareExchange(ref tried, owner.clock.GetTimestamp(), last) == last;
        }

        public void WhenFound(Action then) => work.Value.ContinueWith(_ => then(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);

        private async Task<TValue> WorkAsync(TKey key)
        {
            try
            {
                return await owner.LookUpAsync(key).ConfigureAwait(false);
            }
            finally
            {
                Volatile.Write(ref ended, owner.clock.GetTimestamp());
            }
        }
    }
}
