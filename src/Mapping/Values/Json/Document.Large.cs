using System.Runtime.CompilerServices;

namespace Mapping.Values.Json;

/// <summary>Look-ups in objects and arrays so large that walking over them each time would take too long.</summary>
internal sealed unsafe partial class Document
{
    private LargeContainers? large;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryFindInLarge(int objectIndex, ReadOnlySpan<byte> key, uint hash, uint seededHash, out int valueIndex)
    {
        LargeContainers containers = Large();
        if (containers.Find(objectIndex) is { } table)
        {
            return TryFindIn(table, key, seededHash, out valueIndex);
        }

        bool isFound = TryFindByWalk(objectIndex, key, hash, out valueIndex);
        int count = CountAt(objectIndex);
        int walked = isFound ? Math.Min(count, valueIndex - objectIndex) : count;
        if (containers.IsWorthTable(objectIndex, walked, count))
        {
            containers.Add(TableOfMembers(objectIndex, count));
        }

        return isFound;
    }

    private bool TryFindIn(LargeContainers.Table table, ReadOnlySpan<byte> key, uint hash, out int valueIndex)
    {
        int mask = table.Size - 1;
        for (int at = (int)hash & mask; table.Entries[at] != 0; at = (at + 1) & mask)
        {
            ulong entry = table.Entries[at];
            int index = (int)entry;
            if ((uint)(entry >> 32) == hash && IsKey(in EntryAt(index), index, key))
            {
                valueIndex = index + 1;
                return true;
            }
        }

        valueIndex = -1;
        return false;
    }

    private LargeContainers.Table TableOfMembers(int objectIndex, int count)
    {
        var table = new LargeContainers.Table(objectIndex, 2 * count);
        Span<ulong> entries = table.Entries.AsSpan(0, table.Size);
        entries.Clear();
        bool repeats = HasDuplicateKeys(objectIndex);
        int key = FirstChild(objectIndex);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> content = Content(key);
            uint hash = KeyHash.Seeded(content);
            int at = (int)hash & (table.Size - 1);
            while (entries[at] != 0 && !(repeats && (uint)(entries[at] >> 32) == hash && Content((int)entries[at]).SequenceEqual(content)))
            {
                at = (at + 1) & (table.Size - 1);
            }

            // No key is at the start of the tape. Of equal keys the last one counts.
            entries[at] = ((ulong)hash << 32) | (uint)key;
            key = NextAt(key + 1);
        }

        return table;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ElementOfLarge(int arrayIndex, int position)
    {
        LargeContainers containers = Large();
        if (containers.Find(arrayIndex) is { } table)
        {
            return (int)table.Entries[position];
        }

        int count = CountAt(arrayIndex);
        if (containers.IsWorthTable(arrayIndex, position, count))
        {
            containers.Add(TableOfElements(arrayIndex, count));
        }

        return ElementByWalk(arrayIndex, position);
    }

    private LargeContainers.Table TableOfElements(int arrayIndex, int count)
    {
        var table = new LargeContainers.Table(arrayIndex, count);
        int index = FirstChild(arrayIndex);
        for (int i = 0; i < count; i++)
        {
            table.Entries[i] = (uint)index;
            index = NextAt(index);
        }

        return table;
    }

    private LargeContainers Large() => Volatile.Read(ref large) ?? Interlocked.CompareExchange(ref large, new LargeContainers(), null) ?? large;
}
