using System.Buffers;
using Mapping.Values;

namespace Mapping.Builtins.Objects;

/// <summary>
/// The members of an object in byte order of their keys, in a rented array: what iterators walk, so that they allocate
/// nothing. Each member knows where it stood in the object.
/// </summary>
internal ref struct OrderedMembers
{
    private readonly Entry[] rented;
    private readonly int count;

    public OrderedMembers(Value source)
    {
        rented = ArrayPool<Entry>.Shared.Rent(Math.Max(source.Count, 1));
        bool sorted = true;
        foreach (Member member in source.Members)
        {
            sorted = sorted && (count == 0 || rented[count - 1].Key.AsSpan().SequenceCompareTo(member.Key.AsSpan()) < 0);
            rented[count] = new Entry(member.Key, member.Value, count);
            count++;
        }

        if (!sorted)
        {
            rented.AsSpan(0, count).Sort(static (a, b) => a.Key.AsSpan().SequenceCompareTo(b.Key.AsSpan()));
        }
    }

    /// <summary>The members; results may be written into them.</summary>
    public readonly Span<Entry> Entries => rented.AsSpan(0, count);

    /// <summary>Puts the members back into the order they have in the object.</summary>
    public readonly Span<Entry> InSourceOrder()
    {
        Span<Entry> entries = Entries;
        entries.Sort(static (a, b) => a.Position.CompareTo(b.Position));
        return entries;
    }

    public readonly void Dispose()
    {
        rented.AsSpan(0, count).Clear();
        ArrayPool<Entry>.Shared.Return(rented);
    }

    internal record struct Entry(Value Key, Value Value, int Position);
}
