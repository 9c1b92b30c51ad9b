using System.Runtime.CompilerServices;

namespace Mapping.Values;

/// <summary>The text of a failure with values in it; not made, and the values not even formatted, when nobody will read it.</summary>
[InterpolatedStringHandler]
internal ref struct FailureText
{
    private DefaultInterpolatedStringHandler text;

    public FailureText(int literalLength, int formattedCount, out bool isRead)
    {
        isRead = !Wording.IsOff;
        text = isRead ? new DefaultInterpolatedStringHandler(literalLength, formattedCount) : default;
    }

    public void AppendLiteral(string literal) => text.AppendLiteral(literal);

    public void AppendFormatted<T>(T value) => text.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string? format) => text.AppendFormatted(value, format);

    public string ToText() => text.ToStringAndClear();
}
