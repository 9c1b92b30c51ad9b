namespace Mapping.Builtins.Strings.Patterns;

/// <summary>A parsed regular expression.</summary>
internal abstract record PatternNode
{
    /// <summary>One character of a set.</summary>
    public sealed record OneOf(CodeSet Set) : PatternNode;

    /// <summary><c>^ $ \b \A \z</c>: a place that must look like this.</summary>
    public sealed record Anchor(Assertions Demand) : PatternNode;

    /// <summary><c>ab</c>; without items the empty pattern.</summary>
    public sealed record Sequence(IReadOnlyList<PatternNode> Items) : PatternNode;

    /// <summary><c>a|b</c>.</summary>
    public sealed record Choice(IReadOnlyList<PatternNode> Items) : PatternNode;

    /// <summary><c>a{min,max}</c>; a max of -1 is unbounded.</summary>
    public sealed record Repeat(PatternNode Item, int Min, int Max, bool IsLazy) : PatternNode;

    /// <summary><c>(a)</c>, the group of that number.</summary>
    public sealed record Capture(PatternNode Item, int Index) : PatternNode;
}
