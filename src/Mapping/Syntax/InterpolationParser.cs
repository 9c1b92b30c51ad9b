using System.Text;
using Mapping.Diagnostics;
using Mapping.Text;

namespace Mapping.Syntax;

/// <summary>Splits an interpolated field into text and queries.</summary>
internal static class InterpolationParser
{
    public static InterpolationSyntax? Parse(SourceText source, DiagnosticBag diagnostics)
    {
        string text = source.Content;
        var parts = new List<InterpolationPartSyntax>();
        bool failed = false;
        int plain = 0;
        int at = 0;
        while ((at = text.IndexOf("${", at, StringComparison.Ordinal)) >= 0)
        {
            if (IsEscaped(text, at, out int end))
            {
                if (end < 0)
                {
                    diagnostics.Error(DiagnosticCodes.UnexpectedText, source, TextSpan.FromBounds(at, at + 4), "expected `}}` to close the escaped interpolation `${{!`");
                    return null;
                }

                AddText(parts, text, plain, at);
                string inner = string.Concat("${", text.AsSpan(at + 3, end - at - 4));
                parts.Add(new TextPartSyntax(Encoding.UTF8.GetBytes(inner), TextSpan.FromBounds(at, end)));
                plain = at = end;
            }
            else if (at + 2 < text.Length && text[at + 2] == '!')
            {
                AddText(parts, text, plain, at);
                end = QueryEnd.Find(text, at + 3);
                ExpressionSyntax? query = Query(source, at, end, diagnostics);
                failed |= query is null;
                if (query is not null)
                {
                    parts.Add(new ExpressionPartSyntax(query, TextSpan.FromBounds(at, end + 1)));
                }

                plain = at = Math.Min(end + 1, text.Length);
            }
            else
            {
                at += 2;
            }
        }

        AddText(parts, text, plain, text.Length);
        return failed ? null : new InterpolationSyntax(parts, new TextSpan(0, text.Length));
    }

    /// <summary><c>${{!</c> up to the first <c>}}</c>; the end is -1 when there is none.</summary>
    private static bool IsEscaped(string text, int at, out int end)
    {
        bool escaped = string.CompareOrdinal(text, at, "${{!", 0, 4) == 0;
        int close = escaped ? text.IndexOf("}}", at + 4, StringComparison.Ordinal) : -1;
        end = close < 0 ? -1 : close + 2;
        return escaped;
    }

    private static ExpressionSyntax? Query(SourceText source, int start, int end, DiagnosticBag diagnostics)
    {
        TextSpan part = TextSpan.FromBounds(start + 3, end);
        int before = diagnostics.Count;
        ExpressionSyntax? query = MappingParser.ParseExpression(source, part, diagnostics);
        if (query is null || diagnostics.Count > before)
        {
            return null;
        }

        if (end == source.Content.Length)
        {
            diagnostics.Error(DiagnosticCodes.UnexpectedText, source, new TextSpan(end, 0), "expected `}` to close the interpolation `${!`");
            return null;
        }

        TextSpan gap = BreakIn(source.Content, part.Start, query.Span.Start) is { Length: > 0 } leading ? leading : BreakIn(source.Content, query.Span.End, end);
        if (gap.Length > 0)
        {
            diagnostics.Error(DiagnosticCodes.UnexpectedText, source, gap, "only blanks can stand between an interpolated query and its braces");
            return null;
        }

        return query;
    }

    private static TextSpan BreakIn(string text, int start, int end)
    {
        int index = text.AsSpan(start, end - start).IndexOfAnyExcept(" \t");
        return index < 0 ? default : new TextSpan(start + index, 1);
    }

    private static void AddText(List<InterpolationPartSyntax> parts, string text, int start, int end)
    {
        if (end > start)
        {
            parts.Add(new TextPartSyntax(Encoding.UTF8.GetBytes(text, start, end - start), TextSpan.FromBounds(start, end)));
        }
    }
}
