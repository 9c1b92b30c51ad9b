using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mapping.Builtins.Strings.Patterns;

/// <summary>
/// A class of characters that is repeated as often as it can be, as in <c>.*</c>: its ASCII characters are taken a run at a time, and of the
/// ends that such a run can have, only those are tried where what follows can begin.
/// </summary>
internal sealed class GreedyRun
{
    private readonly ByteRun members;

    /// <summary>What follows takes a character first, and of the ASCII characters only those with a bit here.</summary>
    private readonly bool isFollowedByCharacter;
    private readonly ulong lowerFollowers;
    private readonly ulong upperFollowers;

    private GreedyRun(PatternProgram program, Alphabet alphabet, in Instruction split)
    {
        Body = split.Next;
        Exit = split.Argument;
        members = new ByteRun(AsciiOf(program, alphabet, program.Instructions[Body]));
        Instruction next = program.Instructions[Exit];
        while (next.Operation == Operation.Save)
        {
            next = program.Instructions[next.Next];
        }

        isFollowedByCharacter = TakesCharacter(next);
        foreach (byte b in AsciiOf(program, alphabet, next))
        {
            lowerFollowers |= b < 64 ? 1UL << b : 0;
            upperFollowers |= b < 64 ? 0 : 1UL << b;
        }
    }

    /// <summary>The place that takes one more character.</summary>
    public int Body { get; }

    /// <summary>The place behind the repetition.</summary>
    public int Exit { get; }

    /// <summary>By the place of the choice between one more and no more; null where there is none, or another kind of choice.</summary>
    public static GreedyRun?[] AllOf(PatternProgram program, Alphabet alphabet)
    {
        var runs = new GreedyRun?[program.Length];
        for (int place = 0; place < runs.Length; place++)
        {
            Instruction split = program.Instructions[place];
            if (split.Operation == Operation.Split && program.Instructions[split.Next] is var body && TakesCharacter(body) && body.Next == place)
            {
                var run = new GreedyRun(program, alphabet, split);
                runs[place] = run.members.IsAny ? run : null;
            }
        }

        return runs;
    }

    /// <summary>Where the run of ASCII characters ends that begins at a position.</summary>
    public int Skip(ReadOnlySpan<byte> text, int at, int end)
    {
        if (end >= Vector128<byte>.Count)
        {
            return members.Skip(ref MemoryMarshal.GetReference(text), at, end);
        }

        while (at < end && members.Contains(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>The last position of some at which what follows can begin; negative if there is none.</summary>
    /// <param name="text">The text; only at the last of the positions there may be a character beyond ASCII.</param>
    /// <param name="first">The first of the positions.</param>
    /// <param name="last">The last of them.</param>
    /// <param name="end">Where the match ends.</param>
    public int LastEnd(ReadOnlySpan<byte> text, int first, int last, int end)
    {
        if (!isFollowedByCharacter)
        {
            return last;
        }

        last = last == end ? last - 1 : last;
        if (last < first || text[last] >= 0x80)
        {
            return last < first ? -1 : last;
        }

        if (BitOperations.PopCount(lowerFollowers) + BitOperations.PopCount(upperFollowers) == 1)
        {
            byte only = (byte)(lowerFollowers != 0 ? BitOperations.TrailingZeroCount(lowerFollowers) : 64 + BitOperations.TrailingZeroCount(upperFollowers));
            int found = text[first..(last + 1)].LastIndexOf(only);
            return found < 0 ? -1 : first + found;
        }

        while (last >= first && (((text[last] < 64 ? lowerFollowers : upperFollowers) >> text[last]) & 1) == 0)
        {
            last--;
        }

        return last < first ? -1 : last;
    }

    private static bool TakesCharacter(in Instruction instruction) => instruction.Operation is Operation.Class or Operation.Set or Operation.Any;

    private static byte[] AsciiOf(PatternProgram program, Alphabet alphabet, Instruction instruction)
    {
        var taken = new List<byte>();
        for (int b = 0; b < alphabet.AsciiClasses.Length; b++)
        {
            if (program.Takes(instruction, alphabet.AsciiClasses[b]))
            {
                taken.Add((byte)b);
            }
        }

        return [.. taken];
    }
}
