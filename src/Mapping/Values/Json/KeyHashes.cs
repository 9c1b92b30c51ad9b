using System.Runtime.CompilerServices;

namespace Mapping.Values.Json;

/// <summary>
/// The hashes of the keys of all open objects. The keys of an object lie together on top whenever it is the innermost one, because the objects
/// inside it have taken theirs away again.
/// </summary>
internal sealed class KeyHashes
{
    private const int Small = 32;

    private uint[] hashes = new uint[64];
    private uint[] table = [];
    private int top;

    public int Capacity => hashes.Length + table.Length;

    public void Clear() => top = 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Push(uint hash)
    {
        uint[] items = hashes;
        int index = top;
        if ((uint)index >= (uint)items.Length)
        {
            items = Grow();
        }

        items[index] = hash;
        top = index + 1;
    }

    public void Pop(int count) => top -= count;

    /// <summary>Whether two of the innermost <paramref name="count"/> hashes are equal. Without false negatives; cheap and nearly exact.</summary>
    public bool MayRepeat(int count)
    {
        ReadOnlySpan<uint> items = hashes.AsSpan(top - count, count);
        if (items.Length > Small)
        {
            return MayRepeatLarge(items);
        }

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

    /// <summary>Forgets buffers that a huge document has left behind.</summary>
    public void Trim()
    {
        hashes = new uint[64];
        table = [];
    }

    private bool MayRepeatLarge(ReadOnlySpan<uint> items)
    {
        int size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)items.Length * 2);
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

    private uint[] Grow()
    {
        Array.Resize(ref hashes, hashes.Length * 2);
        return hashes;
    }
}
