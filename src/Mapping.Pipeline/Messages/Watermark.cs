namespace Mapping.Pipeline.Messages;

/// <summary>
/// The position up to which everything is settled. Positions are noted in the order of reading and settled in any; what is committed
/// never passes one that is open.
/// </summary>
internal sealed class Watermark(long start)
{
    private readonly Lock gate = new();
    private readonly Queue<long> open = new();
    private readonly HashSet<long> settled = [];
    private long committed = start;

    public long Committed
    {
        get
        {
            lock (gate)
            {
                return committed;
            }
        }
    }

    /// <summary>Positions that are not committed.</summary>
    public int Open
    {
        get
        {
            lock (gate)
            {
                return open.Count;
            }
        }
    }

    /// <param name="position">Greater than all before.</param>
    public void Read(long position)
    {
        lock (gate)
        {
            open.Enqueue(position);
        }
    }

    /// <summary>The position up to which all is settled now.</summary>
    public long Settle(long position)
    {
        lock (gate)
        {
            if (settled.Count == 0 && open.TryPeek(out long next) && next == position)
            {
                // In order, as it mostly is.
                open.Dequeue();
                return committed = position;
            }

            settled.Add(position);
            while (open.TryPeek(out long first) && settled.Remove(first))
            {
                committed = first;
                open.Dequeue();
            }

            return committed;
        }
    }
}
