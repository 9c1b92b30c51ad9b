namespace Mapping.Builtins.Strings.Patterns;

internal enum Operation : byte
{
    /// <summary>Takes a character of the class <see cref="Instruction.Argument"/>.</summary>
    Class,

    /// <summary>Takes a character of the set numbered <see cref="Instruction.Argument"/>.</summary>
    Set,

    /// <summary>Takes any character.</summary>
    Any,

    /// <summary>Goes on at two places; <see cref="Instruction.Next"/> is preferred to <see cref="Instruction.Argument"/>.</summary>
    Split,

    /// <summary>Notes the position in the slot <see cref="Instruction.Argument"/>: two slots for each group.</summary>
    Save,

    /// <summary>Goes on if the <see cref="Assertions"/> in <see cref="Instruction.Argument"/> hold.</summary>
    Assert,

    Match,
}

internal readonly record struct Instruction(Operation Operation, int Next = 0, int Argument = 0);

/// <summary>A pattern as instructions of a machine that is in many places at once.</summary>
internal sealed class PatternProgram(Instruction[] instructions, ulong[][] sets, int start, int searchStart)
{
    public ReadOnlySpan<Instruction> Instructions => instructions;

    public int Length => instructions.Length;

    /// <summary>Where a match at a given position begins.</summary>
    public int Start => start;

    /// <summary>Where the search for the leftmost match begins: as <see cref="Start"/>, or else one character later.</summary>
    public int SearchStart => searchStart;

    /// <summary>Whether an instruction that takes a character takes one of that class.</summary>
    public bool Takes(in Instruction instruction, int characterClass) => instruction.Operation switch
    {
        Operation.Class => instruction.Argument == characterClass,
        Operation.Set => (sets[instruction.Argument][characterClass >> 6] & (1UL << characterClass)) != 0,
        Operation.Any => true,
        _ => false,
    };
}
