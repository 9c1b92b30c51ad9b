using Mapping.Diagnostics;
using Mapping.Syntax.Classification;
using Mapping.Text;

namespace Mapping.Syntax.Parsing;

/// <summary>The report on a token that the classifier already found to be wrong.</summary>
internal readonly record struct InvalidToken(string Code, TextSpan Span, string Message, string? Hint = null)
{
    public static InvalidToken Describe(SyntaxToken token, SourceText source, Func<SyntaxToken, string> opened)
    {
        string text = source.Content.Substring(token.Span.Start, token.Span.Length);
        TextSpan span = token.Span;
        return token.Problem switch
        {
            Problem.MissingBlankBefore => new(DiagnosticCodes.MissingBlank, span, $"expected a blank before `{text}`"),
            Problem.MissingBlankAfter => new(DiagnosticCodes.MissingBlank, span, $"expected a blank after `{text}`"),
            Problem.BlankBeforeDot => new(DiagnosticCodes.UnexpectedText, span, "a blank can't stand before `.`", "only a line break can"),
            Problem.LiteralWithRest => LiteralWithRest(span, text),
            Problem.NumberWithRest => NumberWithRest(span, text),
            Problem.TripleQuotedKey => new(
                DiagnosticCodes.UnexpectedText, Opening(span, 3), "a triple quoted string can't be a key", "put it in parentheses"),
            Problem.StringNotClosed => new(DiagnosticCodes.UnterminatedString, Opening(span, 1), "this string is never closed", "add the closing quote"),
            Problem.LineBreakInString => new(
                DiagnosticCodes.LineBreakInString,
                Opening(span, 1),
                "a string can't contain a line break",
                "use \\n or a triple quoted string"),
            Problem.TripleNotClosed => new(DiagnosticCodes.UnterminatedString, Opening(span, 3), "this triple quoted string is never closed", "it ends with \"\"\""),
            Problem.NotClosed => NotClosed(token, source, opened),
            Problem.BlockExpected => new(DiagnosticCodes.UnexpectedText, span, "expected `{` after the condition"),
            Problem.MapBraceOnNextLine => new(DiagnosticCodes.UnexpectedText, span, "expected `{` on the line of `map`"),
            Problem.FileReferenceNotAlone => new(
                DiagnosticCodes.FileReferenceNotAlone, span, "`from` replaces the whole mapping, nothing else can stand beside it", "use `import` for maps"),
            _ => new(DiagnosticCodes.UnexpectedText, span, "this is not expected here"),
        };
    }

    private static InvalidToken NotClosed(SyntaxToken token, SourceText source, Func<SyntaxToken, string> opened)
    {
        if (token.Opener is not { } opener)
        {
            return new(DiagnosticCodes.UnexpectedText, token.Span, "this is not expected here");
        }

        char bracket = source.Content[opener.Span.Start];
        char closer = bracket switch { '(' => ')', '[' => ']', _ => '}' };
        return new(DiagnosticCodes.UnexpectedText, token.Span, $"expected `{closer}` to close the `{bracket}` opened at {opened(opener)}");
    }

    private static InvalidToken LiteralWithRest(TextSpan span, string text)
    {
        string literal = text[0] switch { 't' => "true", 'f' => "false", _ => "null" };
        return new(
            DiagnosticCodes.UnexpectedText,
            TextSpan.FromBounds(span.Start + literal.Length, span.End),
            $"expected an operator or a line break after `{literal}`",
            $"for the field of that name write this.{text}");
    }

    private static InvalidToken NumberWithRest(TextSpan span, string text)
    {
        int end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '.' or '-'))
        {
            end++;
        }

        string rest = text[end..];
        string hint = rest[0] switch
        {
            'e' or 'E' => "numbers have no exponent; write out the zeros",
            'x' or 'X' or 'b' or 'o' when text[..end] is "0" => "numbers are decimal only",
            '_' => "numbers have no separators",
            _ => $"for the field of that name write this.{text}",
        };
        return new(DiagnosticCodes.UnexpectedText, TextSpan.FromBounds(span.Start + end, span.End), $"unexpected `{rest}` after the number {text[..end]}", hint);
    }

    private static TextSpan Opening(TextSpan span, int length) => new(span.Start, Math.Min(length, span.Length));
}
