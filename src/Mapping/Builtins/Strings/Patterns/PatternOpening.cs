using System.Buffers;
using System.Text;

namespace Mapping.Builtins.Strings.Patterns;

/// <summary>How every match of a pattern begins: with a text, or else with one of some bytes. Finds where one can begin.</summary>
internal sealed class PatternOpening
{
    // More bytes than these are found everywhere.
    private const int MostBytes = 160;

    private readonly byte[] literal;
    private readonly SearchValues<byte>? bytes;

    private PatternOpening(byte[] literal, SearchValues<byte>? bytes)
    {
        this.literal = literal;
        this.bytes = bytes;
    }

    /// <summary>The opening of a pattern, or null where it is of no use.</summary>
    public static PatternOpening? Of(PatternNode root, PatternProgram program, Alphabet alphabet)
    {
        var text = new List<byte>();
        TryRead(root, text);
        if (text.Count > 0)
        {
            return new PatternOpening([.. text], null);
        }

        var bytes = new SortedSet<byte>();
        var classes = new HashSet<int>();
        var reached = new ThreadList(program);
        reached.Clear();
        reached.Add(program.Start, (Assertions)0xFF, keepsWaiting: false);
        foreach (int place in reached.Items)
        {
            Instruction instruction = program.Instructions[place];
            if (instruction.Operation is Operation.Match or Operation.Any)
            {
                return null;
            }

            for (int i = 0; i < alphabet.End; i++)
            {
                if (program.Takes(instruction, i) && classes.Add(i))
                {
                    alphabet.AddFirstBytesOf(i, bytes);
                }
            }
        }

        return bytes.Count <= MostBytes ? new PatternOpening([], SearchValues.Create(bytes.ToArray())) : null;
    }

    /// <summary>The text that is all of the pattern, or null for patterns that are more than a text.</summary>
    public static byte[]? WholeLiteral(PatternNode root)
    {
        var text = new List<byte>();
        return !HasGroups(root) && TryRead(root, text) && text.Count > 0 ? [.. text] : null;
    }

    public int IndexIn(ReadOnlySpan<byte> text) => bytes is null ? text.IndexOf(literal) : text.IndexOfAny(bytes);

    private static bool HasGroups(PatternNode node) => node switch
    {
        PatternNode.Capture => true,
        PatternNode.Sequence sequence => sequence.Items.Any(HasGroups),
        _ => false,
    };

    /// <summary>Appends the fixed text that a pattern begins with; true if that is all of it.</summary>
    private static bool TryRead(PatternNode node, List<byte> text)
    {
        switch (node)
        {
            case PatternNode.OneOf { Set.Ranges: [var (first, last)] } when first == last && first != Rune.ReplacementChar.Value && Rune.IsValid(first):
                Span<byte> encoded = stackalloc byte[4];
                text.AddRange(encoded[..new Rune(first).EncodeToUtf8(encoded)]);
                return true;
            case PatternNode.Sequence sequence:
                return sequence.Items.All(item => TryRead(item, text));
            case PatternNode.Capture capture:
                return TryRead(capture.Item, text);
            default:
                return false;
        }
    }
}
