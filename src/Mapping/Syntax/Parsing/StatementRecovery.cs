using Antlr4.Runtime;
using Mapping.Syntax.Classification;
using static Mapping.Syntax.Generated.BloblangParser;

namespace Mapping.Syntax.Parsing;

/// <summary>
/// Reports an error once, leaves all rules up to the statement (or match case) it is in, skips the rest of that, and lets the parser go on
/// with the next one. Nothing is ever inserted or guessed within an expression, so one fault makes one report.
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

    public IToken RecoverInline(Parser recognizer) => throw new InputMismatchException(recognizer);

    public void ReportError(Parser recognizer, RecognitionException e)
    {
        if (ReferenceEquals(e, reported))
        {
            return;
        }

        reported = e;
        if (e is NestedTooDeeplyException)
        {
            errors.ReportNesting(stream.Current);
        }
        else
        {
            errors.Report(stream.Current, recognizer.Context);
        }
    }

    public void Recover(Parser recognizer, RecognitionException e)
    {
        ParserRuleContext context = recognizer.Context;
        bool isCase = context is MatchCaseContext;
        if (!isCase && context is not StatementContext)
        {
            throw e;
        }

        var start = (SyntaxToken)context.Start;
        stream.SkipToEnd(start.Depth, isCase);
        if (isCase)
        {
            MarkStatement(context, e);
        }
    }

    /// <summary>The statement around a broken case is broken, too.</summary>
    private static void MarkStatement(ParserRuleContext context, RecognitionException e)
    {
        for (RuleContext? outer = context.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is StatementContext statement)
            {
                statement.exception = e;
                return;
            }
        }
    }
}
