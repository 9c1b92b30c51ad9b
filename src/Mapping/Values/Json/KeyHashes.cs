using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mapping.Values.Json;

/// <summary>A quick look at the keys of an object that has others than <see cref="KnownKeys"/>, in other orders.</summary>
internal sealed unsafe class KeyHashes
{
    private const int Small = 32;

    private uint[] hashes = [];
    private uint[] table = [];

    public int Capacity => hashes.Length + table.Length;

    /// <summary>
    /// Whether two keys of an object may be equal. Without false negatives; cheap and nearly exact. If some of the keys are
    /// unknown, the entry of the first one is marked.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool MayRepeat(Document document, int objectIndex, int count)
    {
        if (hashes.Length < count)
        {
            hashes = GC.AllocateUninitializedArray<uint>((int)BitOperations.RoundUpToPowerOf2((uint)count));
        }

        Span<uint> found = hashes.AsSpan(0, count);
        int key = objectIndex + 1;
        foreach (ref uint hash in found)
        {
            if (document.EntryAt(key).Meta >> TapeEntry.CountShift <= KnownKeys.LastRoot)
            {
                document.TapeStart[objectIndex + 1].MarkStrangers();
            }

            hash = KeyHash.Of(document.KeyWhileParsing(in document.EntryAt(key), ref document.FirstScratch));
            key = document.NextAt(key + 1);
        }

        return count > Small ? MayRepeatLarge(found) : MayRepeatSmall(found);
    }

    /// <summary>Forgets buffers that a huge document has left behind.</summary>
    public void Trim()
    {
        hashes = [];
        table = [];
    }

    private static bool MayRepeatSmall(ReadOnlySpan<uint> items)
    {
        // Most keys find their bit free; the others are compared with all before them.
        ulong seen = 0;
        for (int i = 0; i < items.Length; i++)
        {
            uint hash = items[i];
            ulong bit = 1UL << (int)(hash & 63);
            if ((seen & bit) != 0 && items[..i].Contains(hash))
            {
                return true;
            }

            seen |= bit;
        }

        return false;
    }

    private bool MayRepeatLarge(ReadOnlySpan<uint> items)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)items.Length * 2);
        if (table.Length < size)
        {
            table = new uint[size];
        }

        Span<uint> slots = table.AsSpan(0, size);
        slots.Clear();
        int mask = size - 1;

        // Keys chosen so that they crowd one region must not make this quadratic; the exact check is keyed and settles it.
        int patience = items.Length * 4;
        foreach (uint item in items)
        {
            // Zero marks a free slot.
            uint hash = item == 0 ? 1 : item;
            int slot = (int)(hash * 0x9E3779B1 >> 7) & mask;
            while (slots[slot] != 0)
            {
                if (slots[slot] == hash || --patience < 0)
                {
                    return true;
                }

                slot = (slot + 1) & mask;
            }

            slots[slot] = hash;
        }

        return false;
    }
}
