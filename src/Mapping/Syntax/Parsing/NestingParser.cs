using Antlr4.Runtime;
using Mapping.Syntax.Classification;
using static Mapping.Syntax.Generated.BloblangParser;

namespace Mapping.Syntax.Parsing;

/// <summary>What the generated parser inherits: a limit on how deep it recurses, and the end of a statement that failed.</summary>
internal abstract class NestingParser(ITokenStream input, TextWriter? output = null, TextWriter? errorOutput = null)
    : Parser(input, output ?? TextWriter.Null, errorOutput ?? TextWriter.Null)
{
    private int depth;

    public override void EnterRule(ParserRuleContext localctx, int state, int ruleIndex)
    {
        if (Nests(ruleIndex))
        {
            if (depth >= MappingParser.DeepestNesting)
            {
                throw ((StatementRecovery)ErrorHandler).NestedTooDeeply(this);
            }

            depth++;
        }

        base.EnterRule(localctx, state, ruleIndex);
    }

    public override void ExitRule()
    {
        if (Nests(Context.RuleIndex))
        {
            depth--;
        }

        base.ExitRule();
    }

    /// <summary>Reports the fault if nobody has, and skips the rest of the statement or match case.</summary>
    protected void Abandon(ParserRuleContext context, RecognitionException fault)
    {
        context.exception = fault;
        ErrorHandler.ReportError(this, fault);
        var start = (SyntaxToken)context.Start;
        bool isCase = context is MatchCaseContext;
        ((SyntaxTokenStream)InputStream).SkipToEnd(start.Depth, isCase);
        if (isCase)
        {
            MarkStatement(context, fault);
        }
    }

    /// <summary>The statement around a broken case is broken, too.</summary>
    private static void MarkStatement(ParserRuleContext context, RecognitionException fault)
    {
        for (RuleContext? outer = context.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is StatementContext statement)
            {
                statement.exception = fault;
                return;
            }
        }
    }

    /// <summary>Every cycle of rules passes through one of these.</summary>
    private static bool Nests(int ruleIndex) => ruleIndex is RULE_query or RULE_lambda or RULE_block;
}
