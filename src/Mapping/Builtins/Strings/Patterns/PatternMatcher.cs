using System.Diagnostics;

namespace Mapping.Builtins.Strings.Patterns;

/// <summary>What one thread needs to match a pattern: scratch memory, and the automata as far as they are made.</summary>
internal sealed class PatternMatcher(Pattern pattern)
{
    /// <summary>What may be read in vain besides the text once.</summary>
    private const int SpareWork = 64;

    private readonly int[] slots = new int[pattern.GroupCount * 2];
    private readonly int[] work = new int[pattern.GroupCount * 2];
    private LazyAutomaton? forward;
    private LazyAutomaton? backward;
    private Backtracker? backtracker;
    private ParallelMachine? machine;

    /// <summary>Start and end of every group of the last match; -1 for groups that took no part.</summary>
    public ReadOnlySpan<int> Slots => slots;

    public bool IsMatch(ReadOnlySpan<byte> text) => pattern.Literal is { } literal
        ? text.IndexOf(literal) >= 0
        : Forward().FindEnd(text, 0, pattern.IsAnchored, whether: true) >= 0;

    /// <summary>Finds the leftmost match that does not begin before a position.</summary>
    public bool TryFind(ReadOnlySpan<byte> text, int from, bool withGroups)
    {
        if (pattern.Literal is { } literal)
        {
            int found = text[from..].IndexOf(literal);
            (slots[0], slots[1]) = (from + found, from + found + literal.Length);
            return found >= 0;
        }

        if (pattern.IsAnchored && from > 0)
        {
            return false;
        }

        withGroups &= pattern.GroupCount > 1;
        if (pattern.IsAnchored && withGroups && pattern.OnePass is { } table)
        {
            return table.TryMatch(text, from, slots, work);
        }

        if (pattern.OnePass is not null && pattern.Opening is not null)
        {
            bool? isMatch = TryOpenings(text, ref from);
            if (isMatch is { } known)
            {
                return known;
            }
        }

        int end = Forward().FindEnd(text, from, pattern.IsAnchored, whether: false);
        if (end < 0)
        {
            return false;
        }

        int start = pattern.IsAnchored || end == from ? from : Backward().FindStart(text, from, end);
        if (withGroups)
        {
            FindGroups(text, start, end);
        }

        (slots[0], slots[1]) = (start, end);
        return true;
    }

    /// <summary>
    /// Tries the places where a match can begin one after the other. Null, with where to go on, when so much was read in vain that
    /// it is better not to try on: the work must not grow faster than the text.
    /// </summary>
    private bool? TryOpenings(ReadOnlySpan<byte> text, ref int from)
    {
        OnePassTable table = pattern.OnePass!;
        for (int spare = SpareWork + text.Length - from; spare > 0;)
        {
            int skipped = pattern.Opening!.IndexIn(text[from..]);
            if (skipped < 0)
            {
                return false;
            }

            from += skipped;
            if (table.TryMatch(text, from, slots, work, out int reached))
            {
                return true;
            }

            spare -= reached - from;
            pattern.Alphabet.ClassAt(text, from, out int width);
            from += width;
        }

        return null;
    }

    /// <summary>Finds the groups of a match whose ends are known.</summary>
    private void FindGroups(ReadOnlySpan<byte> text, int start, int end)
    {
        bool isMatch;
        if ((pattern.OnePass ?? pattern.OnePassHead) is { } table)
        {
            isMatch = table.TryMatch(text, start, slots, work);
        }
        else if ((backtracker ??= new Backtracker(pattern.Program, pattern.Alphabet)).CanMatch(end - start))
        {
            isMatch = backtracker.TryMatch(text, start, end, slots);
        }
        else
        {
            machine ??= new ParallelMachine(pattern.Program, pattern.Alphabet, slots.Length);
            isMatch = machine.TryMatch(text, start, slots);
        }

        Debug.Assert(isMatch, "the automata agree");
    }

    private LazyAutomaton Forward() => forward ??= new LazyAutomaton(pattern.Program, pattern.Alphabet, pattern.Opening, isBackward: false);

    private LazyAutomaton Backward() => backward ??= new LazyAutomaton(pattern.BackwardProgram, pattern.Alphabet, null, isBackward: true);
}
