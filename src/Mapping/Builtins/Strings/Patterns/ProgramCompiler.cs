namespace Mapping.Builtins.Strings.Patterns;

/// <summary>
/// Turns a parsed pattern into a program, from its end to its beginning: each piece is told where to go on. A backward
/// program reads the text from right to left and knows no groups.
/// </summary>
internal sealed class ProgramCompiler
{
    /// <summary>A pattern that needs more instructions is refused.</summary>
    public const int MaxInstructions = 100_000;

    private readonly Alphabet alphabet;
    private readonly bool isBackward;
    private readonly List<Instruction> instructions = [];
    private readonly List<ulong[]> sets = [];
    private readonly Dictionary<CodeSet, Instruction> known = [];

    private ProgramCompiler(Alphabet alphabet, bool isBackward)
    {
        this.alphabet = alphabet;
        this.isBackward = isBackward;
    }

    public static PatternProgram Compile(PatternNode root, Alphabet alphabet, bool isBackward)
    {
        var compiler = new ProgramCompiler(alphabet, isBackward);
        int start = compiler.Emit(root, compiler.Add(new Instruction(Operation.Match)));
        int skip = compiler.Add(default);
        int searchStart = compiler.Add(new Instruction(Operation.Split, start, skip));
        compiler.instructions[skip] = new Instruction(Operation.Any, searchStart);
        return new PatternProgram([.. compiler.instructions], [.. compiler.sets], start, searchStart);
    }

    private int Emit(PatternNode node, int next)
    {
        switch (node)
        {
            case PatternNode.OneOf one:
                return Add(Taking(one.Set) with { Next = next });
            case PatternNode.Anchor anchor:
                return Add(new Instruction(Operation.Assert, next, (int)anchor.Demand));
            case PatternNode.Sequence sequence:
                for (int i = 0; i < sequence.Items.Count; i++)
                {
                    next = Emit(sequence.Items[isBackward ? i : sequence.Items.Count - 1 - i], next);
                }

                return next;
            case PatternNode.Choice choice:
                int chosen = Emit(choice.Items[^1], next);
                for (int i = choice.Items.Count - 2; i >= 0; i--)
                {
                    chosen = Add(new Instruction(Operation.Split, Emit(choice.Items[i], next), chosen));
                }

                return chosen;
            case PatternNode.Capture capture when isBackward:
                return Emit(capture.Item, next);
            case PatternNode.Capture capture:
                next = Add(new Instruction(Operation.Save, next, (capture.Index * 2) + 1));
                return Add(new Instruction(Operation.Save, Emit(capture.Item, next), capture.Index * 2));
            default:
                return EmitRepeat((PatternNode.Repeat)node, next);
        }
    }

    private int EmitRepeat(PatternNode.Repeat repeat, int next)
    {
        if (repeat.Max < 0)
        {
            // An item that can be empty is tried once before the choice to leave, so that preferences come in order.
            bool isOptional = repeat.Min == 0;
            int end = next;
            next = isOptional && !CanBeEmpty(repeat.Item) ? EmitLoop(repeat, next, out _) : EmitOnce(repeat, next);
            if (isOptional && CanBeEmpty(repeat.Item))
            {
                next = EmitSplit(next, end, repeat.IsLazy);
            }
        }
        else
        {
            int end = next;
            for (int i = repeat.Min; i < repeat.Max; i++)
            {
                next = EmitSplit(Emit(repeat.Item, next), end, repeat.IsLazy);
            }
        }

        for (int i = repeat.Max < 0 ? 1 : 0; i < repeat.Min; i++)
        {
            next = Emit(repeat.Item, next);
        }

        return next;
    }

    /// <summary>One item or more; the place is that of the first item.</summary>
    private int EmitOnce(PatternNode.Repeat repeat, int next)
    {
        EmitLoop(repeat, next, out int body);
        return body;
    }

    /// <summary>Any number of items; the place is that of the choice.</summary>
    private int EmitLoop(PatternNode.Repeat repeat, int next, out int body)
    {
        int choice = Add(default);
        body = Emit(repeat.Item, choice);
        instructions[choice] = Split(body, next, repeat.IsLazy);
        return choice;
    }

    private int EmitSplit(int body, int end, bool isLazy) => Add(Split(body, end, isLazy));

    private static Instruction Split(int body, int end, bool isLazy) =>
        isLazy ? new Instruction(Operation.Split, end, body) : new Instruction(Operation.Split, body, end);

    private static bool CanBeEmpty(PatternNode node) => node switch
    {
        PatternNode.OneOf => false,
        PatternNode.Sequence sequence => sequence.Items.All(CanBeEmpty),
        PatternNode.Choice choice => choice.Items.Any(CanBeEmpty),
        PatternNode.Repeat repeat => repeat.Min == 0 || CanBeEmpty(repeat.Item),
        PatternNode.Capture capture => CanBeEmpty(capture.Item),
        _ => true,
    };

    private Instruction Taking(CodeSet set)
    {
        if (known.TryGetValue(set, out Instruction instruction))
        {
            return instruction;
        }

        int[] members = alphabet.ClassesOf(set);
        if (members.Length == 1)
        {
            instruction = new Instruction(Operation.Class, 0, members[0]);
        }
        else if (members.Length == alphabet.End)
        {
            instruction = new Instruction(Operation.Any);
        }
        else
        {
            ulong[] bits = new ulong[(alphabet.Count + 63) / 64];
            foreach (int member in members)
            {
                bits[member >> 6] |= 1UL << member;
            }

            instruction = new Instruction(Operation.Set, 0, sets.Count);
            sets.Add(bits);
        }

        return known[set] = instruction;
    }

    private int Add(Instruction instruction)
    {
        if (instructions.Count >= MaxInstructions)
        {
            throw new PatternException("expression too large");
        }

        instructions.Add(instruction);
        return instructions.Count - 1;
    }
}
