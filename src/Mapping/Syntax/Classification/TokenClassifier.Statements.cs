using Antlr4.Runtime;
using Mapping.Text;
using static Mapping.Syntax.Generated.BloblangLexer;

namespace Mapping.Syntax.Classification;

/// <content>The beginnings of statements, up to where their expression begins.</content>
internal sealed partial class TokenClassifier
{
    private void PlaceStatementHead()
    {
        bool first = firstStatement;
        bool topLevel = Inner.Kind == FrameKind.Mapping;
        statementStart = firstStatement = false;
        operand = true;
        if (raw[at].Type != WORD)
        {
            PlaceOperand();
            return;
        }

        bool blankFollows = NextIs(BLANKS);
        if (topLevel && first && blankFollows && WordIs("from") && NextIs(STRING, 2))
        {
            PlaceFileReference();
        }
        else if (topLevel && blankFollows && (WordIs("import") || WordIs("map")))
        {
            PlaceImportOrMap();
        }
        else if (!topLevel && IsTopLevelOnly(at) && LooksLikeStatement(at))
        {
            PlaceMisplacedTopLevel();
        }
        else if (blankFollows && (WordIs("let") || (WordIs("meta") && raw[at + 2].Type is ASSIGN or WORD or STRING or AT or DOLLAR)))
        {
            PlaceLetOrMeta();
        }
        else if (raw[raw.SkipBlanks(PathEnd(at))].Type == ASSIGN)
        {
            PlacePath();
            PlaceAssign(blankBeforeNeeded: true);
        }
        else if (blankFollows && WordIs("if") && !(first && topLevel && IsIfExpression()))
        {
            Take(IF_STATEMENT);
            Push(FrameKind.PendingIf, null, ofStatement: true);
        }
        else if (IsBrokenPath())
        {
            PlacePath();
            operand = false;
        }
        else
        {
            PlaceOperand();
        }
    }

    private void PlaceFileReference()
    {
        TextSpan span = TextSpan.FromBounds(raw[at].Start, raw[at].End);
        if (raw[raw.SkipGap(at + 3)].Type != TokenConstants.EOF)
        {
            Emit(INVALID, span, Problem.FileReferenceNotAlone);
            at = raw.Count;
            operand = false;
            return;
        }

        Take(FROM);
        ReadGap();
        operand = false;
        Take(STRING);
    }

    private void PlaceImportOrMap()
    {
        bool map = WordIs("map");
        Take(map ? MAP : IMPORT);
        operand = false;
        ReadGap();
        if (gap.HasBreak)
        {
            EndLine();
            return;
        }

        if (raw[at].Type != STRING && !(map && raw[at].Type == WORD))
        {
            return;
        }

        Take(raw[at].Type == STRING ? STRING : NAME);
        if (map && NextIs(OPEN_BRACE, 0))
        {
            EmitHere(INVALID, Problem.MissingBlankBefore);
        }

        if (map && raw[raw.SkipGap(at)].Type == OPEN_BRACE)
        {
            Push(FrameKind.PendingMap, null);
        }
    }

    /// <summary>A map or import within a block: either it stands wrongly, or the block was never closed.</summary>
    private void PlaceMisplacedTopLevel()
    {
        if (raw.PartnerOf(Inner.RawIndex) < 0)
        {
            EmitHere(INVALID, Problem.NotClosed);
            PopTo(1);
            Emit(END, new TextSpan(raw[at].Start, 0));
            operand = true;
            PlaceImportOrMap();
            return;
        }

        PlacePath();
        operand = false;
        ReadGap();
        Take(raw[at].Type == STRING ? STRING : NAME);
        ReadGap();
        if (raw[at].Type == OPEN_BRACE)
        {
            Take(OPEN_BLOCK);
            Push(FrameKind.Block, Previous);
            statementStart = true;
        }
    }

    private void PlaceLetOrMeta()
    {
        bool meta = WordIs("meta");
        Take(meta ? META : LET);
        operand = false;
        ReadGap();
        if (gap.HasBreak)
        {
            EndLine();
            return;
        }

        if (raw[at].Type is WORD or STRING)
        {
            Take(raw[at].Type == STRING ? STRING : NAME);
        }

        if (raw[raw.SkipBlanks(at)].Type == ASSIGN)
        {
            PlaceAssign(blankBeforeNeeded: !meta);
        }
    }

    /// <summary>A path before <c>=</c>, or what begins like one.</summary>
    private void PlacePath()
    {
        int end = PathEnd(at);
        Take(PATH_NAME);
        while (at < end)
        {
            gap = default;
            Take(DOT);
            Take(raw[at].Type == STRING ? STRING : NAME);
        }
    }

    /// <summary>The <c>=</c> of a statement: its blanks are part of it.</summary>
    private void PlaceAssign(bool blankBeforeNeeded)
    {
        ReadGap();
        operand = false;
        if (gap.Length == 0 && blankBeforeNeeded)
        {
            Take(INVALID, Problem.MissingBlankBefore);
        }
        else if (raw[at + 1].Type is BLANKS or LINE_BREAK or COMMENT or TokenConstants.EOF)
        {
            Take(ASSIGN);
        }
        else
        {
            Take(INVALID, Problem.MissingBlankAfter);
        }

        operand = true;
    }

    /// <summary>Whether a statement begins with a path and then something that neither an assignment nor an expression goes on with.</summary>
    private bool IsBrokenPath()
    {
        int end = PathEnd(at);
        return raw[end].Type == DOT && raw[raw.SkipGap(end + 1)].Type is not (WORD or STRING or OPEN_PAREN)
            && raw[raw.SkipBlanks(end + 1)].Type != DOT;
    }

    /// <summary>
    /// Whether the <c>if</c> that begins the text is an expression: what its braces hold tells. Empty braces can only be a block.
    /// </summary>
    private bool IsIfExpression()
    {
        int index = at + 2;
        bool found = false;
        while (raw[index].Type is not (TokenConstants.EOF or CLOSE_BRACE))
        {
            int partner = raw[index].Type is OPEN_PAREN or OPEN_BRACKET or OPEN_BRACE ? raw.PartnerOf(index) : -1;
            if (raw[index].Type == OPEN_BRACE)
            {
                int inner = raw.SkipGap(index + 1);
                if (LooksLikeStatement(inner))
                {
                    return false;
                }

                found |= raw[inner].Type != CLOSE_BRACE;
                if (WordIs(inner, "if") && raw[inner + 1].Type == BLANKS)
                {
                    // What the inner one is, the outer one is too.
                    index = inner + 2;
                    continue;
                }
            }

            index = partner < 0 ? index + 1 : partner + 1;
            if (raw[index - 1].Type == LINE_BREAK && LooksLikeStatement(index))
            {
                break;
            }
        }

        return found;
    }
}
