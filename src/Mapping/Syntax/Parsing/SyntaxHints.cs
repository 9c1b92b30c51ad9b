using Antlr4.Runtime;
using Mapping.Syntax.Classification;
using Mapping.Text;
using static Mapping.Syntax.Generated.BloblangParser;

namespace Mapping.Syntax.Parsing;

/// <summary>Knows the habits people bring from other languages, and what to write instead.</summary>
internal sealed class SyntaxHints(SourceText source, SyntaxTokenStream stream)
{
    public string TextOf(IToken token)
    {
        TextSpan span = ((SyntaxToken)token).Span;
        return source.Content.Substring(span.Start, span.Length);
    }

    /// <summary>The token, or all of a character that takes two UTF-16 units.</summary>
    public TextSpan Culprit(SyntaxToken token)
    {
        int start = token.Span.Start;
        bool pair = token.Span.Length == 1 && start + 1 < source.Content.Length && char.IsSurrogatePair(source.Content[start], source.Content[start + 1]);
        return pair ? new TextSpan(start, 2) : token.Span;
    }

    /// <summary>Whether the token begins something like <c>root.b = </c>.</summary>
    public bool BeginsStatement(SyntaxToken token)
    {
        int index = token.TokenIndex;
        if (token.Type is not (NAME or PATH_NAME))
        {
            return false;
        }

        while (stream[index].Type is NAME or DOT or PATH_NAME or STRING)
        {
            index++;
        }

        return stream[index].Type is ASSIGN;
    }

    public string? For(SyntaxToken token, ParserRuleContext context)
    {
        string text = TextOf(token);
        SyntaxToken? previous = token.TokenIndex > 0 ? stream[token.TokenIndex - 1] : null;
        int type = token.Type;
        if (type == ILLEGAL)
        {
            return ForCharacter(token, text[0]);
        }

        return type switch
        {
            NAME => ForWord(token, previous, text, context),
            OPEN_PAREN when previous?.Type is NAME or PATH_NAME => ForCall(token, previous),
            OPEN_BRACKET when !token.AtOperand => "to index write .0 or .index(0), to look up a key .name or .get(\"name\")",
            SLASH when Follows(token, '/') || previous?.Type == SLASH => "a comment begins with #",
            PLUS => Follows(token, '=') ? AssignInPlace("+") : Follows(token, '+') ? "there is no `++`" : "a number has no plus sign",
            ASSIGN => ForAssign(previous, context),
            DOT when token.AtOperand && FollowsDigit(token) => "write the zero before the point, as in 0.5",
            DOT when token.AtOperand && previous?.Type != DOT => "a path begins with this, root or a name",
            EQUAL when context is AssignmentContext or LetStatementContext or MetaStatementContext or StatementContext => "assign with a single `=`",
            COLON when context is StatementContext => Follows(token, '=') ? "assign with `=`" : "assign with `=`, not with `:`",
            FAT_ARROW when context is CallContext or GroupContext => "a lambda is written with `->`",
            FAT_ARROW when context is StatementContext => "assign with `=`",
            NEGATE or NOT or MINUS when token.AtOperand && previous?.Type == NOT => "write the second one in parentheses, as in !(!x)",
            NEGATE when previous?.Type == NEGATE => "write the second one in parentheses, as in -(-x)",
            END when previous?.Type is ASSIGN or ARROW or FAT_ARROW => $"the expression begins on the line of `{TextOf(previous)}`",
            DOLLAR => "a variable is `$` and its name, without a blank",
            ARROW when context is MatchCaseContext => "a match case is written with `=>`",
            TRIPLE => "only a string in single double quotes can stand here",
            _ when IsOperator(type) && context is StatementContext && context.ChildCount == 0 => "put the operator at the end of the line before, or the expression in parentheses",
            _ when IsOperator(type) && token.AtOperand && previous?.Type == END => "put the operator at the end of the line before, or the expression in parentheses",
            _ => null,
        };
    }

