namespace Mapping.Builtins.Strings.Patterns;

/// <summary>A set of code points as sorted ranges that neither overlap nor touch.</summary>
internal sealed class CodeSet
{
    public const int Last = 0x10FFFF;

    public static readonly CodeSet All = new([(0, Last)]);
    public static readonly CodeSet AllButNewLine = Of('\n').Negated();
    public static readonly CodeSet Digits = Of(('0', '9'));
    public static readonly CodeSet Spaces = Of(('\t', '\n'), ('\f', '\r'), (' ', ' '));
    public static readonly CodeSet WordCharacters = Of(('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z'));

    private readonly (int First, int Last)[] ranges;

    private CodeSet((int First, int Last)[] ranges) => this.ranges = ranges;

    public ReadOnlySpan<(int First, int Last)> Ranges => ranges;

    public static CodeSet Of(int code) => new([(code, code)]);

    /// <summary>A set of ranges in any order.</summary>
    public static CodeSet Of(params IEnumerable<(int First, int Last)> ranges)
    {
        var merged = new List<(int First, int Last)>();
        foreach ((int first, int last) in ranges.Order())
        {
            if (merged.Count > 0 && first <= merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, last));
            }
            else
            {
                merged.Add((first, last));
            }
        }

        return new CodeSet([.. merged]);
    }

    public CodeSet With(CodeSet other) => Of(ranges.Concat(other.ranges));

    public CodeSet Negated()
    {
        var gaps = new List<(int First, int Last)>();
        int next = 0;
        foreach ((int first, int last) in ranges)
        {
            if (first > next)
            {
                gaps.Add((next, first - 1));
            }

            next = last + 1;
        }

        if (next <= Last)
        {
            gaps.Add((next, Last));
        }

        return new CodeSet([.. gaps]);
    }

    public bool Contains(int code)
    {
        int low = 0;
        int high = ranges.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (code < ranges[middle].First)
            {
                high = middle - 1;
            }
            else if (code > ranges[middle].Last)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The set with the other case forms of its members.</summary>
    public CodeSet WithOtherCases() => With(Of(CaseOrbits.Others(this)));
}
