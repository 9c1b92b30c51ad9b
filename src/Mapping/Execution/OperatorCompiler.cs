using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution;

/// <summary>Compiles operator chains: nested closures for short ones, a loop for long ones.</summary>
internal sealed class OperatorCompiler(SourceText source)
{
    private const int LongestNested = 8;

    public Evaluator Chain(BoundChain node, Evaluator first, Evaluator[] rest)
    {
        if (rest.Length > LongestNested)
        {
            return Loop(node, first, rest);
        }

        Evaluator left = first;
        for (int i = 0; i < rest.Length; i++)
        {
            left = Binary(node, i, left, rest[i]);
        }

        return left;
    }

    private Evaluator Loop(BoundChain node, Evaluator first, Evaluator[] rest) => context =>
    {
        Value left = first(context);
        for (int i = 0; i < rest.Length; i++)
        {
            left = Apply(node, i, left, rest[i], context);
        }

        return left;
    };

    private Evaluator Binary(BoundChain node, int index, Evaluator left, Evaluator right)
    {
        switch (node.Rest[index].Operator)
        {
            case Operation.Coalesce:
                return context => Coalesce(left(context), right, context);
            case Operation.And or Operation.Or:
                return context => Decide(node, index, left(context), right, context);
            case Operation.Add:
                return Numbers<NumberOperation.Add>(node, index, left, right);
            case Operation.Subtract:
                return Numbers<NumberOperation.Subtract>(node, index, left, right);
            case Operation.Multiply:
                return Numbers<NumberOperation.Multiply>(node, index, left, right);
            case Operation.Less:
                return Numbers<NumberOperation.Less>(node, index, left, right);
            case Operation.LessOrEqual:
                return Numbers<NumberOperation.LessOrEqual>(node, index, left, right);
            case Operation.Greater:
                return Numbers<NumberOperation.Greater>(node, index, left, right);
            case Operation.GreaterOrEqual:
                return Numbers<NumberOperation.GreaterOrEqual>(node, index, left, right);
            case Operation.Equal or Operation.NotEqual:
                return Equality(left, right, equal: node.Rest[index].Operator == Operation.Equal);
            default:
                return context =>
                {
                    Value first = left(context);
                    if (first.IsError)
                    {
                        return first;
                    }

                    Value second = right(context);
                    return second.IsError ? second : General(node, index, first, second, context);
                };
        }
    }

    /// <summary>Two numbers are the usual case; everything else, texts too, takes the general road.</summary>
    private Evaluator Numbers<T>(BoundChain node, int index, Evaluator left, Evaluator right)
        where T : struct, INumberOperation => context =>
        {
            Value first = left(context);
            if (first.IsError)
            {
                return first;
            }

            Value second = right(context);
            if (second.IsError)
            {
                return second;
            }

            return NumberOperation.TryApply<T>(first, second, out Value result) ? result : General(node, index, first, second, context);
        };

    private static Evaluator Equality(Evaluator left, Evaluator right, bool equal) => context =>
    {
        Value first = left(context);
        if (first.IsError)
        {
            return first;
        }

        Value second = right(context);
        return second.IsError ? second : Value.FromBool(Comparison.AreEqual(first, second) == equal);
    };

    private Value General(BoundChain node, int index, Value left, Value right, EvaluationContext context) =>
        Operations.TryApply(node.Rest[index].Operator, left, right, context.Arena, out Value result) && !result.IsError
            ? Grown(result, context)
            : Fail(node, index, left, right, result);

    private Value Apply(BoundChain node, int index, Value left, Evaluator right, EvaluationContext context)
    {
        switch (node.Rest[index].Operator)
        {
            case Operation.Coalesce:
                return Coalesce(left, right, context);
            case Operation.And or Operation.Or:
                return Decide(node, index, left, right, context);
            default:
                if (left.IsError)
                {
                    return left;
                }

                Value second = right(context);
                return second.IsError ? second : General(node, index, left, second, context);
        }
    }

    private static Value Coalesce(Value left, Evaluator right, EvaluationContext context) =>
        left.IsNull || left.IsSentinel || (left.IsError && !left.AsError().IsFatal) ? right(context) : left;

    private Value Decide(BoundChain node, int index, Value left, Evaluator right, EvaluationContext context)
    {
        if (!TryCondition(left, out bool decided))
        {
            return left.IsError ? left : Failure.WrongType("bool", left, LeftName(node, index), source);
        }

        if (decided == (node.Rest[index].Operator == Operation.Or))
        {
            return Value.FromBool(decided);
        }

        Value second = right(context);
        if (!TryCondition(second, out decided))
        {
            return second.IsError ? second : Failure.WrongType("bool", second, node.Rest[index].Operand, source);
        }

        return Value.FromBool(decided);
    }

    private static bool TryCondition(Value value, out bool condition)
    {
        if (!value.IsBool)
        {
            value = value.Normalized();
        }

        condition = (value.IsBool || value.IsNumber) && value.ToCondition();
        return value.IsBool || value.IsNumber;
    }

    /// <summary>Texts grow by concatenation; the limits look at each.</summary>
    private static Value Grown(Value result, EvaluationContext context) =>
        result.IsText && !context.TryGrow(result.TextLength, out Value exceeded) ? exceeded : result;

    private Value Fail(BoundChain node, int index, Value left, Value right, Value error)
    {
        BoundExpression rightNode = node.Rest[index].Operand;
        if (!error.IsError)
        {
            return Failure.Mismatch(node.Rest[index].Operator, left, right, LeftName(node, index), rightNode, source, node.Span);
        }

        error.AsError().Annotate(Annotation.Of(rightNode));
        return Failure.Located(error, source, rightNode.Span);
    }

    private static BoundExpression LeftName(BoundChain node, int index) => index == 0 ? node.First : node.Rest[index - 1].Operand;
}
