using System.Numerics;

namespace Mapping.Builtins.Strings.Patterns;

/// <summary>
/// Tries the choices of a pattern one after the other, and no place of it twice at the same position: linear time, for
/// matches short enough to remember that. Belongs to one thread at a time.
/// </summary>
internal sealed class Backtracker(PatternProgram program, Alphabet alphabet)
{
    private const long MaxBits = 256 * 1024;

    private readonly GreedyRun?[] runs = GreedyRun.AllOf(program, alphabet);
    private ulong[] visited = [];
    private Pending[] pending = new Pending[32];
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
            (int place, int position, int first) = pending[--pendingCount];
            if (place < 0)
            {
                slots[~place] = position;
                continue;
            }

            if (first >= 0)
            {
                GreedyRun run = runs[place]!;
                position = run.LastEnd(text, first, position, end);
                if (position < 0)
                {
                    continue;
                }

                if (position > first)
                {
                    Push(place, position - 1, first);
                }

                place = run.Exit;
            }

            if (Run(text, place, position, start, end, slots))
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
                case Operation.Split when runs[place] is { } run:
                    int reached = run.Skip(text, position, end);
                    int last = VisitRun(bit, bit + reached - position) + position - bit;
                    Push(place, last, position);
                    if (last < reached || reached == end || text[reached] < 0x80)
                    {
                        return false;
                    }

                    // The repetition may take this one, too.
                    place = run.Body;
                    position = reached;
                    continue;
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

    /// <summary>Notes the positions behind one that is noted at a place; the last before one that was noted already.</summary>
    private int VisitRun(int first, int last)
    {
        for (int bit = first + 1; bit <= last; bit = (bit | 63) + 1)
        {
            ulong range = (ulong.MaxValue << bit) & (last - bit < 63 - (bit & 63) ? ~(ulong.MaxValue << (last + 1)) : ulong.MaxValue);
            ref ulong word = ref visited[bit >> 6];
            ulong known = word & range;
            if (known != 0)
            {
                int at = BitOperations.TrailingZeroCount(known);
                word |= range & ~(ulong.MaxValue << at);
                return (bit & ~63) + at - 1;
            }

            word |= range;
        }

        return last;
    }

    private void Push(int place, int position, int first = -1)
    {
        if (pendingCount == pending.Length)
        {
            Array.Resize(ref pending, pending.Length * 2);
        }

        pending[pendingCount++] = new Pending(place, position, first);
    }

    /// <param name="Place">Where to go on; the complement of a slot that is to be put back.</param>
    /// <param name="Position">The position there, or what was in the slot.</param>
    /// <param name="First">Of a <see cref="GreedyRun"/>, the first position at which it may end, the last being <paramref name="Position"/>; negative for others.</param>
    private readonly record struct Pending(int Place, int Position, int First);
}
