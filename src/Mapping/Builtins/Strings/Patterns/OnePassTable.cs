using System.Buffers;
using System.Numerics;

namespace Mapping.Builtins.Strings.Patterns;

/// <summary>
/// A pattern in which the next character always decides how to go on: the groups are noted in one run over the text.
/// Immutable, shared by threads.
/// </summary>
internal sealed class OnePassTable
{
    // An action: the row to go to, the slots to note the position in, the assertions that must hold, and marks.
    internal const int SlotShift = 16;
    internal const int MaxSlots = 32;
    internal const int AssertionShift = 48;
    internal const ulong RowMask = 0xFFFF;
    internal const ulong Possible = 1UL << 56;

    /// <summary>The row of the action may be the end of a match.</summary>
    internal const ulong CanEnd = 1UL << 57;

    /// <summary>The end of a match here is preferred to going on.</summary>
    internal const ulong EndWins = 1UL << 58;

    /// <summary>The action stays in its row and does nothing else: the rest of the run is skipped at once.</summary>
    internal const ulong Stays = 1UL << 59;

    private readonly Alphabet alphabet;
    private readonly ulong[] actions;
    private readonly ulong[] ends;
    private readonly SearchValues<byte>?[] runs;

    /// <summary>By row: what characters do, what an end does (0 for none), and which bytes form runs, if any.</summary>
    public OnePassTable(Alphabet alphabet, ulong[] actions, ulong[] ends, SearchValues<byte>?[] runs)
    {
        this.alphabet = alphabet;
        this.actions = actions;
        this.ends = ends;
        this.runs = runs;
    }

    /// <summary>
    /// Matches at a position. <paramref name="slots"/> gets the positions of all groups, -1 for those that took no part;
    /// <paramref name="work"/> is scratch of the same length.
    /// </summary>
    public bool TryMatch(ReadOnlySpan<byte> text, int start, Span<int> slots, Span<int> work)
    {
        ReadOnlySpan<byte> ascii = alphabet.AsciiClasses;
        ulong[] table = actions;
        work.Fill(-1);
        bool isMatch = false;
        int row = 0;
        int at = start;
        while ((uint)at < (uint)text.Length)
        {
            int width = 1;
            int b = text[at];
            int taken = b < 0x80 ? ascii[b] : alphabet.ClassAt(text, at, out width);
            ulong action = table[row + taken];
            if ((action & ~RowMask) != Possible)
            {
                if ((action & Stays) != 0)
                {
                    at += width;
                    int skipped = text[at..].IndexOfAnyExcept(runs[row / alphabet.Count]!);
                    at = skipped < 0 ? text.Length : at + skipped;
                    continue;
                }

                if (EndsAt(text, row, start, at, slots, work))
                {
                    isMatch = true;
                    if ((action & EndWins) != 0)
                    {
                        return true;
                    }
                }

                if ((action & Possible) == 0 || !Holds(text, at, action))
                {
                    return isMatch;
                }

                Note(action, at, work);
            }

            row = (int)(action & RowMask);
            at += width;
        }

        return EndsAt(text, row, start, at, slots, work) || isMatch;
    }

    private static bool Holds(ReadOnlySpan<byte> text, int at, ulong action)
    {
        var demand = (Assertions)(byte)(action >> AssertionShift);
        return demand == Assertions.None || (demand & ~Neighbours.At(text, at)) == 0;
    }

    private static void Note(ulong action, int at, Span<int> slots)
    {
        for (uint noted = (uint)(action >> SlotShift); noted != 0; noted &= noted - 1)
        {
            slots[2 + BitOperations.TrailingZeroCount(noted)] = at;
        }
    }

    private bool EndsAt(ReadOnlySpan<byte> text, int row, int start, int at, Span<int> slots, Span<int> work)
    {
        ulong end = ends[row / alphabet.Count];
        if (end == 0 || !Holds(text, at, end))
        {
            return false;
        }

        work.CopyTo(slots);
        Note(end, at, slots);
        slots[0] = start;
        slots[1] = at;
        return true;
    }
}
