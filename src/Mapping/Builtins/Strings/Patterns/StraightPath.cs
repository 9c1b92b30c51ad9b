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
    private readonly ByteRun lastRun;
    private readonly uint lastNoted;
    private readonly bool closes;

    /// <param name="rows">The rows that lead straight on.</param>
    /// <param name="behind">The one behind them.</param>
    /// <param name="groups">How many groups the pattern has, two slots each.</param>
    public StraightPath(Row[] rows, OnePassTable.Row behind, int groups)
    {
        this.rows = rows;
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
        ref Row row = ref MemoryMarshal.GetArrayDataReference(rows);
        ref Row behind = ref Unsafe.Add(ref row, rows.Length);
        for (; Unsafe.IsAddressLessThan(ref row, ref behind); row = ref Unsafe.Add(ref row, 1))
        {
            if (row.Run.IsAny)
            {
                position = row.Run.Skip(ref first, position, text.Length);
            }

            if ((uint)position >= (uint)text.Length)
            {
                break;
            }

            byte b = Unsafe.Add(ref first, position);
            if (b != row.Exit && !row.Leads(b))
            {
                break;
            }

            for (uint noted = row.Noted; noted != 0; noted &= noted - 1)
            {
                Unsafe.Add(ref notes, BitOperations.TrailingZeroCount(noted)) = position;
            }

            position++;
        }

        passed = (int)(Unsafe.ByteOffset(ref MemoryMarshal.GetArrayDataReference(rows), ref row) / Unsafe.SizeOf<Row>());
        if (closes && passed == rows.Length)
        {
            if (lastRun.IsAny)
            {
                position = lastRun.Skip(ref first, position, text.Length);
            }

            if (position == text.Length)
            {
                for (uint noted = lastNoted; noted != 0; noted &= noted - 1)
                {
                    Unsafe.Add(ref notes, BitOperations.TrailingZeroCount(noted)) = position;
                }

                at = position;
                return true;
            }
        }

        at = position;
        return false;
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
    internal readonly struct Row
    {
        private readonly ulong lowerExits;
        private readonly ulong upperExits;

        /// <param name="run">The bytes that are taken without leaving the row, where they are worth to be skipped.</param>
        /// <param name="exits">Bytes of ASCII that lead to the next row; no others lead anywhere.</param>
        /// <param name="noted">The slots that note where they stand.</param>
        public Row(ByteRun run, ReadOnlySpan<byte> exits, uint noted)
        {
            Run = run;
            Noted = noted;
            Exit = exits[0];
            foreach (byte exit in exits)
            {
                lowerExits |= exit < 64 ? 1UL << exit : 0;
                upperExits |= exit < 64 ? 0 : 1UL << (exit - 64);
            }
        }

        public ByteRun Run { get; }

        /// <summary>One of the bytes that lead on, mostly the only one.</summary>
        public byte Exit { get; }

        public uint Noted { get; }

        /// <summary>Whether a byte leads to the next row.</summary>
        public bool Leads(byte b) => b < 0x80 && (((b < 64 ? lowerExits : upperExits) >> b) & 1) != 0;
    }
}
