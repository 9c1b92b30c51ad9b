using System.Globalization;

namespace Mapping.Builtins.Strings.Segmentation;

/// <summary>
/// One property of all code points. <c>BreakClasses.txt</c> holds the word and sentence break properties and the emoji
/// property Extended_Pictographic of Unicode 15.0: kind of property, class, then its ranges.
/// </summary>
internal sealed class BreakTable<TClass>
    where TClass : struct, Enum
{
    private const int DirectCodes = 0x800;

    private readonly int[] starts;
    private readonly TClass[] classes;
    private readonly TClass[] direct;

    private BreakTable(int[] starts, TClass[] classes)
    {
        this.starts = starts;
        this.classes = classes;
        direct = [.. Enumerable.Range(0, DirectCodes).Select(Find)];
    }

    public TClass this[int code] => code < DirectCodes ? direct[code] : Find(code);

    public static BreakTable<TClass> Load(string kind)
    {
        var ranges = new List<(int First, int Last, TClass Class)>();
        using Stream stream = typeof(BreakTable<TClass>).Assembly.GetManifestResourceStream("BreakClasses.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            string[] parts = line.Split(' ');
            if (parts[0] == kind)
            {
                TClass name = Enum.Parse<TClass>(parts[1]);
                ranges.AddRange(parts.Skip(2).Select(text => Range(text, name)));
            }
        }

        ranges.Sort(static (a, b) => a.First.CompareTo(b.First));
        var starts = new List<int> { 0 };
        var classes = new List<TClass> { default };
        foreach ((int first, int last, TClass name) in ranges)
        {
            if (starts[^1] == first)
            {
                // The gap that the previous range left open is empty.
                starts.RemoveAt(starts.Count - 1);
                classes.RemoveAt(classes.Count - 1);
            }

            starts.AddRange([first, last + 1]);
            classes.AddRange([name, default]);
        }

        return new BreakTable<TClass>([.. starts], [.. classes]);
    }

    private TClass Find(int code)
    {
        int at = Array.BinarySearch(starts, code);
        return classes[at >= 0 ? at : ~at - 1];
    }

    private static (int First, int Last, TClass Class) Range(string text, TClass name)
    {
        string[] bounds = text.Split('-');
        return (int.Parse(bounds[0], NumberStyles.HexNumber), int.Parse(bounds[^1], NumberStyles.HexNumber), name);
    }
}
