namespace Mapping.Pipeline.Components.Caches;

/// <summary>
/// The adaptive replacement cache of Megiddo and Modha: as <see cref="TwoQueueStore"/>, but the share of the first part grows and
/// shrinks with which of the keys that left come back.
/// </summary>
internal sealed class ArcStore(int capacity) : IBoundedStore
{
    private readonly RecencyList<ReadOnlyMemory<byte>> recent = new();
    private readonly RecencyList<ReadOnlyMemory<byte>> frequent = new();
    private readonly RecencyList<bool> recentGhosts = new();
    private readonly RecencyList<bool> frequentGhosts = new();
    private int recentShare;

    public bool TryGet(string key, out ReadOnlyMemory<byte> value)
    {
        if (frequent.TryUse(key, out value))
        {
            return true;
        }

        if (!recent.TryPeek(key, out value))
        {
            return false;
        }

        recent.Remove(key);
        frequent.Set(key, value);
        return true;
    }

    public bool Contains(string key) => frequent.Contains(key) || recent.Contains(key);

    public void Set(string key, ReadOnlyMemory<byte> value)
    {
        if (frequent.Contains(key) || recent.Remove(key))
        {
            frequent.Set(key, value);
        }
        else if (recentGhosts.Contains(key))
        {
            recentShare = Math.Min(capacity, recentShare + Math.Max(1, frequentGhosts.Count / recentGhosts.Count));
            MakeRoom(forFrequentGhost: false);
            recentGhosts.Remove(key);
            frequent.Set(key, value);
        }
        else if (frequentGhosts.Contains(key))
        {
            recentShare = Math.Max(0, recentShare - Math.Max(1, recentGhosts.Count / frequentGhosts.Count));
            MakeRoom(forFrequentGhost: true);
            frequentGhosts.Remove(key);
            frequent.Set(key, value);
        }
        else
        {
            MakeRoom(forFrequentGhost: false);
            recent.Set(key, value);
            Forget(recentGhosts, capacity - recentShare);
            Forget(frequentGhosts, recentShare);
        }
    }

    public void Remove(string key)
    {
        recent.Remove(key);
        frequent.Remove(key);
        recentGhosts.Remove(key);
        frequentGhosts.Remove(key);
    }

    private static void Forget(RecencyList<bool> ghosts, int most)
    {
        while (ghosts.Count > most)
        {
            ghosts.RemoveOldest();
        }
    }

    private void MakeRoom(bool forFrequentGhost)
    {
        if (recent.Count + frequent.Count < capacity)
        {
            return;
        }

        if (recent.Count > 0 && (recent.Count > recentShare || (recent.Count == recentShare && forFrequentGhost) || frequent.Count == 0))
        {
            recentGhosts.Set(recent.RemoveOldest().Key, true);
        }
        else
        {
            frequentGhosts.Set(frequent.RemoveOldest().Key, true);
        }
    }
}
