using Mapping.Values;

namespace Mapping.Extras.Paths;

internal enum PathTokenKind
{
    End,
    Name,
    Number,
    Text,
    Symbol,

    /// <summary>Something that begins no token.</summary>
    Bad,
}

/// <summary>A token of a path expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Spelling">A name, a symbol, or what is wrong.</param>
/// <param name="Value">Of a number or text.</param>
/// <param name="Position">Where it starts, in characters from 1.</param>
internal readonly record struct PathToken(PathTokenKind Kind, string Spelling, Value Value, int Position)
{
    public bool Is(string symbol) => Kind == PathTokenKind.Symbol && Spelling == symbol;

    public override string ToString() => Kind switch
    {
        PathTokenKind.End => "the end",
        PathTokenKind.Bad => Spelling,
        PathTokenKind.Name or PathTokenKind.Symbol => $"{Spelling} at position {Position}",
        _ => $"{Value} at position {Position}",
    };
}
