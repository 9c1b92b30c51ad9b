using Mapping.Diagnostics;
using Mapping.Syntax.Classification;
using Mapping.Text;
using Mapping.Values;
using static Mapping.Syntax.Generated.BloblangParser;

namespace Mapping.Syntax.Building;

/// <content>Flat lists of operators into levels, loosest outside.</content>
internal sealed partial class SyntaxBuilder
{
    private const int Loosest = 0;
    private const int Tightest = 3;

    private int depth;
    private bool refused;

    public ExpressionSyntax Query(QueryContext context) => Query(context, 0, (OperandContext)context.GetChild(0));

    /// <summary>The part of a query from the operand at the child index on; a lambda takes the rest of the query as its body.</summary>
    private ExpressionSyntax Query(QueryContext context, int index, OperandContext first)
    {
        if (depth >= MappingParser.DeepestNesting)
        {
            return RefuseDepth(first);
        }

        depth++;
        ExpressionSyntax built = Chain(context, index, first);
        depth--;
        return built;
    }

    /// <summary>Lambdas in the operands of one query nest here though they did not in the parser.</summary>
    private NullSyntax RefuseDepth(OperandContext context)
    {
        TextSpan span = SpanOf(context);
        if (!refused)
        {
            refused = true;
            diagnostics.Error(DiagnosticCodes.NestedTooDeeply, source, span, $"nested more than {MappingParser.DeepestNesting} levels deep");
        }

        return new NullSyntax(span);
    }

    private ExpressionSyntax Chain(QueryContext context, int index, OperandContext first)
    {
        if (index == context.ChildCount - 1)
        {
            return Operand(context, index, first);
        }

        var operands = new List<ExpressionSyntax>();
        var operators = new List<OperandSyntax>();
        while (true)
        {
            OperandContext operand = operands.Count == 0 ? first : (OperandContext)context.GetChild(index);
            ExpressionSyntax built = Operand(context, index, operand);
            operands.Add(built);
            if (operands.Count > 1)
            {
                SyntaxToken sign = TokenOf(context.GetChild(index - 1).GetChild(0));
                operators.Add(new OperandSyntax(OperatorOf(sign.Type), built, sign.Span));
            }

            if (EndsInLambda(operand) || index == context.ChildCount - 1)
            {
                return Level(Loosest, operands[0], operators);
            }

            index += 2;
        }
    }

    private ExpressionSyntax Operand(QueryContext query, int index, OperandContext context)
    {
        int next = 0;
        SyntaxToken? negate = IsToken(context.GetChild(next), NEGATE) ? TokenOf(context.GetChild(next++)) : null;
        SyntaxToken? not = IsToken(context.GetChild(next), NOT) ? TokenOf(context.GetChild(next++)) : null;
        ExpressionSyntax built = context.GetChild(next) is LambdaContext lambda ? Lambda(query, index, lambda) : Tails(context, next);
        if (not is not null)
        {
            built = new NotSyntax(built, not.Span.To(built.Span));
        }

        return negate is null ? built : new NegateSyntax(built, negate.Span.To(built.Span));
    }

    private LambdaSyntax Lambda(QueryContext query, int index, LambdaContext context)
    {
        NameSyntax parameter = Name(TokenOf(context.GetChild(0)));
        ExpressionSyntax body = Query(query, index, (OperandContext)context.GetChild(2));
        return new LambdaSyntax(parameter, body, parameter.Span.To(body.Span));
    }

    private static bool EndsInLambda(OperandContext context) => context.GetChild(context.ChildCount - 1) is LambdaContext;

    private ExpressionSyntax Tails(OperandContext context, int index)
    {
        ExpressionSyntax target = Primary((PrimaryContext)context.GetChild(index));
        if (index == context.ChildCount - 1)
        {
            return target;
        }

        var tails = new List<TailSyntax>((context.ChildCount - index) / 2);
        for (int i = index + 2; i < context.ChildCount; i += 2)
        {
            tails.Add(Tail((TailContext)context.GetChild(i)));
        }

        return new TailChainSyntax(target, tails, target.Span.To(tails[^1].Span));
    }

    /// <summary>Splits a list of operators at those of the level; what lies between binds tighter.</summary>
    private static ExpressionSyntax Level(int level, ExpressionSyntax first, List<OperandSyntax> rest)
    {
        if (rest.Count == 0)
        {
            return first;
        }

        if (level == Tightest)
        {
            return new OperatorChainSyntax(first, rest, first.Span.To(rest[^1].Operand.Span));
        }

        OperandSyntax? head = null;
        ExpressionSyntax current = first;
        ExpressionSyntax start = first;
        var chain = new List<OperandSyntax>();
        var tighter = new List<OperandSyntax>();
        foreach (OperandSyntax item in rest)
        {
            if (LevelOf(item.Operator) != level)
            {
                tighter.Add(item);
                continue;
            }

            Finish();
            head = item;
            current = item.Operand;
            tighter = [];
        }

        Finish();
        return chain.Count == 0 ? start : new OperatorChainSyntax(start, chain, start.Span.To(chain[^1].Operand.Span));

        void Finish()
        {
            ExpressionSyntax built = Level(level + 1, current, tighter);
            if (head is null)
            {
                start = built;
            }
            else
            {
                chain.Add(head with { Operand = built });
            }
        }
    }

    private static int LevelOf(Operation op) => op switch
    {
        Operation.And or Operation.Or => Loosest,
        Operation.Add or Operation.Subtract => 2,
        Operation.Multiply or Operation.Divide or Operation.Modulo or Operation.Coalesce => Tightest,
        _ => 1,
    };

    private static Operation OperatorOf(int type) => type switch
    {
        STAR => Operation.Multiply,
        SLASH => Operation.Divide,
        PERCENT => Operation.Modulo,
        COALESCE => Operation.Coalesce,
        PLUS => Operation.Add,
        MINUS => Operation.Subtract,
        EQUAL => Operation.Equal,
        NOT_EQUAL => Operation.NotEqual,
        LESS => Operation.Less,
        LESS_OR_EQUAL => Operation.LessOrEqual,
        GREATER => Operation.Greater,
        GREATER_OR_EQUAL => Operation.GreaterOrEqual,
        AND => Operation.And,
        _ => Operation.Or,
    };
}
