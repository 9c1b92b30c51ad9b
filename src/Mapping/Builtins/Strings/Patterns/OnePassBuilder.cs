namespace Mapping.Builtins.Strings.Patterns;

/// <summary>Finds out whether a pattern never has to choose, and makes the table for it.</summary>
internal sealed class OnePassBuilder
{
    // Runs of fewer different bytes are short.
    private const int ShortestRunSet = 8;

    private const int MostActions = 64 * 1024;

    private readonly PatternProgram program;
    private readonly Alphabet alphabet;
    private readonly Dictionary<int, int> rows = [];
    private readonly List<int> places = [];
    private readonly List<ulong> actions = [];
    private readonly List<OnePassTable.Row> finished = [];
    private readonly List<StraightPath.Row> straight = [];
    private bool asksForStart;

    private OnePassBuilder(PatternProgram program, Alphabet alphabet)
    {
        this.program = program;
        this.alphabet = alphabet;
    }

    /// <summary>
    /// The table, or null for patterns that have to choose. Besides the whole match there are so many <paramref name="groups"/>. Where a <paramref name="isOpenEnded"/> pattern ends, anything
    /// may follow: it must be clear without looking on that it ends.
    /// </summary>
    public static OnePassTable? TryBuild(PatternProgram program, Alphabet alphabet, int groups, bool isOpenEnded)
    {
        var builder = new OnePassBuilder(program, alphabet);
        builder.RowOf(program.Start);
        for (int i = 0; i < builder.places.Count; i++)
        {
            if (i >= (int)OnePassTable.RowMask || (i + 1) * alphabet.Count > MostActions || !builder.TryFill(i, isOpenEnded))
            {
                return null;
            }
        }

        // The last of the rows leads nowhere, so there is one behind the straight ones.
        var path = new StraightPath([.. builder.straight], builder.finished[builder.straight.Count], groups);
        return new OnePassTable(alphabet, [.. builder.actions], [.. builder.finished], path, builder.asksForStart);
    }

    private int RowOf(int place)
    {
        if (!rows.TryGetValue(place, out int row))
        {
            rows[place] = row = places.Count;
            places.Add(place);
        }

        return row;
    }

    private bool TryFill(int index, bool isOpenEnded)
    {
        ulong[] row = new ulong[alphabet.Count];
        ulong end = 0;
        bool isTaking = false;
        var seen = new HashSet<int>();
        var pending = new Stack<(int Place, ulong Action)>();
        pending.Push((places[index], OnePassTable.Possible));
        while (pending.TryPop(out (int Place, ulong Action) thread))
        {
            if (!seen.Add(thread.Place))
            {
                return false;
            }

            Instruction instruction = program.Instructions[thread.Place];
            switch (instruction.Operation)
            {
                case Operation.Split:
                    pending.Push((instruction.Argument, thread.Action));
                    pending.Push((instruction.Next, thread.Action));
                    break;
                case Operation.Save when instruction.Argument >= OnePassTable.MaxSlots + 2:
                    return false;
                case Operation.Save:
                    pending.Push((instruction.Next, thread.Action | (1UL << (OnePassTable.SlotShift + instruction.Argument - 2))));
                    break;
                case Operation.Assert:
                    pending.Push((instruction.Next, thread.Action | ((ulong)instruction.Argument << OnePassTable.AssertionShift)));
                    break;
                case Operation.Match when end != 0:
                    return false;
                case Operation.Match:
                    end = thread.Action;
                    break;
                default:
                    isTaking = true;
                    if (!TryAdd(row, instruction, thread.Action | (end != 0 ? OnePassTable.EndWins : 0)))
                    {
                        return false;
                    }

                    break;
            }
        }

        if (isOpenEnded && end != 0 && isTaking)
        {
            return false;
        }

        ulong mark = end != 0 ? OnePassTable.CanEnd : 0;
        byte[] exits = Exits(row, index, end, out uint noted);
        ByteRun run = MarkRun(row, index, end);
        actions.AddRange(row.Select(a => a | mark));
        if (exits.Length > 0 && straight.Count == index)
        {
            straight.Add(new StraightPath.Row(run, exits, noted));
        }

        finished.Add(new OnePassTable.Row(run, end));
        return true;
    }

    /// <summary>
    /// The bytes of ASCII that lead from a row to the one after it, if the row has no end and all else that is possible stays in it. The
    /// first row may ask for the start of the text.
    /// </summary>
    private byte[] Exits(ulong[] row, int number, ulong end, out uint noted)
    {
        ulong stay = OnePassTable.Possible | (uint)number;
        ulong demand = 0;
        if (number == 0 && !row.Contains(stay))
        {
            demand = (ulong)Assertions.TextStart << OnePassTable.AssertionShift;
            asksForStart = row.Any(a => (a & demand) != 0);
        }

        ulong[] leading = [.. row.Where(a => a != 0 && a != stay).Distinct()];
        noted = leading.Length == 1 ? (uint)(leading[0] >> OnePassTable.SlotShift) : 0;
        if (leading.Length != 1 || end != 0 || (leading[0] & ~demand) != (OnePassTable.Possible | ((ulong)noted << OnePassTable.SlotShift) | (uint)(number + 1)))
        {
            return [];
        }

        return [.. alphabet.AsciiClasses.ToArray().Index().Where(c => row[c.Item] == leading[0]).Select(c => (byte)c.Index)];
    }

    /// <summary>
    /// Marks the actions that stay in their row, and gives the bytes of ASCII they are for. Ends that such a run passes by
    /// must be less preferred than the one after it, or not hold within a text.
    /// </summary>
    private ByteRun MarkRun(ulong[] row, int number, ulong end)
    {
        var demand = (Assertions)(byte)(end >> OnePassTable.AssertionShift);
        if (demand is not (Assertions.None or Assertions.TextEnd))
        {
            return default;
        }

        ulong stay = OnePassTable.Possible | (uint)number;
        byte[] bytes = [.. alphabet.AsciiClasses.ToArray().Index().Where(c => row[c.Item] == stay).Select(c => (byte)c.Index)];
        if (bytes.Length < ShortestRunSet)
        {
            return default;
        }

        foreach (byte member in bytes)
        {
            row[alphabet.AsciiClasses[member]] |= OnePassTable.Stays;
        }

        return new ByteRun(bytes);
    }

    private bool TryAdd(ulong[] row, Instruction instruction, ulong action)
    {
        ulong complete = action | (uint)RowOf(instruction.Next);
        for (int i = 0; i < alphabet.End; i++)
        {
            if (!program.Takes(instruction, i))
            {
                continue;
            }

            if (row[i] != 0)
            {
                return false;
            }

            row[i] = complete;
        }

        return true;
    }
}
