namespace Mapping.Pipeline.Components.Caches;

/// <summary>
/// Values used once and values used again are kept apart, so that a run over many keys does not push out those in regular use. Keys
/// that left the first part are remembered for a while: when they come back they count as used again.
/// </summary>
internal sealed class TwoQueueStore(int capacity, double recentRatio, double ghostRatio) : IBoundedStore
{
    private readonly RecencyList<ReadOnlyMemory<byte>> recent = new();
    private readonly RecencyList<ReadOnlyMemory<byte>> frequent = new();
    private readonly RecencyList<bool> ghosts = new();
    private readonly int recentShare = (int)(capacity * recentRatio);
    private readonly int ghostShare = (int)(capacity * ghostRatio);

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
            return;
        }

        bool isBack = ghosts.Remove(key);
        MakeRoom(isBack);
        (isBack ? frequent : recent).Set(key, value);
    }

    public void Remove(string key)
    {
        frequent.Remove(key);
        recent.Remove(key);
        ghosts.Remove(key);
    }

    private void MakeRoom(bool forFrequent)
    {
        if (recent.Count + frequent.Count < capacity)
        {
            return;
        }

        if (recent.Count > 0 && (recent.Count > recentShare || (recent.Count == recentShare && !forFrequent) || frequent.Count == 0))
        {
            ghosts.Set(recent.RemoveOldest().Key, true);
            if (ghosts.Count > ghostShare)
            {
                ghosts.RemoveOldest();
            }
        }
        else
        {
            frequent.RemoveOldest();
        }
    }
}
