using Antlr4.Runtime;
using Mapping.Syntax.Generated;

namespace Mapping.Syntax.Parsing;

/// <summary>The generated parser with a limit on how deep it recurses.</summary>
internal sealed class NestingParser(ITokenStream input) : BloblangParser(input)
{
    private int depth;

    public override void EnterRule(ParserRuleContext localctx, int state, int ruleIndex)
    {
        if (Nests(ruleIndex))
        {
            if (depth >= MappingParser.DeepestNesting)
            {
                throw new NestedTooDeeplyException(this);
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

    /// <summary>Every cycle of rules passes through one of these.</summary>
    private static bool Nests(int ruleIndex) => ruleIndex is RULE_query or RULE_lambda or RULE_block;
}

/// <summary>Ends a statement that nests too deeply; recovery goes on with the next.</summary>
internal sealed class NestedTooDeeplyException(Parser parser) : RecognitionException(parser, parser.InputStream, parser.Context);
