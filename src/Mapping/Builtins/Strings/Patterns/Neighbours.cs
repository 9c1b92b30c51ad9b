namespace Mapping.Builtins.Strings.Patterns;

/// <summary>What stands beside a place, as far as assertions can tell.</summary>
internal enum Neighbour : byte
{
    /// <summary>Nothing: the text begins or ends here.</summary>
    Edge,
    NewLine,
    Word,
    Other,
}

/// <summary>Decides assertions by the two neighbours of a place.</summary>
internal static class Neighbours
{
    public const int Kinds = 4;

    private static readonly Assertions[] Table = BuildTable();

    public static Neighbour Of(int code) => code switch
    {
        '\n' => Neighbour.NewLine,
        (>= '0' and <= '9') or (>= 'A' and <= 'Z') or '_' or (>= 'a' and <= 'z') => Neighbour.Word,
        _ => Neighbour.Other,
    };

    /// <summary>All assertions that hold between the two.</summary>
    public static Assertions Between(Neighbour left, Neighbour right) => Table[((int)left * Kinds) + (int)right];

    /// <summary>All assertions that hold at a position of a text.</summary>
    public static Assertions At(ReadOnlySpan<byte> text, int position) => Between(
        position == 0 ? Neighbour.Edge : Of(text[position - 1]),
        position == text.Length ? Neighbour.Edge : Of(text[position]));

    private static Assertions[] BuildTable()
    {
        var table = new Assertions[Kinds * Kinds];
        for (int i = 0; i < table.Length; i++)
        {
            var left = (Neighbour)(i / Kinds);
            var right = (Neighbour)(i % Kinds);
            table[i] = (left == Neighbour.Edge ? Assertions.TextStart | Assertions.LineStart : Assertions.None)
                | (left == Neighbour.NewLine ? Assertions.LineStart : Assertions.None)
                | (right == Neighbour.Edge ? Assertions.TextEnd | Assertions.LineEnd : Assertions.None)
                | (right == Neighbour.NewLine ? Assertions.LineEnd : Assertions.None)
                | ((left == Neighbour.Word) != (right == Neighbour.Word) ? Assertions.WordBoundary : Assertions.NotWordBoundary);
        }

        return table;
    }
}
