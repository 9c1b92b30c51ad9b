using System.Runtime.InteropServices;

namespace Mapping.Builtins.Strings.Patterns;

/// <summary>
/// Follows all choices of a pattern side by side, each with its groups: linear time and memory that does not depend on the
/// text, for matches too long for the <see cref="Backtracker"/>. Belongs to one thread at a time.
/// </summary>
internal sealed class ParallelMachine(PatternProgram program, Alphabet alphabet, int slotCount)
{
    private readonly Stack<(int Place, int Position)> pending = new();
    private Threads current = new(program.Length, slotCount);
    private Threads following = new(program.Length, slotCount);

    /// <summary>How many instructions were looked at in all.</summary>
    public long Steps { get; private set; }

    /// <summary>Finds the groups of the match that begins there.</summary>
    public bool TryMatch(ReadOnlySpan<byte> text, int start, Span<int> slots)
    {
        bool isMatch = false;
        Span<int> work = new int[slotCount];
        work.Fill(-1);
        current.Clear();
        Add(current, text, program.Start, start, work);
        for (int at = start; current.Count > 0;)
        {
            int width = 0;
            int taken = at < text.Length ? alphabet.ClassAt(text, at, out width) : alphabet.End;
            following.Clear();
            for (int i = 0; i < current.Count; i++)
            {
                int place = current.Places[i];
                ref readonly Instruction instruction = ref program.Instructions[place];
                if (instruction.Operation == Operation.Match)
                {
                    current.Slots(i).CopyTo(slots);
                    slots[0] = start;
                    slots[1] = at;
                    isMatch = true;
                    break;
                }

                if (taken != alphabet.End && program.Takes(instruction, taken))
                {
                    current.Slots(i).CopyTo(work);
                    Add(following, text, instruction.Next, at + width, work);
                }
            }

            (current, following) = (following, current);
            at += width;
        }

        return isMatch;
    }

    private void Add(Threads threads, ReadOnlySpan<byte> text, int place, int position, Span<int> work)
    {
        pending.Push((place, position));
        while (pending.TryPop(out (int Place, int Position) next))
        {
            if (next.Place < 0)
            {
                work[~next.Place] = next.Position;
                continue;
            }

            if (!threads.TryEnter(next.Place))
            {
                continue;
            }

            Steps++;
            Instruction instruction = program.Instructions[next.Place];
            switch (instruction.Operation)
            {
                case Operation.Split:
                    pending.Push((instruction.Argument, position));
                    pending.Push((instruction.Next, position));
                    break;
                case Operation.Save:
                    pending.Push((~instruction.Argument, work[instruction.Argument]));
                    work[instruction.Argument] = position;
                    pending.Push((instruction.Next, position));
                    break;
                case Operation.Assert:
                    if (((Assertions)instruction.Argument & ~Neighbours.At(text, position)) == 0)
                    {
                        pending.Push((instruction.Next, position));
                    }

                    break;
                default:
                    threads.Add(next.Place, work);
                    break;
            }
        }
    }

    /// <summary>Places in order of preference, each with the positions of its groups.</summary>
    private sealed class Threads(int length, int slotCount)
    {
        private readonly int[] seen = new int[length];
        private readonly List<int> slots = [];
        private int generation;

        public int[] Places { get; } = new int[length];

        public int Count { get; private set; }

        public void Clear()
        {
            Count = 0;
            generation++;
        }

        public bool TryEnter(int place)
        {
            if (seen[place] == generation)
            {
                return false;
            }

            seen[place] = generation;
            return true;
        }

        public void Add(int place, ReadOnlySpan<int> work)
        {
            int start = Count * slotCount;
            Places[Count++] = place;
            if (slots.Count < start + slotCount)
            {
                CollectionsMarshal.SetCount(slots, start + slotCount);
            }

            work.CopyTo(Slots(Count - 1));
        }

        public Span<int> Slots(int index) =>
            CollectionsMarshal.AsSpan(slots).Slice(index * slotCount, slotCount);
    }
}
