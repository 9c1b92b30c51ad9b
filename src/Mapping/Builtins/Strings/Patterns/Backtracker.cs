namespace Mapping.Builtins.Strings.Patterns;

/// <summary>
/// Tries the choices of a pattern one after the other, and no place of it twice at the same position: linear time, for
/// matches short enough to remember that. Belongs to one thread at a time.
/// </summary>
internal sealed class Backtracker(PatternProgram program, Alphabet alphabet)
{
    private const long MaxBits = 256 * 1024;

    private ulong[] visited = [];
    private (int Place, int Position)[] pending = new (int, int)[32];
    private int pendingCount;

    public bool CanMatch(int length) => (length + 1L) * program.Length <= MaxBits;

    /// <summary>Finds the groups of the match that is known to begin and end there.</summary>
    public bool TryMatch(ReadOnlySpan<byte> text, int start, int end, Span<int> slots)
    {
        int length = end - start + 1;
        int words = ((length * program.Length) + 63) / 64;
        if (visited.Length < words)
        {
            visited = new ulong[words];
        }
        else
        {
            visited.AsSpan(0, words).Clear();
        }

        slots.Fill(-1);
        pendingCount = 0;
        Push(program.Start, start);
        while (pendingCount > 0)
        {
            (int place, int position) = pending[--pendingCount];
            if (place < 0)
            {
                slots[~place] = position;
            }
            else if (Run(text, place, position, start, end, slots))
            {
                slots[0] = start;
                slots[1] = end;
                return true;
            }
        }

        return false;
    }

    private bool Run(ReadOnlySpan<byte> text, int place, int position, int start, int end, Span<int> slots)
    {
        ReadOnlySpan<Instruction> instructions = program.Instructions;
        int length = end - start + 1;
        while (true)
        {
            int bit = (place * length) + position - start;
            ref ulong word = ref visited[bit >> 6];
            if ((word & (1UL << bit)) != 0)
            {
                return false;
            }

            word |= 1UL << bit;
            ref readonly Instruction instruction = ref instructions[place];
            switch (instruction.Operation)
            {
                case Operation.Split:
                    Push(instruction.Argument, position);
                    break;
                case Operation.Save:
                    Push(~instruction.Argument, slots[instruction.Argument]);
                    slots[instruction.Argument] = position;
                    break;
                case Operation.Assert:
                    if (((Assertions)instruction.Argument & ~Neighbours.At(text, position)) != 0)
                    {
                        return false;
                    }

                    break;
                case Operation.Match:
                    return position == end;
                default:
                    if (position >= end || !program.Takes(instruction, alphabet.ClassAt(text, position, out int width)))
                    {
                        return false;
                    }

                    position += width;
                    break;
            }

            place = instruction.Next;
        }
    }

    private void Push(int place, int position)
    {
        if (pendingCount == pending.Length)
        {
            Array.Resize(ref pending, pending.Length * 2);
        }

        pending[pendingCount++] = (place, position);
    }
}
