using System.Buffers;
using System.Text;

namespace Mapping.Builtins.Strings.Patterns;

/// <summary>
/// The code points in classes that a pattern cannot tell apart: automata work on classes. A byte that is not part of valid
/// UTF-8 counts as U+FFFD. One more class, the last, stands for the end of the text.
/// </summary>
internal sealed class Alphabet
{
    // Interval i reaches from starts[i] to the next start and is of class classes[i].
    private readonly int[] starts;
    private readonly int[] classes;
    private readonly byte[] asciiClasses = new byte[0x80];
    private readonly Neighbour[] neighbours;

    // The class of all code points beyond ASCII where there is only one.
    private readonly int uniform;

    private Alphabet(int[] starts, int[] classes, int count, Assertions used)
    {
        this.starts = starts;
        this.classes = classes;
        End = count;
        neighbours = new Neighbour[count + 1];
        neighbours.AsSpan().Fill(Neighbour.Other);
        neighbours[count] = Neighbour.Edge;
        for (int code = 0; code < asciiClasses.Length; code++)
        {
            asciiClasses[code] = (byte)LookUp(code);
            neighbours[asciiClasses[code]] = Collapse(Neighbours.Of(code), used);
        }

        int firstBeyond = Array.BinarySearch(starts, 0x80);
        firstBeyond = firstBeyond >= 0 ? firstBeyond : ~firstBeyond - 1;
        uniform = classes.AsSpan(firstBeyond).ContainsAnyExcept(classes[firstBeyond]) ? -1 : classes[firstBeyond];
        Used = used;
    }

    /// <summary>The assertions that the pattern makes; neighbours are told apart only as far as they matter.</summary>
    public Assertions Used { get; }

    /// <summary>The class of the end of the text.</summary>
    public int End { get; }

    /// <summary>How many classes there are, the end of the text included.</summary>
    public int Count => End + 1;

    public ReadOnlySpan<byte> AsciiClasses => asciiClasses;

    public static Alphabet Of(IEnumerable<CodeSet> sets, Assertions used)
    {
        var all = sets.ToHashSet();
        if ((used & (Assertions.LineStart | Assertions.LineEnd)) != 0)
        {
            all.Add(CodeSet.Of('\n'));
        }

        if ((used & (Assertions.WordBoundary | Assertions.NotWordBoundary)) != 0)
        {
            all.Add(CodeSet.WordCharacters);
        }

        var cuts = new SortedSet<int> { 0 };
        foreach (CodeSet set in all)
        {
            foreach ((int first, int last) in set.Ranges)
            {
                cuts.Add(first);
                if (last < CodeSet.Last)
                {
                    cuts.Add(last + 1);
                }
            }
        }

        int[] starts = [.. cuts];
        int[] classes = new int[starts.Length];
        int made = 1;
        foreach (CodeSet set in all)
        {
            Split(starts, classes, set, ref made);
        }

        return new Alphabet(starts, classes, Renumber(classes), used);
    }

    public Neighbour NeighbourOf(int characterClass) => neighbours[characterClass];

    /// <summary>What stands before a position, as far as the pattern can tell.</summary>
    public Neighbour Before(ReadOnlySpan<byte> text, int at) =>
        at > 0 ? Collapse(Neighbours.Of(text[at - 1]), Used) : Neighbour.Edge;

    public Neighbour After(ReadOnlySpan<byte> text, int at) =>
        at < text.Length ? Collapse(Neighbours.Of(text[at]), Used) : Neighbour.Edge;

    /// <summary>The class of the character that begins at a position.</summary>
    public int ClassAt(ReadOnlySpan<byte> text, int at, out int width)
    {
        if (text[at] < 0x80)
        {
            width = 1;
            return asciiClasses[text[at]];
        }

        bool isValid = Rune.DecodeFromUtf8(text[at..], out Rune rune, out width) == OperationStatus.Done;
        width = isValid ? width : 1;
        return uniform >= 0 ? uniform : LookUp(rune.Value);
    }

    /// <summary>The class of the character that ends at a position.</summary>
    public int ClassBefore(ReadOnlySpan<byte> text, int at, out int width)
    {
        if (text[at - 1] < 0x80)
        {
            width = 1;
            return asciiClasses[text[at - 1]];
        }

        for (width = 2; width <= Math.Min(4, at); width++)
        {
            if (Rune.DecodeFromUtf8(text[(at - width)..at], out Rune rune, out int consumed) == OperationStatus.Done && consumed == width)
            {
                return LookUp(rune.Value);
            }
        }

        width = 1;
        return LookUp(Rune.ReplacementChar.Value);
    }

    /// <summary>The classes that make up a set.</summary>
    public int[] ClassesOf(CodeSet set)
    {
        var members = new HashSet<int>();
        foreach ((int first, int last) in set.Ranges)
        {
            for (int i = Array.BinarySearch(starts, first); i < starts.Length && starts[i] <= last; i++)
            {
                members.Add(classes[i]);
            }
        }

        return [.. members];
    }

    /// <summary>The bytes that characters of a class begin with; beyond ASCII all of them, roughly.</summary>
    public void AddFirstBytesOf(int characterClass, SortedSet<byte> bytes)
    {
        for (int code = 0; code < asciiClasses.Length; code++)
        {
            if (asciiClasses[code] == characterClass)
            {
                bytes.Add((byte)code);
            }
        }

        for (int i = 0; i < starts.Length; i++)
        {
            bool reachesBeyond = i + 1 == starts.Length || starts[i + 1] > 0x80;
            if (classes[i] == characterClass && reachesBeyond)
            {
                bytes.UnionWith(Enumerable.Range(0x80, 0x80).Select(b => (byte)b));
                return;
            }
        }
    }

    private static Neighbour Collapse(Neighbour neighbour, Assertions used) => neighbour switch
    {
        Neighbour.NewLine when (used & (Assertions.LineStart | Assertions.LineEnd)) == 0 => Neighbour.Other,
        Neighbour.Word when (used & (Assertions.WordBoundary | Assertions.NotWordBoundary)) == 0 => Neighbour.Other,
        _ => neighbour,
    };

    /// <summary>Gives the members of a set classes that only members have.</summary>
    private static void Split(int[] starts, int[] classes, CodeSet set, ref int made)
    {
        var inside = new Dictionary<int, int>();
        foreach ((int first, int last) in set.Ranges)
        {
            for (int i = Array.BinarySearch(starts, first); i < starts.Length && starts[i] <= last; i++)
            {
                if (!inside.TryGetValue(classes[i], out int split))
                {
                    inside[classes[i]] = split = made++;
                }

                classes[i] = split;
            }
        }
    }

    private static int Renumber(int[] classes)
    {
        var numbers = new Dictionary<int, int>();
        for (int i = 0; i < classes.Length; i++)
        {
            if (!numbers.TryGetValue(classes[i], out int number))
            {
                numbers[classes[i]] = number = numbers.Count;
            }

            classes[i] = number;
        }

        return numbers.Count;
    }

    private int LookUp(int code)
    {
        int found = Array.BinarySearch(starts, code);
        return classes[found >= 0 ? found : ~found - 1];
    }
}
