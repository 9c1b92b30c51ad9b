using System.Text;

namespace Mapping.Text;

/// <summary>A mapping text and its name; the only place where offsets become lines and columns.</summary>
public sealed class SourceText
{
    private List<TextSpan>? hidden;
    private int[]? lineStarts;

    public SourceText(string content, string? name = null)
    {
        Content = content;
        Name = name;
    }

    /// <summary>The text as UTF-16; spans count in its units.</summary>
    public string Content { get; }

    /// <summary>The file the text came from, or null for a text given inline.</summary>
    public string? Name { get; }

    /// <summary>Decodes UTF-8; invalid bytes become U+FFFD, a byte order mark is kept and later refused by the lexer.</summary>
    public static SourceText FromUtf8(ReadOnlySpan<byte> utf8, string? name = null) => new(Encoding.UTF8.GetString(utf8), name);

    /// <summary>Line and column of an offset, both 1-based; columns count code points.</summary>
    public TextPosition PositionOf(int offset)
    {
        offset = Math.Clamp(offset, 0, Content.Length);
        int[] starts = LineStarts();
        int index = Array.BinarySearch(starts, offset);
        int line = index >= 0 ? index : ~index - 1;
        int column = 1;
        for (int i = starts[line]; i < offset; i++)
        {
            if (!char.IsLowSurrogate(Content[i]))
            {
                column++;
            }
        }

        return new TextPosition(line + 1, column);
    }

    /// <summary>The offset a 1-based line begins at.</summary>
    public int StartOf(int line) => LineStarts()[Math.Clamp(line, 1, LineStarts().Length) - 1];

    /// <summary>The text of a 1-based line, without its line break.</summary>
    public ReadOnlySpan<char> LineText(int line)
    {
        int[] starts = LineStarts();
        if (line < 1 || line > starts.Length)
        {
            return [];
        }

        int end = line < starts.Length ? starts[line] - 1 : Content.Length;
        return Content.AsSpan(starts[line - 1], end - starts[line - 1]).TrimEnd('\r');
    }

    /// <summary>A part of the text that must not be shown when a line is quoted, such as a password.</summary>
    internal void Hide(TextSpan part) => (hidden ??= []).Add(part);

    /// <summary>A part of a line as it may be shown: with a star for every character that is hidden, so that columns stay what they are.</summary>
    internal string Shown(int start, int length)
    {
        string text = Content.Substring(start, length);
        if (hidden is null || !hidden.Exists(part => part.Start < start + length && part.End > start))
        {
            return text;
        }

        var shown = new StringBuilder(length);
        for (int i = 0; i < length; i++)
        {
            bool isHidden = hidden.Exists(part => start + i >= part.Start && start + i < part.End);
            shown.Append(!isHidden ? text[i].ToString() : char.IsLowSurrogate(text[i]) ? string.Empty : "*");
        }

        return shown.ToString();
    }

    private int[] LineStarts()
    {
        if (lineStarts is { } known)
        {
            return known;
        }

        var starts = new List<int> { 0 };
        for (int i = 0; i < Content.Length; i++)
        {
            if (Content[i] == '\n')
            {
                starts.Add(i + 1);
            }
        }

        return lineStarts = [.. starts];
    }
}

/// <summary>A 1-based line and a 1-based column in code points.</summary>
public readonly record struct TextPosition(int Line, int Column);
