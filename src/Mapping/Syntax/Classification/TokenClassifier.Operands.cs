using Antlr4.Runtime;
using Mapping.Text;
using static Mapping.Syntax.Generated.BloblangLexer;

namespace Mapping.Syntax.Classification;

/// <content>Where a value is expected.</content>
internal sealed partial class TokenClassifier
{
    private void PlaceOperand()
    {
        switch (raw[at].Type)
        {
            case WORD:
                PlaceWord();
                break;
            case STRING:
                TakeValue(AtKey() ? KEY_STRING : STRING);
                break;
            case TRIPLE:
                TakeValue(AtKey() ? INVALID : TRIPLE, AtKey() ? Problem.TripleQuotedKey : Problem.None);
                break;
            case AT:
                PlaceMetadata();
                break;
            case DOLLAR when NextIs(WORD):
                TakeJoined(VARIABLE, 2);
                break;
            case MINUS:
                PlaceSign();
                break;
            case OPEN_PAREN:
                Open(OPEN_PAREN, FrameKind.Group);
                break;
            case OPEN_BRACKET:
                Open(OPEN_BRACKET, FrameKind.Array);
                break;
            case OPEN_BRACE:
                PlaceOperandBrace();
                break;
            case CLOSE_PAREN or CLOSE_BRACKET or CLOSE_BRACE:
                PlaceCloser();
                break;
            case COMMA:
                PlaceComma();
                break;
            case DOT:
                PlaceDot();
                break;
            default:
                Take(raw[at].Type);
                break;
        }
    }

    private void PlaceWord()
    {
        ReadOnlySpan<char> word = raw.Slice(raw[at]);
        if (NextIs(BLANKS) && word is "if")
        {
            Take(IF);
            Push(FrameKind.PendingIf, null);
        }
        else if (NextIs(BLANKS) && word is "match")
        {
            Take(MATCH);
            Push(FrameKind.PendingMatch, null);
        }
        else if (NextIs(COLON) && AtArgument() && IsCallee(word))
        {
            Take(ARGUMENT_NAME);
            Take(COLON);
        }
        else if (AtCase() && word is "_" && raw[raw.SkipBlanks(at + 1)].Type == FAT_ARROW)
        {
            TakeValue(WILDCARD);
        }
        else if (IsLambda())
        {
            PlaceLambda();
        }
        else if (LiteralPrefix(word) is { Type: > 0 } literal)
        {
            bool whole = word.Length == literal.Length;
            TakeValue(whole ? literal.Type : INVALID, whole ? Problem.None : Problem.LiteralWithRest);
        }
        else if (char.IsAsciiDigit(word[0]))
        {
            PlaceNumber(signed: false);
        }
        else if (NextIs(OPEN_PAREN) && IsCallee(word))
        {
            PlaceCall();
        }
        else
        {
            TakeValue(NAME);
        }
    }

    private static (int Type, int Length) LiteralPrefix(ReadOnlySpan<char> word) => word switch
    {
        ['t', 'r', 'u', 'e', ..] => (TRUE, 4),
        ['f', 'a', 'l', 's', 'e', ..] => (FALSE, 5),
        ['n', 'u', 'l', 'l', ..] => (NULL, 4),
        _ => (0, 0),
    };

    private static bool IsCallee(ReadOnlySpan<char> word) => !word.ContainsAnyInRange('A', 'Z');

    /// <summary>The callee and its bracket, which stand together.</summary>
    private void PlaceCall()
    {
        Take(CALLEE);
        gap = default;
        Take(OPEN_PAREN);
        Push(FrameKind.Call, Previous);
        operand = true;
    }

    private bool IsLambda()
    {
        int arrow = Inner.IsFree ? raw.SkipGap(at + 1) : raw.SkipBlanks(at + 1);
        return raw[arrow].Type == ARROW;
    }

    private void PlaceLambda()
    {
        Take(LAMBDA_NAME);
        ReadGap();
        if (gap.Length == 0)
        {
            Take(INVALID, Problem.MissingBlankBefore);
        }
        else if (raw[at + 1].Type is BLANKS or LINE_BREAK or COMMENT or TokenConstants.EOF)
        {
            Take(ARROW);
        }
        else
        {
            Take(INVALID, Problem.MissingBlankAfter);
        }

        operand = true;
        OpenLambda();
    }

    private void PlaceNumber(bool signed)
    {
        int start = at;
        at += signed ? 1 : 0;
        int digits = DigitsOf(at);
        bool rest = digits < raw.Slice(raw[at]).Length;
        int type = INTEGER;
        at++;
        if (!rest && raw[at].Type == DOT && DigitsOf(at + 1) is > 0 and int fraction)
        {
            type = FLOAT;
            rest = fraction < raw.Slice(raw[at + 1]).Length;
            at += 2;
        }

        TextSpan span = TextSpan.FromBounds(raw[start].Start, raw[at - 1].End);
        Emit(rest ? INVALID : type, span, rest ? Problem.NumberWithRest : Problem.None);
        operand = false;
    }

    private int DigitsOf(int index)
    {
        if (raw[index].Type != WORD)
        {
            return 0;
        }

        ReadOnlySpan<char> word = raw.Slice(raw[index]);
        int end = word.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? word.Length : end;
    }

    /// <summary>A literal's own sign stands only directly behind another prefix.</summary>
    private void PlaceSign()
    {
        if (PreviousType is NEGATE or NOT && output[^1].AtOperand && DigitsOf(at + 1) > 0)
        {
            PlaceNumber(signed: true);
        }
        else
        {
            Take(NEGATE);
        }
    }

    private void PlaceMetadata() => TakeJoined(METADATA, raw[at + 1].Type is WORD or STRING ? 2 : 1);

    private void PlaceOperandBrace()
    {
        if (PreviousType == MATCH && Top.Kind == FrameKind.PendingMatch && BeginsCases())
        {
            OpenPending(OPEN_CASES, FrameKind.Cases);
            return;
        }

        Open(OPEN_OBJECT, FrameKind.Object);
    }

    /// <summary>
    /// <c>match {</c> has either no subject or an object literal as its subject, or as the beginning of it.
    /// </summary>
    private bool BeginsCases()
    {
        int closer = raw.PartnerOf(at);
        return raw.HasCases(at) || closer < 0 || raw[raw.SkipGap(closer + 1)].Type is not (OPEN_BRACE or DOT);
    }

    private void Open(int type, FrameKind kind)
    {
        Take(type);
        Push(kind, Previous);
        operand = true;
    }

    private void OpenPending(int type, FrameKind kind)
    {
        bool ofStatement = Top.OfStatement;
        Pop();
        Take(type);
        Push(kind, Previous, ofStatement);
        operand = true;
        statementStart = kind == FrameKind.Block;
    }

    private bool AtKey() => Top.Kind == FrameKind.Object && PreviousType is OPEN_OBJECT or COMMA;

    private bool AtArgument() => Top.Kind == FrameKind.Call && PreviousType is OPEN_PAREN or COMMA;

    private bool AtCase() => Top.Kind == FrameKind.Cases && PreviousType is OPEN_CASES or COMMA or END;

    private void TakeValue(int type, Problem problem = Problem.None)
    {
        Take(type, problem);
        operand = false;
    }

    private void TakeJoined(int type, int count)
    {
        Emit(type, TextSpan.FromBounds(raw[at].Start, raw[at + count - 1].End));
        at += count;
        operand = false;
    }
}
