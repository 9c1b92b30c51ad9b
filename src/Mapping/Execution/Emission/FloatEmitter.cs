using System.Linq.Expressions;
using Mapping.Ir;
using Mapping.Values;

namespace Mapping.Execution.Emission;

/// <summary>
/// Calculations that can only give a float64, because a float takes part or something is divided: <c>a * 1.8 + b / 100</c>. They are carried out
/// on doubles. Where an operand is no number, or a divisor is zero, all is done again on the general road, which knows what to say; so
/// nothing in them may have an effect.
/// </summary>
internal sealed class FloatEmitter(ExpressionEmitter expressions)
{
    private readonly LabelTarget general = Expression.Label("general");
    private readonly List<ParameterExpression> operands = [];
    private readonly List<Expression> code = [];

    /// <summary>What is known of the result if no operand is amiss.</summary>
    private enum Outcome
    {
        Float,
        Integer,
        Number,
        Unsuitable,
    }

    public static bool Fits(BoundChain node) => OutcomeOf(node) == Outcome.Float;

    /// <param name="node">A chain that fits.</param>
    /// <param name="otherwise">The general road.</param>
    public Expression Emit(BoundChain node, Expression otherwise)
    {
        ParameterExpression result = Instructions.Variable("result");
        LabelTarget end = Expression.Label("end");
        Expression calculated = Calculate(node);
        code.Add(Expression.Assign(result, Instructions.Call(Value.FromFloat64, calculated)));
        code.Add(Expression.Goto(end));
        code.Add(Expression.Label(general));
        code.Add(Expression.Assign(result, otherwise));
        code.Add(Expression.Label(end));
        code.Add(result);
        return Expression.Block([result, .. operands], code);
    }

    private static Outcome OutcomeOf(BoundExpression node) => node switch
    {
        BoundLiteral { Value.IsFloat64: true } => Outcome.Float,
        BoundLiteral { Value.IsInt64: true } => Outcome.Integer,
        BoundSlot or BoundVariable => Outcome.Number,
        BoundSteps { Source: BoundSlot or BoundVariable or BoundDocument } steps when steps.Steps.All(s => s is BoundPathStep) => Outcome.Number,
        BoundChain chain => chain.Rest.Aggregate(OutcomeOf(chain.First), (left, rest) => OutcomeOf(left, rest.Operator, OutcomeOf(rest.Operand))),
        _ => Outcome.Unsuitable,
    };

    private static Outcome OutcomeOf(Outcome left, Operation operation, Outcome right)
    {
        if (left == Outcome.Unsuitable || right == Outcome.Unsuitable)
        {
            return Outcome.Unsuitable;
        }

        return operation switch
        {
            Operation.Divide => Outcome.Float,
            Operation.Add or Operation.Subtract or Operation.Multiply => left == Outcome.Float || right == Outcome.Float ? Outcome.Float : Outcome.Number,
            _ => Outcome.Unsuitable,
        };
    }

    /// <summary>Code for the double; what must be asked on the way there is added to the code before it.</summary>
    private Expression Calculate(BoundExpression node)
    {
        if (node is BoundLiteral { Value: var literal })
        {
            return Expression.Constant(literal.IsInt64 ? literal.AsInt64() : literal.AsFloat64());
        }

        return node is BoundChain chain && Fits(chain) ? Calculate(chain) : Operand(Instructions.Call(Runtime.FloatOperand, expressions.Emit(node)));
    }

    private Expression Calculate(BoundChain chain)
    {
        // As long as the result might be an integer, integers are calculated with.
        int exact = 0;
        Outcome outcome = OutcomeOf(chain.First);
        while (outcome != Outcome.Float && (outcome = OutcomeOf(outcome, chain.Rest[exact].Operator, OutcomeOf(chain.Rest[exact].Operand))) != Outcome.Float)
        {
            exact++;
        }

        BoundExpression first = exact == 0 ? chain.First : chain with { Rest = [.. chain.Rest.Take(exact)] };
        Expression result = Calculate(first);
        foreach (BoundOperand rest in chain.Rest.Skip(exact))
        {
            Expression right = Calculate(rest.Operand);
            result = rest.Operator switch
            {
                Operation.Add => Expression.Add(result, right),
                Operation.Subtract => Expression.Subtract(result, right),
                Operation.Multiply => Expression.Multiply(result, right),
                _ => Quotient(result, right),
            };
        }

        return result;
    }

    /// <summary>Zero on either side is left to the general road: errors, and the sign of the result.</summary>
    private BinaryExpression Quotient(Expression left, Expression right)
    {
        Expression dividend = Kept(left);
        Expression divisor = right is ConstantExpression { Value: not 0.0 } ? right : Kept(right);
        Expression zero = Expression.Constant(0.0);
        code.Add(Instructions.If(Expression.Equal(dividend, zero), Expression.Goto(general)));
        if (divisor is not ConstantExpression)
        {
            code.Add(Instructions.If(Expression.Equal(divisor, zero), Expression.Goto(general)));
        }

        return Expression.Divide(dividend, divisor);
    }

    private ParameterExpression Operand(Expression value)
    {
        ParameterExpression operand = Kept(value);
        code.Add(Instructions.If(Expression.NotEqual(operand, operand), Expression.Goto(general)));
        return operand;
    }

    private ParameterExpression Kept(Expression value)
    {
        ParameterExpression kept = Expression.Variable(typeof(double), "operand");
        operands.Add(kept);
        code.Add(Expression.Assign(kept, value));
        return kept;
    }
}
