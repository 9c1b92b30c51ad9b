using static Mapping.Syntax.Generated.BloblangLexer;

namespace Mapping.Syntax.Classification;

/// <content>The stack of open constructs.</content>
internal sealed partial class TokenClassifier
{
    private readonly Stack<(int Frames, int Lambdas)> lambdasBelow = new();
    private int brackets;

    private int BracketDepth() => brackets;

    private void Push(FrameKind kind, SyntaxToken? opener, bool ofStatement = false)
    {
        int index = frames.Count;
        bool pending = kind >= FrameKind.PendingIf;
        bool braces = kind is FrameKind.Mapping or FrameKind.Query or FrameKind.Block or FrameKind.Value or FrameKind.Cases or FrameKind.Object;
        Frame below = index > 0 ? Top : new Frame(kind, null, -1, false, -1, -1, -1, -1);
        frames.Add(new Frame(
            kind,
            opener,
            opener is null ? -1 : at - 1,
            ofStatement,
            pending ? below.Base : index,
            braces ? index : below.Brace,
            braces ? -1 : kind is FrameKind.Group or FrameKind.Call ? index : below.Paren,
            braces ? -1 : kind == FrameKind.Array ? index : below.Bracket));
        if (!pending && index > 0)
        {
            brackets++;
        }

        NoteNesting();
    }

    private void Pop()
    {
        if (!Top.IsPending && frames.Count > 1)
        {
            brackets--;
        }

        frames.RemoveAt(frames.Count - 1);
        EndLambdas(frames.Count + 1);
    }

    private void PopTo(int count)
    {
        while (frames.Count > count)
        {
            Pop();
        }
    }

    private void PopPending()
    {
        while (Top.IsPending)
        {
            Pop();
        }
    }

    private void OpenLambda()
    {
        if (lambdasBelow.TryPeek(out (int Frames, int Lambdas) top) && top.Frames == frames.Count)
        {
            lambdasBelow.Pop();
            lambdasBelow.Push((frames.Count, top.Lambdas + 1));
        }
        else
        {
            lambdasBelow.Push((frames.Count, 1));
        }

        lambdas++;
        NoteNesting();
    }

    /// <summary>Ends the lambdas that were opened in a frame of this number or above.</summary>
    private void EndLambdas(int fromFrame)
    {
        while (lambdasBelow.TryPeek(out (int Frames, int Lambdas) top) && top.Frames >= fromFrame)
        {
            lambdas -= top.Lambdas;
            lambdasBelow.Pop();
        }
    }

    private void NoteNesting() => Nesting = Math.Max(Nesting, frames.Count + lambdas);

    /// <summary>Passes on a closing bracket and leaves the construct it closes, if there is one.</summary>
    private void PlaceCloser()
    {
        int type = raw[at].Type;
        int target = type == CLOSE_BRACE ? Top.Brace : type == CLOSE_PAREN ? Top.Paren : Top.Bracket;
        if (target < 0 || frames[target].Kind is FrameKind.Mapping or FrameKind.Query)
        {
            Take(type);
            operand = false;
            return;
        }

        if (Top.Base != target)
        {
            // Something inside was never closed.
            EmitHere(INVALID, Problem.NotClosed);
            PopTo(target + 1);
        }

        PopPending();
        Frame closed = Top;
        bool listEnds = closed.Kind == FrameKind.Block ? !statementStart : closed.Kind == FrameKind.Cases && PreviousType is not (OPEN_CASES or END or COMMA);
        if (listEnds)
        {
            Emit(END, new Mapping.Text.TextSpan(raw[at].Start, 0));
        }

        Pop();
        Take(type);
        statementStart = false;
        operand = false;
        if (closed.Kind == FrameKind.Value || (closed.Kind == FrameKind.Block && closed.OfStatement))
        {
            PlaceElse(closed.Kind == FrameKind.Block);
        }
    }

    private void EmitHere(int type, Problem problem)
    {
        RawToken next = raw[at];
        Emit(type, Mapping.Text.TextSpan.FromBounds(next.Start, next.End), problem);
    }
}
