using System.Numerics;
using Mapping.Values.Json;

namespace Mapping.Values;

/// <summary>
/// How the keys of a large object are found: by a table that is made when it is first needed, so that n assignments cost n. An entry is
/// the hash of a key and, below, its slot plus one. Entries of removed members stay and lead to slots without that key.
/// </summary>
internal sealed partial class ObjectNode
{
    /// <summary>The members that every pooled node keeps room for.</summary>
    private const int KeptCapacity = 256;

    /// <summary>The members that may be left over from the last use.</summary>
    private const int MostLeft = 64 * 1024;

    private const int IndexAbove = 16;
    private const int SmallUsesUntilTrim = 64;
    private const int SmallestIndex = 64;

    private ulong[] index = [];
    private bool isIndexed;
    private int indexEntries;

    /// <summary>Members up to here are known to be in ascending order of their keys, so that a greater key is new.</summary>
    private int sortedUpTo;

    /// <summary>Members of a pooled node when it was used last, if not very many: objects made in the same place look alike.</summary>
    private int usedLast;
    private int smallUses;

    /// <summary>Appends a member to a large object; false, with the slot, when there is one of that key.</summary>
    private bool TryAppendToLarge(Value key, Value value, out int slot)
    {
        ReadOnlySpan<byte> name = key.AsSpan();
        keysSeen = ulong.MaxValue;
        if (IsBehindAll(name))
        {
            Append(key, value);
            slot = sortedUpTo = used;
            return true;
        }

        uint hash = KeyHash.Seeded(name);
        slot = FindIndexed(name, hash);
        if (slot >= 0)
        {
            return false;
        }

        Append(key, value, hash);
        return true;
    }

    /// <summary>Whether the keys ascend and this one is greater than the last: who fills an object in order needs no table.</summary>
    private bool IsBehindAll(ReadOnlySpan<byte> key)
    {
        if (sortedUpTo == 0 && used == IndexAbove + 1 && IsSorted())
        {
            sortedUpTo = used;
        }

        return sortedUpTo == used && IsLess(used - 1, key);
    }

    private bool IsSorted()
    {
        for (int i = 1; i < used; i++)
        {
            if (members[i].Key.IsNull || !IsLess(i - 1, members[i].Key.AsSpan()))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsLess(int slot, ReadOnlySpan<byte> key)
    {
        Value before = Value.Load(ref members[slot].Key);
        return !before.IsNull && before.AsSpan().SequenceCompareTo(key) < 0;
    }

    private int FindIndexed(ReadOnlySpan<byte> key, uint hash)
    {
        ulong[] table = Volatile.Read(ref isIndexed) ? index : BuildIndex();
        int mask = table.Length - 1;
        for (int at = (int)hash & mask; table[at] != 0; at = (at + 1) & mask)
        {
            ulong entry = table[at];
            int slot = (int)entry - 1;
            if ((uint)(entry >> 32) == hash && slot < used && IsKeyAt(slot, key))
            {
                return slot;
            }
        }

        return -1;
    }

    /// <summary>
    /// Built aside and published last: a frozen node may be read by several threads. Only a node of an arena, which belongs to one
    /// thread, fills the same table again.
    /// </summary>
    private ulong[] BuildIndex()
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(Math.Max(used * 4, usedLast * 2), SmallestIndex));
        ulong[] table = isPooled && index.Length == size ? index : new ulong[size];
        Array.Clear(table);
        for (int i = 0; i < used; i++)
        {
            if (!members[i].Key.IsNull)
            {
                Insert(table, KeyHash.Seeded(members[i].Key.AsSpan()), i);
            }
        }

        index = table;
        indexEntries = used;
        Volatile.Write(ref isIndexed, true);
        return table;
    }

    /// <summary>Enters the last slot; a table that becomes too full is made anew when it is needed.</summary>
    private void AddToIndex(uint hash)
    {
        if (++indexEntries * 2 > index.Length)
        {
            isIndexed = false;
        }
        else
        {
            Insert(index, hash, used - 1);
        }
    }

    private static void Insert(ulong[] table, uint hash, int slot)
    {
        int mask = table.Length - 1;
        int at = (int)hash & mask;
        while (table[at] != 0)
        {
            at = (at + 1) & mask;
        }

        table[at] = ((ulong)hash << 32) | (uint)(slot + 1);
    }

    /// <summary>A pooled node must not keep the memory of the largest object it ever was, unless it is about as large again and again.</summary>
    private void TrimIfOversized(bool mayBeLarge)
    {
        usedLast = Math.Min(used, MostLeft);
        smallUses = used < members.Length / 8 ? smallUses + 1 : 0;
        if (!mayBeLarge || smallUses > SmallUsesUntilTrim)
        {
            members = [];
            index = [];
            usedLast = smallUses = 0;
        }
        else if (used > MostLeft)
        {
            // They would keep much alive.
            Array.Clear(members, 0, used);
        }
    }
}
