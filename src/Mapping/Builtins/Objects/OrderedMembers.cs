using System.Buffers;
using Mapping.Values;

namespace Mapping.Builtins.Objects;

/// <summary>
/// The members of an object, to be walked in byte order of their keys or as they stand in the object. All in rented memory: what
/// iterators walk, so that they allocate nothing.
/// </summary>
internal ref struct OrderedMembers
{
    private readonly Entry[] rented;
    private readonly int[] order;
    private readonly int count;

    public OrderedMembers(Value source)
    {
        int most = Math.Max(source.Count, 1);
        rented = ArrayPool<Entry>.Shared.Rent(most);
        order = ArrayPool<int>.Shared.Rent(most);
        bool sorted = true;
        foreach (Member member in source.Members)
        {
            sorted = sorted && (count == 0 || rented[count - 1].Key.AsSpan().SequenceCompareTo(member.Key.AsSpan()) < 0);
            order[count] = count;
            rented[count++] = new Entry(member.Key, member.Value);
        }

        if (!sorted)
        {
            Sort();
        }
    }

    /// <summary>The members as they stand in the object; results may be written into them.</summary>
    public readonly Span<Entry> InSourceOrder => rented.AsSpan(0, count);

    /// <summary>The members in byte order of their keys; results may be written into them.</summary>
    public readonly Sequence Sorted => new(rented, order.AsSpan(0, count));

    public readonly void Dispose()
    {
        rented.AsSpan(0, count).Clear();
        ArrayPool<Entry>.Shared.Return(rented);
        ArrayPool<int>.Shared.Return(order);
    }

    /// <summary>Sorts by the eight bytes behind what all keys begin with, and then those where these are equal.</summary>
    private readonly void Sort()
    {
        Entry[] entries = rented;
        Span<int> places = order.AsSpan(0, count);
        ReadOnlySpan<byte> first = entries[0].Key.AsSpan();
        int common = first.Length;
        foreach (ref readonly Entry entry in entries.AsSpan(1, count - 1))
        {
            common = first[..common].CommonPrefixLength(entry.Key.AsSpan());
        }

        ulong[] prefixes = ArrayPool<ulong>.Shared.Rent(count);
        for (int i = 0; i < count; i++)
        {
            prefixes[i] = TextOrder.Beginning(entries[i].Key.AsSpan()[common..]);
        }

        MemoryExtensions.Sort(prefixes.AsSpan(0, count), places);
        for (int start = 0; start < count;)
        {
            int end = start + 1;
            while (end < count && prefixes[end] == prefixes[start])
            {
                end++;
            }

            if (end > start + 1)
            {
                places[start..end].Sort((a, b) => entries[a].Key.AsSpan().SequenceCompareTo(entries[b].Key.AsSpan()));
            }

            start = end;
        }

        ArrayPool<ulong>.Shared.Return(prefixes);
    }

    internal record struct Entry(Value Key, Value Value);

    internal ref struct Sequence(Entry[] entries, ReadOnlySpan<int> order)
    {
        private readonly ReadOnlySpan<int> order = order;
        private int next = -1;

        public readonly int Count => order.Length;

        public readonly ref Entry Current => ref entries[order[next]];

        public readonly Sequence GetEnumerator() => this;

        public bool MoveNext() => ++next < order.Length;
    }
}
