using System.Numerics;

namespace Mapping.Values.Json;

/// <summary>Keys by number, for when hashes do not tell them apart.</summary>
internal interface INumberedKeys
{
    bool AreEqual(int first, int second);
}

/// <summary>
/// Finds out whether any of many keys repeat, from their hashes. A table for all of them would not be near the processor, so the keys are
/// divided first: equal keys have equal hashes and so come into the same part.
/// </summary>
internal sealed class RepeatSearch
{
    private const int Undivided = 8 * 1024;
    private const int PartBits = 8;

    private ulong[] divided = [];
    private ulong[] table = [];

    /// <summary>Probes left: keys chosen so that they crowd one region must not make this quadratic.</summary>
    private int patience;

    public long ApproximateBytes => sizeof(ulong) * ((long)divided.Length + table.Length);

    /// <summary>A key among others: its hash and its number, which must not be zero.</summary>
    public static ulong Item(uint hash, int number) => ((ulong)hash << 32) | (uint)number;

    /// <summary>Whether two keys are equal, or the hashes are so bad that it cannot be told.</summary>
    public bool MayRepeat<TKeys>(ReadOnlySpan<ulong> items, TKeys keys)
        where TKeys : struct, INumberedKeys
    {
        patience = items.Length * 4;
        return items.Length <= Undivided ? MayRepeatIn(items, keys) : MayRepeatDivided(items, keys);
    }

    private bool MayRepeatDivided<TKeys>(ReadOnlySpan<ulong> items, TKeys keys)
        where TKeys : struct, INumberedKeys
    {
        if (divided.Length < items.Length)
        {
            divided = GC.AllocateUninitializedArray<ulong>((int)BitOperations.RoundUpToPowerOf2((uint)items.Length));
        }

        Span<int> ends = stackalloc int[1 << PartBits];
        ends.Clear();
        foreach (ulong item in items)
        {
            ends[PartOf(item)]++;
        }

        int end = 0;
        foreach (ref int part in ends)
        {
            (part, end) = (end, end + part);
        }

        foreach (ulong item in items)
        {
            divided[ends[PartOf(item)]++] = item;
        }

        int start = 0;
        foreach (int next in ends)
        {
            if (MayRepeatIn(divided.AsSpan(start, next - start), keys))
            {
                return true;
            }

            start = next;
        }

        return false;
    }

    private bool MayRepeatIn<TKeys>(ReadOnlySpan<ulong> items, TKeys keys)
        where TKeys : struct, INumberedKeys
    {
        int size = (int)BitOperations.RoundUpToPowerOf2(((uint)items.Length * 2) + 1);
        if (table.Length < size)
        {
            table = new ulong[size];
        }

        Span<ulong> slots = table.AsSpan(0, size);
        slots.Clear();
        int mask = size - 1;
        foreach (ulong item in items)
        {
            int slot = (int)(HashOf(item) * 0x9E3779B1 >> 7) & mask;
            while (slots[slot] != 0)
            {
                if (--patience < 0 || (HashOf(slots[slot]) == HashOf(item) && keys.AreEqual((int)slots[slot], (int)item)))
                {
                    return true;
                }

                slot = (slot + 1) & mask;
            }

            slots[slot] = item;
        }

        return false;
    }

    private static int PartOf(ulong item) => (int)(item >> (64 - PartBits));

    private static uint HashOf(ulong item) => (uint)(item >> 32);
}
