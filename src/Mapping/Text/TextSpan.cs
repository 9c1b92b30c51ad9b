namespace Mapping.Text;

/// <summary>A range of UTF-16 offsets in a <see cref="SourceText"/>.</summary>
public readonly record struct TextSpan(int Start, int Length)
{
    public int End => Start + Length;

    public static TextSpan FromBounds(int start, int end) => new(start, end - start);

    /// <summary>The smallest span that covers both.</summary>
    public TextSpan To(TextSpan last) => FromBounds(Start, Math.Max(End, last.End));
}
