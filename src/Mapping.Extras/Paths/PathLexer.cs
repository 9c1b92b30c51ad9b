using System.Globalization;
using System.Text;
using Mapping.Values;

namespace Mapping.Extras.Paths;

/// <summary>Cuts a path expression into tokens. Symbols come singly; the parser joins those of operators.</summary>
internal sealed class PathLexer(string text)
{
    private const string Escapes = "abfnrtv\\'\"/";
    private const string Escaped = "\a\b\f\n\r\t\v\\'\"/";

    private int position;

    /// <summary>Where the next token may start; a token can be given back by setting it.</summary>
    public int Position
    {
        get => position;
        set => position = value;
    }

    /// <summary>The symbol that follows immediately, without a blank between.</summary>
    public char Adjacent => position < text.Length ? text[position] : '\0';

    public PathToken Next()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        int start = position;
        if (start == text.Length)
        {
            return new PathToken(PathTokenKind.End, string.Empty, default, start + 1);
        }

        char first = text[start];
        if (char.IsLetter(first) || first == '_')
        {
            while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] == '_'))
            {
                position++;
            }

            return new PathToken(PathTokenKind.Name, text[start..position], default, start + 1);
        }

        if (char.IsAsciiDigit(first) || (first == '.' && start + 1 < text.Length && char.IsAsciiDigit(text[start + 1])))
        {
            return Number(start);
        }

        if (first is '"' or '\'' or '`')
        {
            return Text(start, first);
        }

        position++;
        return new PathToken(PathTokenKind.Symbol, first.ToString(), default, start + 1);
    }

    private PathToken Number(int start)
    {
        SkipDigits();
        if (position < text.Length && text[position] == '.')
        {
            position++;
            SkipDigits();
        }

        if (position < text.Length && text[position] is 'e' or 'E')
        {
            int mark = position++;
            position += position < text.Length && text[position] is '+' or '-' ? 1 : 0;
            int digits = position;
            SkipDigits();
            position = position == digits ? mark : position;
        }

        double value = double.Parse(text.AsSpan(start, position - start), NumberStyles.Float, CultureInfo.InvariantCulture);
        return new PathToken(PathTokenKind.Number, string.Empty, Value.FromFloat64(value), start + 1);
    }

    private void SkipDigits()
    {
        while (position < text.Length && char.IsAsciiDigit(text[position]))
        {
            position++;
        }
    }

    private PathToken Text(int start, char quote)
    {
        var content = new StringBuilder();
        for (position++; position < text.Length; position++)
        {
            char c = text[position];
            if (c == quote)
            {
                position++;
                return new PathToken(PathTokenKind.Text, string.Empty, Value.FromString(content.ToString()), start + 1);
            }

            if (c != '\\' || quote == '`')
            {
                content.Append(c);
            }
            else if (!TryEscape(content))
            {
                return new PathToken(PathTokenKind.Bad, $"an invalid escape at position {position + 1}", default, start + 1);
            }
        }

        return new PathToken(PathTokenKind.Bad, $"a string without end at position {start + 1}", default, start + 1);
    }

    /// <summary>Reads what follows a backslash; stands on its last character afterwards.</summary>
    private bool TryEscape(StringBuilder content)
    {
        if (++position == text.Length)
        {
            return false;
        }

        int known = Escapes.IndexOf(text[position], StringComparison.Ordinal);
        if (known >= 0)
        {
            content.Append(Escaped[known]);
            return true;
        }

        int digits = text[position] switch { 'x' => 2, 'u' => 4, _ => 0 };
        if (digits == 0 || position + digits >= text.Length
            || !int.TryParse(text.AsSpan(position + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code))
        {
            return false;
        }

        content.Append((char)code);
        position += digits;
        return true;
    }
}
