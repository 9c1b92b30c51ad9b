using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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

    private const ulong Notes = ((1UL << MaxSlots) - 1) << SlotShift;

    private readonly Alphabet alphabet;
    private readonly ulong[] actions;
    private readonly Row[] rows;
    private readonly StraightPath straight;
    private readonly bool asksForStart;

    /// <summary>
    /// What characters do, row by row and in each by class, what the rows are, and the first of them where they lead straight on, which may
    /// still <paramref name="asksForStart"/> of the text.
    /// </summary>
    public OnePassTable(Alphabet alphabet, ulong[] actions, Row[] rows, StraightPath straight, bool asksForStart)
    {
        this.asksForStart = asksForStart;
        this.alphabet = alphabet;
        this.actions = actions;
        this.rows = rows;
        this.straight = straight;
    }

    /// <summary>
    /// Matches at a position. <paramref name="slots"/> gets the positions of all groups, -1 for those that took no part;
    /// <paramref name="work"/> is scratch of the same length.
    /// </summary>
    public bool TryMatch(ReadOnlySpan<byte> text, int start, Span<int> slots, Span<int> work) => TryMatch(text, start, slots, work, out _);

    /// <summary>As the other, telling how far the text was read.</summary>
    public bool TryMatch(ReadOnlySpan<byte> text, int start, Span<int> slots, Span<int> work, out int reached)
    {
        int at = start;
        int passed = 0;
        if (text.Length >= Vector128<byte>.Count && !(asksForStart && start > 0) && straight.Follow(text, ref at, slots, out passed))
        {
            slots[0] = start;
            slots[1] = at;
            reached = at;
            return true;
        }

        work.Fill(-1);
        straight.CopyNoted(passed, slots, work);
        return TryMatchOn(text, start, at, passed, slots, work, out reached);
    }

    /// <summary>Goes on in a row at a position, with what was noted so far.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryMatchOn(ReadOnlySpan<byte> text, int start, int at, int number, Span<int> slots, Span<int> work, out int reached)
    {
        ref byte first = ref MemoryMarshal.GetReference(text);
        ref byte classes = ref MemoryMarshal.GetReference(alphabet.AsciiClasses);
        ref ulong table = ref MemoryMarshal.GetArrayDataReference(actions);
        ref Row row = ref MemoryMarshal.GetArrayDataReference(rows);
        int stride = alphabet.Count;
        bool isLong = text.Length >= Vector128<byte>.Count;
        bool isMatch = false;
        while (true)
        {
            if (isLong && Unsafe.Add(ref row, number).Run.IsAny)
            {
                at = Unsafe.Add(ref row, number).Run.Skip(ref first, at, text.Length);
            }

            if ((uint)at >= (uint)text.Length)
            {
                break;
            }

            int width = 1;
            int b = Unsafe.Add(ref first, at);
            int taken = b < 0x80 ? Unsafe.Add(ref classes, b) : alphabet.ClassAt(text, at, out width);
            ulong action = Unsafe.Add(ref table, (number * stride) + taken);
            if ((action & ~(RowMask | Notes)) == Possible)
            {
                for (uint noted = (uint)(action >> SlotShift); noted != 0; noted &= noted - 1)
                {
                    work[2 + BitOperations.TrailingZeroCount(noted)] = at;
                }
            }
            else if ((action & Stays) == 0)
            {
                if (EndsAt(text, number, start, at, slots, work))
                {
                    isMatch = true;
                    if ((action & EndWins) != 0)
                    {
                        reached = at;
                        return true;
                    }
                }

                if ((action & Possible) == 0 || !Holds(text, at, action))
                {
                    reached = at;
                    return isMatch;
                }

                Note(action, at, work);
            }

            number = (int)(action & RowMask);
            at += width;
        }

        reached = at;
        return EndsAt(text, number, start, at, slots, work) || isMatch;
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

    private bool EndsAt(ReadOnlySpan<byte> text, int number, int start, int at, Span<int> slots, Span<int> work)
    {
        ulong end = rows[number].End;
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

    /// <summary>A place in the pattern.</summary>
    /// <param name="Run">The bytes that are taken without leaving the row, where they are worth to be skipped.</param>
    /// <param name="End">What an end does, 0 if the text cannot end here.</param>
    internal readonly record struct Row(ByteRun Run, ulong End);
}
