using Antlr4.Runtime;
using Mapping.Text;
using static Mapping.Syntax.Generated.BloblangLexer;

namespace Mapping.Syntax.Classification;

/// <content>Blanks, line breaks and comments: which end something, which are free, which are wrong.</content>
internal sealed partial class TokenClassifier
{
    private void ReadGap()
    {
        int start = raw[at].Start;
        int lineBreak = -1;
        while (raw[at].Type is BLANKS or LINE_BREAK or COMMENT)
        {
            if (lineBreak < 0 && raw[at].Type != BLANKS)
            {
                lineBreak = raw[at].Start;
            }

            at++;
        }

        gap = new Gap(raw[at].Start - start, lineBreak);
    }

    private void PlaceLineBreak()
    {
        if (statementStart || output.Count == 0)
        {
            return;
        }

        if (Inner.Opener is not null && raw.PartnerOf(Inner.RawIndex) < 0 && LooksLikeStatement(at))
        {
            LeaveUnclosed();
            return;
        }

        if (Inner.IsFree || IsFreeAfterPrevious() || (!operand && IsFreeBeforeNext()) || (!operand && raw[at].Type == TokenConstants.EOF))
        {
            return;
        }

        EndLine();
    }

    /// <summary>A statement begins although brackets are open that nobody closes: they end here.</summary>
    private void LeaveUnclosed()
    {
        if (Inner.Kind == FrameKind.Block && !IsTopLevelOnly(at))
        {
            EndLine();
            return;
        }

        EmitHere(INVALID, Problem.NotClosed);
        bool topLevel = IsTopLevelOnly(at);
        int target = frames.Count - 1;
        while (target > 0 && (topLevel || !frames[target].IsStatementList))
        {
            target--;
        }

        PopTo(target + 1);
        EndLine();
    }

    private bool IsFreeAfterPrevious()
    {
        if (!operand)
        {
            return false;
        }

        int type = PreviousType;
        return type is NEGATE or OPEN_PAREN or OPEN_BRACKET or OPEN_OBJECT or OPEN_VALUE or OPEN_CASES or COMMA or COLON
            || IsBinaryOperator(type)
            || (type == END && Inner.Kind == FrameKind.Cases)
            || (type == MATCH && raw[at].Type == OPEN_BRACE);
    }

    private bool IsFreeBeforeNext() => raw[at].Type switch
    {
        DOT or CLOSE_PAREN or CLOSE_BRACKET or CLOSE_BRACE => true,
        OPEN_BRACE => Top.Kind is FrameKind.PendingIf or FrameKind.PendingElse or FrameKind.PendingMatch,
        _ => false,
    };

    private void EndLine()
    {
        if (Top.Kind == FrameKind.PendingMap && raw[at].Type == OPEN_BRACE)
        {
            Emit(INVALID, new TextSpan(gap.Break, 0), Problem.MapBraceOnNextLine);
            return;
        }

        if (Top.IsPending && !operand)
        {
            EmitHere(INVALID, Problem.BlockExpected);
        }

        PopPending();
        Emit(END, new TextSpan(gap.Break, 0));
        EndLambdas(frames.Count);
        if (Inner.IsStatementList)
        {
            statementStart = true;
            operand = true;
        }
        else if (Inner.Kind == FrameKind.Cases)
        {
            operand = true;
        }
    }

    /// <summary>Whether what begins at the token can't be anything but a statement.</summary>
    private bool LooksLikeStatement(int index)
    {
        if (raw[index].Type != WORD)
        {
            return false;
        }

        if (raw[index + 1].Type == BLANKS)
        {
            RawToken next = raw[index + 2];
            int afterName = raw.SkipBlanks(index + 3);
            if (WordIs(index, "import"))
            {
                return next.Type == STRING;
            }

            bool named = next.Type is WORD or STRING;
            if (WordIs(index, "let") || WordIs(index, "meta"))
            {
                return named && raw[afterName].Type == ASSIGN;
            }

            if (WordIs(index, "map") && named && raw[afterName].Type == OPEN_BRACE)
            {
                return true;
            }
        }

        return raw[raw.SkipBlanks(PathEnd(index))].Type == ASSIGN;
    }

    private bool IsTopLevelOnly(int index)
        => (WordIs(index, "import") || WordIs(index, "map")) && raw[index + 1].Type == BLANKS && raw[index + 2].Type is STRING or WORD;

    /// <summary>The index behind a path of words and quoted strings.</summary>
    private int PathEnd(int index)
    {
        index++;
        while (raw[index].Type == DOT && raw[index + 1].Type is WORD or STRING)
        {
            index += 2;
        }

        return index;
    }

    /// <summary>What stands between two tokens.</summary>
    /// <param name="Length">In UTF-16 units.</param>
    /// <param name="Break">The offset of the first line break or comment, or -1.</param>
    private readonly record struct Gap(int Length, int Break)
    {
        public bool HasBreak => Break >= 0;
    }
}
