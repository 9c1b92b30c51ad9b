using Antlr4.Runtime;
using Mapping.Diagnostics;
using Mapping.Syntax.Classification;
using Mapping.Text;
using static Mapping.Syntax.Generated.BloblangParser;

namespace Mapping.Syntax.Parsing;

/// <summary>Says in plain words what is wrong at a token the parser can't place.</summary>
internal sealed class SyntaxErrors(SourceText source, SyntaxTokenStream stream, DiagnosticBag diagnostics)
{
    private readonly SyntaxHints hints = new(source, stream);
    private int lastIndex = -1;

    public int Count { get; private set; }

    public void Report(SyntaxToken token, ParserRuleContext context)
    {
        if (!IsNew(token))
        {
            return;
        }

        if (token.Type == INVALID)
        {
            InvalidToken invalid = InvalidToken.Describe(token, source, Opened);
            Add(invalid.Code, invalid.Span, invalid.Message, invalid.Hint);
            return;
        }

        Expected expected = Expect(token, context);
        string code = source.Content.Length > token.Span.Start && token.Type == ILLEGAL ? DiagnosticCodes.IllegalCharacter : expected.Code;
        Add(code, hints.Culprit(token), expected.Message, hints.For(token, context) ?? expected.Hint);
    }

    public void ReportNesting(SyntaxToken token)
    {
        if (IsNew(token))
        {
            Add(DiagnosticCodes.NestedTooDeeply, token.Span, $"nested more than {MappingParser.DeepestNesting} levels deep", null);
        }
    }

    private bool IsNew(SyntaxToken token)
    {
        bool known = token.TokenIndex == lastIndex || (Count > 0 && token.Type == TokenConstants.EOF && token.Opener is null);
        lastIndex = token.TokenIndex;
        return !known;
    }

    private void Add(string code, TextSpan span, string message, string? hint)
    {
        Count++;
        diagnostics.Error(code, source, span, message, hint);
    }

    private Expected Expect(SyntaxToken token, ParserRuleContext context) => context switch
    {
        OperandContext => new($"expected an expression{After(token)}"),
        TailContext => new("expected a field name, a method or `(` after `.`", "a name with other characters is quoted, as in .\"a-b\""),
        GroupContext => new($"expected `)` to close the `(` opened at {Opened(context.Start)}"),
        CallContext => new($"expected `,` or `)` in the arguments of `{hints.TextOf(context.Start)}`"),
        ArrayContext => new($"expected {ValueOr(token)}`]` to close the `[` opened at {Opened(context.Start)}"),
        ObjectContext => new($"expected {(IsAfter(token, OPEN_OBJECT, COMMA) ? "a key or " : "`,` or ")}`}}` to close the `{{` opened at {Opened(context.Start)}"),
        EntryContext => new("expected `:` after the key", "a key is a quoted string, or an expression in parentheses"),
        ValueBlockContext or BlockContext when context.ChildCount > 0
            => new($"expected {(context is BlockContext ? "a statement or " : string.Empty)}`}}` to close the `{{` opened at {Opened(context.Start)}"),
        ValueBlockContext or BlockContext => new($"expected `{{`{After(token)}"),
        MatchContext when HasToken(context, OPEN_CASES) => new("expected a match case or `}`"),
        MatchContext => new($"expected `{{` with the match cases{After(token)}"),
        MatchCaseContext when HasToken(context, FAT_ARROW) => new("expected a line break, `,` or `}` after the match case"),
        MatchCaseContext => new("expected `=>` after the pattern of the match case"),
        LetStatementContext when context.ChildCount < 2 => new("expected a variable name after `let`"),
        MapStatementContext => new("expected a map name after `map`"),
        ImportStatementContext => new("expected a quoted file path after `import`"),
        MetaStatementContext when context.ChildCount < 2 => new("expected a metadata key or `=` after `meta`"),
        LetStatementContext or MetaStatementContext => new($"expected `=`{After(token)}"),
        AssignmentContext => ExpectInPath(token),
        StatementContext when context.ChildCount > 0 => ExpectEnd(token),
        StatementContext => new("expected a statement"),
        _ => new("this is not expected here"),
    };

    private Expected ExpectInPath(SyntaxToken token) => IsAfter(token, DOT)
        ? new("expected a field name after `.`", "a name with other characters is quoted, as in root.\"a-b\"")
        : new($"expected `=`{After(token)}");

    private Expected ExpectEnd(SyntaxToken token)
    {
        if (token.Opener is { } opener && (token.Type == TokenConstants.EOF || token.Type is CLOSE_PAREN or CLOSE_BRACKET))
        {
            return new($"expected `}}` to close the `{{` opened at {Opened(opener)}");
        }

        return token.Type switch
        {
            CLOSE_PAREN or CLOSE_BRACKET or CLOSE_BRACE => new($"`{hints.TextOf(token)}` closes nothing"),
            _ when hints.BeginsStatement(token) => new(
                "expected a line break before the next statement", "two statements never share a line", DiagnosticCodes.MissingLineBreak),
            _ => new($"expected an operator or a line break{After(token)}"),
        };
    }

    private string ValueOr(SyntaxToken token) => IsAfter(token, OPEN_BRACKET, COMMA) ? "an expression or " : "`,` or ";

    private bool IsAfter(SyntaxToken token, int type, int other = int.MinValue)
        => token.TokenIndex > 0 && (stream[token.TokenIndex - 1].Type == type || stream[token.TokenIndex - 1].Type == other);

    private string After(SyntaxToken token)
    {
        if (token.TokenIndex == 0)
        {
            return string.Empty;
        }

        SyntaxToken previous = stream[token.TokenIndex - 1];
        if (previous.Type == END || previous.Type == INVALID)
        {
            return string.Empty;
        }

        string text = hints.TextOf(previous);
        return text.Length is > 0 and <= 30 && !text.Contains('\n', StringComparison.Ordinal) ? $" after `{text}`" : string.Empty;
    }

    private string Opened(IToken opener)
    {
        // A call begins at its name, its bracket is next.
        var token = (SyntaxToken)opener;
        TextPosition position = source.PositionOf((token.Type == CALLEE ? stream[token.TokenIndex + 1] : token).Span.Start);
        return $"{position.Line}:{position.Column}";
    }

    private static bool HasToken(ParserRuleContext context, int type) => context.GetToken(type, 0) is not null;

    private readonly record struct Expected(string Message, string? Hint = null, string Code = DiagnosticCodes.UnexpectedText);
}
