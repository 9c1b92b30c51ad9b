using System.Globalization;
using Mapping.Text;

namespace Mapping.Pipeline.Config;

internal enum ScalarKind
{
    Null,
    Bool,
    Integer,
    Float,
    String,
}

/// <summary>A scalar with its text after unescaping and substitution of variables.</summary>
/// <param name="source">Where it was written.</param>
/// <param name="span">The scalar as written.</param>
/// <param name="text">What it says.</param>
/// <param name="isPlain">Without quotes: the text decides the type. Quoted and block scalars are strings.</param>
/// <param name="origin">From offsets of the text to offsets of the source; null when all stands for the start.</param>
internal sealed class ScalarNode(SourceText source, TextSpan span, string text, bool isPlain, Func<int, int>? origin = null) : ConfigNode(source, span)
{
    public string Text { get; } = text;

    public bool IsPlain { get; } = isPlain;

    public ScalarKind Kind { get; } = isPlain ? KindOf(text) : ScalarKind.String;

    /// <summary>It is, or holds, the value of an environment variable; shown as written when a configuration is echoed.</summary>
    public string? Written { get; init; }

    public override string Found => Kind switch
    {
        ScalarKind.Null => "nothing",
        ScalarKind.Bool => $"the bool {Text}",
        ScalarKind.Integer or ScalarKind.Float => $"the number {Text}",
        _ => "a string",
    };

    /// <summary>A part of the text as a part of the source.</summary>
    public TextSpan SpanOf(TextSpan part)
    {
        if (origin is null)
        {
            return new TextSpan(Span.Start, Math.Min(Span.Length, 1));
        }

        int start = origin(part.Start);
        return TextSpan.FromBounds(start, Math.Max(start, part.Length == 0 ? start : origin(part.End - 1) + 1));
    }

    /// <summary>The offset of the source that an offset of the text stands for.</summary>
    public int OriginOf(int offset) => origin?.Invoke(offset) ?? Span.Start;

    private static ScalarKind KindOf(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarKind.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarKind.Bool,
        _ when IsInteger(text) => ScalarKind.Integer,
        _ when IsFloat(text) => ScalarKind.Float,
        _ => ScalarKind.String,
    };

    private static bool IsInteger(string text)
    {
        ReadOnlySpan<char> digits = text[0] is '-' or '+' ? text.AsSpan(1) : text;
        return !digits.IsEmpty && digits.IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static bool IsFloat(string text) =>
        (char.IsAsciiDigit(text[^1]) || text[^1] == '.')
        && HasOnlyNumberCharacters(text)
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static bool HasOnlyNumberCharacters(string text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c) && c is not ('+' or '-' or '.' or 'e' or 'E'))
            {
                return false;
            }
        }

        return true;
    }
}