    private string? ForCharacter(SyntaxToken token, char character) => character switch
    {
        '\'' or '`' or '\u2018' or '\u2019' or '\u201c' or '\u201d' => "strings are quoted with \"",
        ';' => "a statement ends at the end of its line",
        '&' => "write `&&`",
        '?' when Follows(token, '.') => "there is no `?.`; a path through a missing field is null",
        '?' when Follows(token, '?') => "write `|` for a fallback",
        '?' => "write if condition { a } else { b }",
        '\\' => "a line that ends with an operator goes on with the next, and so does one in parentheses",
        '^' => "there is no `^`; use .pow(2)",
        '~' => "match a pattern with .re_match(\"...\")",
        '\uFEFF' => "remove the byte order mark",
        '\u00A0' => "this is a no-break space; only a space or a tab is a blank",
        '\r' => "a line ends with LF or CR LF",
        '\u2013' or '\u2014' => "this is a dash; minus is `-`",
        > '\u007F' => "names with other letters are quoted, as in this.\"\u00e9\"",
        _ => null,
    };

    private string? ForWord(SyntaxToken token, SyntaxToken? previous, string text, ParserRuleContext context) => text switch
    {
        "if" when previous?.Type == ELSE => "`else if` is written on one line with exactly one space",
        "elif" or "elseif" or "elsif" => "write `else if`",
        "and" => "write `&&`",
        "or" => "write `||`",
        "is" => "compare with `==`",
        "not" => "write `!`",
        "then" => "write if condition { a } else { b }",
        "mod" => "write `%`",
        _ when context is MatchCaseContext && previous is not null && TextOf(previous) == "case" => "a match case is just the pattern",
        _ when previous?.Type == NAME && TextOf(previous) is "not" => "write `!`",
        _ when previous?.Type is PATH_NAME or NAME && TextOf(previous) is "const" or "var" or "set" => "write let name = value",
        _ when previous?.Type is PATH_NAME or NAME && TextOf(previous) is "return" => "write root = value",
        _ when context is StatementContext or AssignmentContext && TextOf(stream[0]) is "map" or "import" => null,
        _ when token.AfterGap && previous?.Type is PATH_NAME or NAME && TextOf(previous) is "map" or "import" => "maps and imports stand outside all braces",
        _ => null,
    };

    private string ForCall(SyntaxToken token, SyntaxToken callee)
    {
        if (token.AfterGap)
        {
            return "no blank can stand between a name and its `(`";
        }

        return TextOf(callee).AsSpan().ContainsAnyInRange('A', 'Z')
            ? "functions and methods are written in lower case"
            : "a function can't be assigned to; write root = before it";
    }

    private string ForAssign(SyntaxToken? previous, ParserRuleContext context)
    {
        if (previous is not null && previous.Span.Length == 1 && TextOf(previous) is "+" or "-" or "*" or "/" or "|")
        {
            return AssignInPlace(TextOf(previous));
        }

        return context switch
        {
            CallContext => "a named argument is written name: value",
            EntryContext => "an entry is written \"key\": value",
            StatementContext when previous?.Type == VARIABLE => $"write let {TextOf(previous)[1..]} = value",
            StatementContext when context.ChildCount > 0 && FirstIsPath(context) => "compare with `==`",
            StatementContext => "an assignment begins with a path such as root.a; quote names with other characters, as in root.\"a-b\"",
            ValueBlockContext => "the braces of an if expression hold a value; to assign, begin the line with `if`",
            _ => "compare with `==`",
        };
    }

    private static bool FirstIsPath(ParserRuleContext context) => context.Start.Type is PATH_NAME or LET or META;

    private static string AssignInPlace(string sign) => $"there is no `{sign}=`; write root.a = root.a {sign} value";

    private bool Follows(SyntaxToken token, char character)
        => token.Span.End < source.Content.Length && source.Content[token.Span.End] == character;

    private bool FollowsDigit(SyntaxToken token)
        => token.Span.End < source.Content.Length && char.IsAsciiDigit(source.Content[token.Span.End]);

    private static bool IsOperator(int type)
        => type is STAR or SLASH or PERCENT or COALESCE or PLUS or MINUS or AND or OR
            or EQUAL or NOT_EQUAL or LESS or LESS_OR_EQUAL or GREATER or GREATER_OR_EQUAL;
}
