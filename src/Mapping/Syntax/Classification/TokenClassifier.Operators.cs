using Antlr4.Runtime;
using Mapping.Text;
using static Mapping.Syntax.Generated.BloblangLexer;

namespace Mapping.Syntax.Classification;

/// <content>Where a value has ended.</content>
internal sealed partial class TokenClassifier
{
    private void PlaceOperator()
    {
        int type = raw[at].Type;
        switch (type)
        {
            case DOT:
                PlaceDot();
                break;
            case COMMA:
                PlaceComma();
                break;
            case CLOSE_PAREN or CLOSE_BRACKET or CLOSE_BRACE:
                PlaceCloser();
                break;
            case OPEN_BRACE:
                PlaceOperatorBrace();
                break;
            case OPEN_PAREN:
                Open(type, FrameKind.Group);
                break;
            case OPEN_BRACKET:
                Open(type, FrameKind.Array);
                break;
            case WORD:
                Take(NAME);
                break;
            case COLON or FAT_ARROW:
                Take(type);
                operand = true;
                break;
            default:
                Take(type);
                operand = IsBinaryOperator(type);
                break;
        }
    }

    private static bool IsBinaryOperator(int type)
        => type is STAR or SLASH or PERCENT or COALESCE or PLUS or MINUS or AND or OR
            or EQUAL or NOT_EQUAL or LESS or LESS_OR_EQUAL or GREATER or GREATER_OR_EQUAL;

    /// <summary>A dot and, whatever may stand between, the tail it begins.</summary>
    private void PlaceDot()
    {
        bool blankBefore = !operand && gap is { Length: > 0, HasBreak: false };
        Take(blankBefore ? INVALID : DOT, blankBefore ? Problem.BlankBeforeDot : Problem.None);
        ReadGap();
        switch (raw[at].Type)
        {
            case WORD when NextIs(OPEN_PAREN) && IsCallee(raw.Slice(raw[at])):
                PlaceCall();
                break;
            case WORD:
                TakeValue(NAME);
                break;
            case STRING:
                TakeValue(STRING);
                break;
            case OPEN_PAREN:
                Open(OPEN_PAREN, FrameKind.Group);
                break;
            default:
                // The parser will stumble over whatever comes; to go on, take it as if a value had ended.
                operand = false;
                if (raw[at].Type is not (TokenConstants.EOF or STRING_OPEN or TRIPLE_OPEN or CLOSE_PAREN or CLOSE_BRACE or CLOSE_BRACKET or OPEN_BRACE or OPEN_BRACKET or COMMA or DOT))
                {
                    Take(raw[at].Type);
                }

                break;
        }
    }

    private void PlaceComma()
    {
        PopPending();
        int next = raw[raw.SkipGap(at + 1)].Type;
        bool trailing = Inner.IsFree && next is CLOSE_PAREN or CLOSE_BRACKET or CLOSE_BRACE;
        Take(trailing ? TRAILING_COMMA : COMMA);
        EndLambdas(frames.Count);
        operand = true;
    }

    private void PlaceOperatorBrace()
    {
        switch (Top.Kind)
        {
            case FrameKind.PendingIf or FrameKind.PendingElse:
                OpenPending(Top.OfStatement ? OPEN_BLOCK : OPEN_VALUE, Top.OfStatement ? FrameKind.Block : FrameKind.Value);
                break;
            case FrameKind.PendingMatch:
                OpenPending(OPEN_CASES, FrameKind.Cases);
                break;
            case FrameKind.PendingMap:
                OpenPending(OPEN_BLOCK, FrameKind.Block);
                break;
            default:
                Open(OPEN_OBJECT, FrameKind.Object);
                break;
        }
    }

    /// <summary>After the brace of an if: an <c>else</c> belongs to it, unless it is the path of the next assignment.</summary>
    private void PlaceElse(bool ofStatement)
    {
        int word = raw.SkipGap(at);
        if (!WordIs(word, "else"))
        {
            return;
        }

        bool elseIf = raw[word + 1] is { Type: BLANKS } blank && blank.End == blank.Start + 1 && raw.Text[blank.Start] == ' '
            && WordIs(word + 2, "if") && raw[word + 3].Type == BLANKS;
        if (!elseIf && ofStatement && LooksLikeStatement(word))
        {
            return;
        }

        ReadGap();
        if (elseIf)
        {
            Emit(ELSE_IF, TextSpan.FromBounds(raw[at].Start, raw[at + 2].End));
            at += 3;
            Push(FrameKind.PendingIf, null, ofStatement);
            operand = true;
        }
        else
        {
            Take(ELSE);
            Push(FrameKind.PendingElse, null, ofStatement);
            operand = false;
        }
    }

    /// <summary>
    /// After an opening quote without a closing one nothing on the line can be trusted. Reading goes on at the next line, or, if the string
    /// was meant to reach over lines, behind it.
    /// </summary>
    private void PlaceUnclosedString()
    {
        bool triple = raw[at].Type == TRIPLE_OPEN;
        int next = at + 1;
        while (raw[next].Type is not (TokenConstants.EOF or LINE_BREAK) || triple)
        {
            if (raw[next].Type == TokenConstants.EOF)
            {
                break;
            }

            next++;
        }

        int following = raw.SkipGap(next);
        bool closesLater = !triple && raw[following].Type != TokenConstants.EOF && !LooksLikeStatement(following) && raw[following].Type != CLOSE_BRACE
            && FindStringEnd(following) is var end and > 0 && (next = end) > 0;
        Take(INVALID, triple ? Problem.TripleNotClosed : closesLater ? Problem.LineBreakInString : Problem.StringNotClosed);
        at = next;
        operand = false;
    }

    /// <summary>The index behind the line where a string that began on an earlier one ends, before the next statement; or 0.</summary>
    private int FindStringEnd(int index)
    {
        for (; raw[index].Type != TokenConstants.EOF; index++)
        {
            if (raw[index].Type is STRING or STRING_OPEN)
            {
                while (raw[index].Type is not (TokenConstants.EOF or LINE_BREAK))
                {
                    index++;
                }

                return index;
            }

            if (raw[index].Type == LINE_BREAK && LooksLikeStatement(raw.SkipGap(index)))
            {
                return 0;
            }
        }

        return 0;
    }
}
