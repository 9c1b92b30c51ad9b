using System.Diagnostics.CodeAnalysis;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>A text with strftime directives, compiled to its elements. Immutable.</summary>
internal sealed partial class StrftimeLayout
{
    private const string Known = "YyCGgmBbhAawuVUWdejHkIlpPMSsfZzntc+vFDxTXrR%";

    private readonly Element[] elements;

    private StrftimeLayout(Element[] elements) => this.elements = elements;

    /// <summary>For formatting: what is no directive stays as it is.</summary>
    public static StrftimeLayout Compile(ReadOnlySpan<byte> layout) => new([.. Split(layout)]);

    /// <summary>For reading: flags and unknown directives are refused, composed directives are taken apart.</summary>
    public static bool TryCompileReader(
        ReadOnlySpan<byte> layout,
        [NotNullWhen(true)] out StrftimeLayout? compiled,
        [NotNullWhen(false)] out string? problem)
    {
        compiled = null;
        var elements = new List<Element>();
        foreach (Element element in Split(layout))
        {
            if (element.Directive == 0 && element.Text is [(byte)'%', ..])
            {
                problem = $"\"{System.Text.Encoding.UTF8.GetString(element.Text)}\" is no directive that can be read";
                return false;
            }

            if (element.Flag != 0 || element.Width >= 0)
            {
                problem = $"flags and widths, as in %{element.Flag}{element.Directive}, are for formatting only";
                return false;
            }

            elements.AddRange(Expansion(element.Directive) is { } parts ? Split(parts) : [element]);
        }

        compiled = new StrftimeLayout([.. elements]);
        problem = null;
        return true;
    }

    /// <summary>What a composed directive stands for.</summary>
    private static byte[]? Expansion(char directive) => directive switch
    {
        'c' => "%a %b %e %H:%M:%S %Y"u8.ToArray(),
        '+' => "%a %b %e %H:%M:%S %Z %Y"u8.ToArray(),
        'v' => "%e-%b-%Y"u8.ToArray(),
        'F' => "%Y-%m-%d"u8.ToArray(),
        'D' or 'x' => "%m/%d/%y"u8.ToArray(),
        'T' or 'X' => "%H:%M:%S"u8.ToArray(),
        'r' => "%I:%M:%S %p"u8.ToArray(),
        'R' => "%H:%M"u8.ToArray(),
        _ => null,
    };

    private static List<Element> Split(ReadOnlySpan<byte> layout)
    {
        var elements = new List<Element>();
        while (!layout.IsEmpty)
        {
            int percent = layout.IndexOf((byte)'%');
            if (percent != 0)
            {
                ReadOnlySpan<byte> literal = percent < 0 ? layout : layout[..percent];
                elements.Add(new Element(literal.ToArray()));
                layout = layout[literal.Length..];
                continue;
            }

            Element element = Directive(layout, out int length);
            elements.Add(element);
            layout = layout[length..];
        }

        return elements;
    }

    private static Element Directive(ReadOnlySpan<byte> text, out int length)
    {
        int at = 1;
        char flag = (char)0;
        if (at < text.Length && "-_0^#".Contains((char)text[at], StringComparison.Ordinal))
        {
            flag = (char)text[at++];
        }

        int width = -1;
        while (at < text.Length && char.IsAsciiDigit((char)text[at]) && width < 1_000)
        {
            width = (Math.Max(width, 0) * 10) + (text[at++] - '0');
        }

        int colons = 0;
        while (at < text.Length && text[at] == ':' && colons < 3)
        {
            colons++;
            at++;
        }

        bool known = at < text.Length && Known.Contains((char)text[at], StringComparison.Ordinal) && (colons == 0 || text[at] == 'z');
        length = Math.Min(at + 1, text.Length);
        return known ? new Element(text[..length].ToArray(), (char)text[at], flag, width, colons) : new Element(text[..length].ToArray());
    }

    /// <param name="Text">As written.</param>
    /// <param name="Directive">The letter, 0 for literal text.</param>
    /// <param name="Flag">0 for none.</param>
    /// <param name="Width">-1 for none.</param>
    /// <param name="Colons">Before <c>z</c>.</param>
    private sealed record Element(byte[] Text, char Directive = (char)0, char Flag = (char)0, int Width = -1, int Colons = 0);
}
