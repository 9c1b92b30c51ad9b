using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mapping.Values.Json;

/// <summary>
/// The hashes of the keys of all open objects. The keys of an object lie together on top whenever it is the innermost one, because the objects
/// inside it have taken theirs away again.
/// </summary>
internal sealed unsafe class KeyHashes
{
    private const int Small = 32;

    private uint[] hashes = [];
    private uint[] table = [];

    public int Capacity => hashes.Length + table.Length;

    public uint* Start { get; private set; }

    /// <summary>Makes room, keeping what is there.</summary>
    public void Reserve(int count)
    {
        uint[] grown = GC.AllocateUninitializedArray<uint>(count, pinned: true);
        hashes.CopyTo(grown, 0);
        hashes = grown;
        Start = (uint*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(grown));
    }

    /// <summary>Whether two of the hashes are equal. Without false negatives; cheap and nearly exact.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool MayRepeat(uint* first, int count)
    {
        if (count > Small)
        {
            return MayRepeatLarge(new ReadOnlySpan<uint>(first, count));
        }

        // Most keys find their bit free; the others are compared with all before them.
        ulong seen = 0;
        for (int i = 0; i < count; i++)
        {
            uint hash = first[i];
            ulong bit = 1UL << (int)(hash & 63);
            if ((seen & bit) != 0 && new ReadOnlySpan<uint>(first, i).Contains(hash))
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
        hashes = [];
        table = [];
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
