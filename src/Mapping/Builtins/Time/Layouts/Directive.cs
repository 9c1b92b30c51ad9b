namespace Mapping.Builtins.Time.Layouts;

/// <summary>One piece of a strftime format.</summary>
/// <param name="Text">As it was written: what a literal, and a directive that is not known, prints.</param>
/// <param name="Letter">The letter after the flags; zero for a literal.</param>
internal sealed record Directive(byte[] Text, byte Letter = 0)
{
    /// <summary>Colons before the letter z.</summary>
    public int Colons { get; init; }

    /// <summary><c>-</c>, <c>_</c>, <c>0</c>, or zero for the directive's own.</summary>
    public byte Padding { get; init; }

    public bool IsUpper { get; init; }

    public bool IsSwapped { get; init; }

    /// <summary>The smallest width, or zero for the directive's own.</summary>
    public int Width { get; init; }

    /// <summary>The format that a composite such as <c>%F</c> stands for.</summary>
    public StrftimeLayout? Nested { get; init; }

    public bool IsPlain => Padding == 0 && Width == 0 && !IsUpper && !IsSwapped;
}
