using Antlr4.Runtime;
using Mapping.Syntax.Classification;

namespace Mapping.Syntax.Parsing;

/// <summary>
/// Reports an error once and leaves for the statement (or match case) it is in. Nothing is ever inserted or guessed within an expression,
/// so one fault makes one report.
/// </summary>
internal sealed class StatementRecovery(SyntaxTokenStream stream, SyntaxErrors errors) : IAntlrErrorStrategy
{
    private RecognitionException? reported;

    public void Reset(Parser recognizer)
    {
    }

    public void Sync(Parser recognizer)
    {
    }

    public void ReportMatch(Parser recognizer)
    {
    }

    public bool InErrorRecoveryMode(Parser recognizer) => false;

    public IToken RecoverInline(Parser recognizer)
    {
        var fault = new InputMismatchException(recognizer);
        ReportError(recognizer, fault);
        throw new SyntaxFault(fault);
    }

    public void ReportError(Parser recognizer, RecognitionException e)
    {
        if (!ReferenceEquals(e, reported))
        {
            reported = e;
            errors.Report(stream.Current, recognizer.Context);
        }
    }

    public void Recover(Parser recognizer, RecognitionException e) => throw new SyntaxFault(e);

    public SyntaxFault NestedTooDeeply(Parser recognizer)
    {
        reported = new RecognitionException(recognizer, stream, recognizer.Context);
        errors.ReportNesting(stream.Current);
        return new SyntaxFault(reported);
    }
}
