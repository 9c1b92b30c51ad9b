using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mapping.Builtins.Strings.Patterns;

/// <summary>
/// The first rows of a <see cref="OnePassTable"/>, as far as each leads only to the one after it: there is nothing to look up, and only the
/// positions depend on the text. Where the row behind them is the end of the text, whole patterns are matched here.
/// </summary>
internal sealed class StraightPath
{
    private readonly Row[] rows;
    private readonly Step[] steps;
    private readonly ByteRun lastRun;
    private readonly uint lastNoted;
    private readonly bool closes;

    /// <param name="rows">The rows that lead straight on.</param>
    /// <param name="behind">The one behind them.</param>
    /// <param name="groups">How many groups the pattern has, two slots each.</param>
    public StraightPath(Row[] rows, OnePassTable.Row behind, int groups)
    {
        this.rows = rows;
        steps = [.. StepsOf(rows)];
        var demand = (Assertions)(byte)(behind.End >> OnePassTable.AssertionShift);
        lastRun = behind.Run;
        lastNoted = (uint)(behind.End >> OnePassTable.SlotShift);
        uint noted = rows.Aggregate(lastNoted, (all, row) => all | row.Noted);
        closes = behind.End != 0 && (demand & ~Assertions.TextEnd) == 0 && 2 * groups <= OnePassTable.MaxSlots && noted == (1UL << (2 * groups)) - 1;
    }

    /// <summary>Follows the rows from a position of a text, which must have 16 bytes or more, and notes the slots on the way.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="at">Where to begin; then, where it went on to.</param>
    /// <param name="slots">The slots of the whole match, which are not touched, and of the groups.</param>
    /// <param name="passed">How many rows were passed.</param>
    /// <returns>Whether the text ends here and that is a match in which all groups took part.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Follow(ReadOnlySpan<byte> text, ref int at, Span<int> slots, out int passed)
    {
        ref byte first = ref MemoryMarshal.GetReference(text);
        ref int notes = ref Unsafe.Add(ref MemoryMarshal.GetReference(slots), 2);
        int position = at;
        ref Step step = ref MemoryMarshal.GetArrayDataReference(steps);
        ref Step behind = ref Unsafe.Add(ref step, steps.Length);
        for (; Unsafe.IsAddressLessThan(ref step, ref behind); step = ref Unsafe.Add(ref step, 1))
        {
            if (step.Run.IsAny)
            {
                int start = position;
                position = step.Run.Skip(ref first, start, text.Length);
                if (step.IsNeeded)
                {
                    if (position == start)
                    {
                        at = position;
                        passed = step.Number - 1;
                        return false;
                    }

                    Note(ref notes, step.NotedFirst, start);
                }
            }

            if ((uint)position >= (uint)text.Length)
            {
                break;
            }

            byte b = Unsafe.Add(ref first, position);
            if (b != step.Exit && !step.Leads(b))
            {
                break;
            }

            Note(ref notes, step.Noted, position);
            position++;
        }

        bool isThrough = !Unsafe.IsAddressLessThan(ref step, ref behind);
        if (isThrough && closes)
        {
            if (lastRun.IsAny)
            {
                position = lastRun.Skip(ref first, position, text.Length);
            }

            if (position == text.Length)
            {
                Note(ref notes, lastNoted, position);
                at = position;
                passed = rows.Length;
                return true;
            }
        }

        at = position;
        passed = isThrough ? rows.Length : step.Number;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Note(ref int notes, uint slots, int position)
    {
        for (; slots != 0; slots &= slots - 1)
        {
            Unsafe.Add(ref notes, BitOperations.TrailingZeroCount(slots)) = position;
        }
    }

    /// <summary>
    /// The rows, where one that takes a byte of a set once and the next one that takes any number of them (<c>\S+</c>) are one step.
    /// </summary>
    private static IEnumerable<Step> StepsOf(Row[] rows)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            Row row = rows[i];
            bool isRepeated = i + 1 < rows.Length && !row.Run.IsAny && rows[i + 1].Run.Equals(row.Exits);
            yield return isRepeated ? new Step(rows[i + 1], i + 1, row.Noted, isNeeded: true) : new Step(row, i, 0, isNeeded: false);
            i += isRepeated ? 1 : 0;
        }
    }

    /// <summary>Takes over what the first rows have noted; slots that they do not note are left as they are.</summary>
    public void CopyNoted(int passed, ReadOnlySpan<int> from, Span<int> to)
    {
        foreach (ref readonly Row row in rows.AsSpan(0, passed))
        {
            for (uint noted = row.Noted; noted != 0; noted &= noted - 1)
            {
                int slot = 2 + BitOperations.TrailingZeroCount(noted);
                to[slot] = from[slot];
            }
        }
    }

    /// <summary>A row with one way out.</summary>
    /// <param name="Run">The bytes that are taken without leaving the row, where they are worth to be skipped.</param>
    /// <param name="Exits">Bytes of ASCII that lead to the next row; no others lead anywhere.</param>
    /// <param name="Noted">The slots that note where they stand.</param>
    internal readonly record struct Row(ByteRun Run, byte[] Exits, uint Noted);

    private readonly struct Step
    {
        private readonly ulong lowerExits;
        private readonly ulong upperExits;

        public Step(Row row, int number, uint notedFirst, bool isNeeded)
        {
            Run = row.Run;
            Noted = row.Noted;
            Exit = row.Exits[0];
            Number = number;
            NotedFirst = notedFirst;
            IsNeeded = isNeeded;
            foreach (byte exit in row.Exits)
            {
                lowerExits |= exit < 64 ? 1UL << exit : 0;
                upperExits |= exit < 64 ? 0 : 1UL << (exit - 64);
            }
        }

        public ByteRun Run { get; }

        /// <summary>The run must have a byte, and these slots note the first.</summary>
        public bool IsNeeded { get; }

        public uint NotedFirst { get; }

        /// <summary>One of the bytes that lead on, mostly the only one.</summary>
        public byte Exit { get; }

        public uint Noted { get; }

        /// <summary>The row it leaves.</summary>
        public int Number { get; }

        /// <summary>Whether a byte leads on.</summary>
        public bool Leads(byte b) => b < 0x80 && (((b < 64 ? lowerExits : upperExits) >> b) & 1) != 0;
    }
}
