namespace Mapping.Builtins.Strings.Patterns;

/// <summary>The places of a program that are reached at one position, best first, each once.</summary>
internal sealed class ThreadList(PatternProgram program)
{
    private readonly int[] items = new int[program.Length];
    private readonly int[] seen = new int[program.Length];
    private readonly int[] pending = new int[(program.Length * 2) + 2];
    private int generation;

    public int Count { get; private set; }

    public ReadOnlySpan<int> Items => items.AsSpan(0, Count);

    public void Clear()
    {
        Count = 0;
        if (++generation == int.MaxValue)
        {
            seen.AsSpan().Clear();
            generation = 1;
        }
    }

    /// <summary>
    /// Adds all that is reached from a place without taking a character. Assertions are passed where they hold; what waits
    /// for others is kept for later, or dropped.
    /// </summary>
    public void Add(int place, Assertions holding, bool keepsWaiting)
    {
        ReadOnlySpan<Instruction> instructions = program.Instructions;
        int count = 0;
        pending[count++] = place;
        while (count > 0)
        {
            int at = pending[--count];
            if (seen[at] == generation)
            {
                continue;
            }

            seen[at] = generation;
            ref readonly Instruction instruction = ref instructions[at];
            switch (instruction.Operation)
            {
                case Operation.Split:
                    pending[count++] = instruction.Argument;
                    pending[count++] = instruction.Next;
                    break;
                case Operation.Save:
                    pending[count++] = instruction.Next;
                    break;
                case Operation.Assert when ((Assertions)instruction.Argument & ~holding) == 0:
                    pending[count++] = instruction.Next;
                    break;
                case Operation.Assert when !keepsWaiting:
                    break;
                default:
                    items[Count++] = at;
                    break;
            }
        }
    }
}
