namespace Mapping.Values;

/// <summary>
/// Sorts many members by the bytes of their keys: by the eight bytes behind what all keys begin with, and then those where these are
/// equal by the next eight. Numbers are divided byte by byte until few are left, so that time hardly grows faster than their count.
/// </summary>
/// <param name="members">They stay where they are.</param>
/// <param name="order">Their positions.</param>
/// <param name="beginnings">Room for as many numbers.</param>
internal readonly ref struct KeySorting(Member[] members, Span<int> order, Span<ulong> beginnings)
{
    /// <summary>Fewer than these are better sorted otherwise.</summary>
    public const int Many = 33;

    /// <summary>So few are sorted by comparison.</summary>
    private const int Undivided = 256;

    /// <summary>Keys that go on being equal are compared as wholes from here on.</summary>
    private const int MostRounds = 16;

    private const int BitsPerByte = 8;
    private const int Highest = (sizeof(ulong) - 1) * BitsPerByte;

    private readonly Span<int> order = order;
    private readonly Span<ulong> beginnings = beginnings;

    public static bool IsSorted(ReadOnlySpan<Member> members)
    {
        for (int i = 1; i < members.Length; i++)
        {
            if (members[i - 1].Key.AsSpan().SequenceCompareTo(members[i].Key.AsSpan()) > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Sorts fewer than <see cref="Many"/> members, in place.</summary>
    public static void SortFew(Span<Member> members)
    {
        Span<ulong> beginnings = stackalloc ulong[Many];
        for (int i = 0; i < members.Length; i++)
        {
            Member member = members[i];
            ulong beginning = TextOrder.Beginning(member.Key.AsSpan());
            int at = i;
            for (; at > 0 && IsBefore(beginning, member, beginnings[at - 1], members[at - 1]); at--)
            {
                beginnings[at] = beginnings[at - 1];
                members[at] = members[at - 1];
            }

            beginnings[at] = beginning;
            if (at != i)
            {
                members[at] = member;
            }
        }
    }

    private static bool IsBefore(ulong beginning, in Member member, ulong otherBeginning, in Member other) =>
        beginning < otherBeginning || (beginning == otherBeginning && member.Key.AsSpan().SequenceCompareTo(other.Key.AsSpan()) < 0);

    public void Sort() => Sort(0, order.Length, known: 0, MostRounds);

    /// <summary>Sorts a part of the order; the keys in it agree in so many bytes, and all are at least as long.</summary>
    private void Sort(int start, int end, int known, int rounds)
    {
        ReadOnlySpan<byte> first = KeyOf(order[start]);
        int common = first.Length;
        int shortest = first.Length;
        foreach (int member in order[(start + 1)..end])
        {
            ReadOnlySpan<byte> key = KeyOf(member);
            shortest = Math.Min(shortest, key.Length);
            common = Math.Min(common, known + first[known..].CommonPrefixLength(key[known..]));
        }

        for (int i = start; i < end; i++)
        {
            beginnings[i] = TextOrder.Beginning(KeyOf(order[i])[common..]);
        }

        SortNumbers(beginnings[start..end], order[start..end], Highest);
        SortEqual(start, end, common + sizeof(ulong), shortest, rounds - 1);
    }

    /// <summary>Sorts what is between two different numbers.</summary>
    private void SortEqual(int start, int end, int known, int shortest, int rounds)
    {
        for (int equal = start, next; equal < end; equal = next)
        {
            next = equal + 1;
            while (next < end && beginnings[next] == beginnings[equal])
            {
                next++;
            }

            if (next - equal > Undivided && rounds > 0 && shortest >= known)
            {
                Sort(equal, next, known, rounds);
            }
            else if (next - equal > 1)
            {
                order[equal..next].Sort(new ByKey(members));
            }
        }
    }

    /// <summary>Sorts numbers that agree in the bits above the byte at a position, and what belongs to them.</summary>
    private static void SortNumbers(Span<ulong> numbers, Span<int> items, int position)
    {
        if (numbers.Length <= Undivided || position < 0)
        {
            numbers.Sort(items);
            return;
        }

        Span<int> ends = stackalloc int[1 << BitsPerByte];
        ends.Clear();
        foreach (ulong number in numbers)
        {
            ends[(byte)(number >> position)]++;
        }

        Span<int> next = stackalloc int[1 << BitsPerByte];
        int end = 0;
        for (int part = 0; part < ends.Length; part++)
        {
            next[part] = end;
            ends[part] = end += ends[part];
        }

        Divide(numbers, items, position, next, ends);
        int start = 0;
        foreach (int stop in ends)
        {
            if (stop - start > 1)
            {
                SortNumbers(numbers[start..stop], items[start..stop], position - BitsPerByte);
            }

            start = stop;
        }
    }

    /// <summary>Takes each number to the next free place of its part, and what was there on from there.</summary>
    private static void Divide(Span<ulong> numbers, Span<int> items, int position, Span<int> next, ReadOnlySpan<int> ends)
    {
        for (int part = 0; part < ends.Length; part++)
        {
            while (next[part] < ends[part])
            {
                int place = next[part];
                ulong number = numbers[place];
                int item = items[place];
                int home;
                while ((home = (byte)(number >> position)) != part)
                {
                    int target = next[home]++;
                    (numbers[target], number) = (number, numbers[target]);
                    (items[target], item) = (item, items[target]);
                }

                numbers[place] = number;
                items[place] = item;
                next[part]++;
            }
        }
    }

    private ReadOnlySpan<byte> KeyOf(int member) => members[member].Key.AsSpan();

    private readonly struct ByKey(Member[] members) : IComparer<int>
    {
        public int Compare(int x, int y) => members[x].Key.AsSpan().SequenceCompareTo(members[y].Key.AsSpan());
    }
}
