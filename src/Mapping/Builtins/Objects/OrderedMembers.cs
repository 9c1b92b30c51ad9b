using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Objects;

/// <summary>
/// The members of an object, to be walked in byte order of their keys or as they stand in the object. In memory of the context: what
/// iterators walk, so that they allocate nothing.
/// </summary>
internal ref struct OrderedMembers
{
    private readonly EvaluationContext context;
    private readonly MemberScratch scratch;
    private readonly int count;

    public OrderedMembers(EvaluationContext context, Value source)
    {
        this.context = context;
        scratch = context.RentMembers(source.Count);
        Member[] members = scratch.Members;
        int[] order = scratch.Order;
        foreach (Member member in source.Members)
        {
            order[count] = count;
            members[count++] = member;
        }

        if (count < KeySorting.Many)
        {
            SortFew();
        }
        else if (!KeySorting.IsSorted(members.AsSpan(0, count)))
        {
            new KeySorting(members, order.AsSpan(0, count), scratch.Beginnings.AsSpan(0, count)).Sort();
        }
    }

    /// <summary>The members as they stand in the object; results may be written into them.</summary>
    public readonly Span<Member> InSourceOrder => scratch.Members.AsSpan(0, count);

    /// <summary>The members in byte order of their keys; results may be written into them.</summary>
    public readonly Sequence Sorted => new(scratch.Members, scratch.Order.AsSpan(0, count));

    public readonly void Dispose()
    {
        scratch.Release(count);
        context.Return(scratch);
    }

    /// <summary>By insertion; the first eight bytes decide unless they are equal.</summary>
    private readonly void SortFew()
    {
        Span<Member> members = scratch.Members.AsSpan(0, count);
        Span<ulong> beginnings = scratch.Beginnings.AsSpan(0, count);
        Span<int> order = scratch.Order.AsSpan(0, count);
        for (int i = 0; i < members.Length; i++)
        {
            ReadOnlySpan<byte> key = members[i].Key.AsSpan();
            ulong beginning = TextOrder.Beginning(key);
            int at = i;
            while (at > 0 && (beginnings[at - 1] > beginning
                || (beginnings[at - 1] == beginning && members[order[at - 1]].Key.AsSpan().SequenceCompareTo(key) > 0)))
            {
                beginnings[at] = beginnings[at - 1];
                order[at] = order[at - 1];
                at--;
            }

            beginnings[at] = beginning;
            order[at] = i;
        }
    }

    internal ref struct Sequence(Member[] members, ReadOnlySpan<int> order)
    {
        private readonly ReadOnlySpan<int> order = order;
        private int next = -1;

        public readonly int Count => order.Length;

        public readonly ref Member Current => ref members[order[next]];

        public readonly Sequence GetEnumerator() => this;

        public bool MoveNext() => ++next < order.Length;
    }
}
