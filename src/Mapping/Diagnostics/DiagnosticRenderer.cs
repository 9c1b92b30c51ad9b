using System.Globalization;
using System.Text;
using Mapping.Text;

namespace Mapping.Diagnostics;

/// <summary>Prints a diagnostic with the line it speaks of and a caret under the culprit.</summary>
internal static class DiagnosticRenderer
{
    private const int LongestLine = 160;

    public static string Render(Diagnostic diagnostic)
    {
        var text = new StringBuilder();
        text.Append(RenderHead(diagnostic)).Append('\n');
        AppendSnippet(text, diagnostic, diagnostic.Position);
        foreach (string note in diagnostic.Notes ?? [])
        {
            text.Append("  = ").Append(note).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>The first line alone: <c>orders.blobl:3:19: error M204: message</c>.</summary>
    public static string RenderHead(Diagnostic diagnostic)
    {
        TextPosition position = diagnostic.Position;
        return string.Create(CultureInfo.InvariantCulture, $"{diagnostic.Source.Name ?? "mapping"}:{position.Line}:{position.Column}: {Name(diagnostic.Severity)} {diagnostic.Code}: {diagnostic.Message}");
    }

    /// <summary>The one-line form: <c>line 3 char 19: message</c>.</summary>
    public static string RenderLine(Diagnostic diagnostic)
    {
        TextPosition position = diagnostic.Position;
        return string.Create(CultureInfo.InvariantCulture, $"line {position.Line} char {position.Column}: {diagnostic.Message}");
    }

    private static void AppendSnippet(StringBuilder text, Diagnostic diagnostic, TextPosition position)
    {
        ReadOnlySpan<char> line = diagnostic.Source.LineText(position.Line);
        int caret = CaretIndex(line, position.Column);
        int first = caret > LongestLine - 40 ? caret - 40 : 0;
        ReadOnlySpan<char> shown = line[first..Math.Min(line.Length, first + LongestLine)];
        string number = position.Line.ToString(CultureInfo.InvariantCulture);
        text.Append("  ").Append(number).Append(" | ").Append(diagnostic.Source.Shown(diagnostic.Source.StartOf(position.Line) + first, shown.Length)).Append('\n');
        text.Append(' ', number.Length + 2).Append(" | ");
        foreach (char c in line[first..caret])
        {
            // A tab stays a tab, so that the caret stands under its column in every terminal.
            if (!char.IsLowSurrogate(c))
            {
                text.Append(c == '\t' ? '\t' : ' ');
            }
        }

        int length = Math.Clamp(diagnostic.Span.Length, 1, Math.Max(1, first + shown.Length - caret));
        text.Append('^', length);
        if (diagnostic.Hint is { } hint)
        {
            text.Append(' ').Append(hint);
        }

        text.Append('\n');
    }

    private static int CaretIndex(ReadOnlySpan<char> line, int column)
    {
        int index = 0;
        for (int left = column - 1; left > 0 && index < line.Length; left--)
        {
            index += char.IsHighSurrogate(line[index]) && index + 1 < line.Length ? 2 : 1;
        }

        return index;
    }

    private static string Name(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "info",
    };
}
