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
            case Operation operation:
                return context =>
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

                    return Operations.TryApply(operation, first, second, context.Arena, out Value result) && !result.IsError
                        ? Grown(result, context)
                        : Fail(node, index, first, second, result);
                };
        }
    }

    private Value Apply(BoundChain node, int index, Value left, Evaluator right, EvaluationContext context)
    {
        switch (node.Rest[index].Operator)
        {
            case Operation.Coalesce:
                return Coalesce(left, right, context);
            case Operation.And or Operation.Or:
                return Decide(node, index, left, right, context);
            case Operation operation:
                if (left.IsError)
                {
                    return left;
                }

                Value second = right(context);
                if (second.IsError)
                {
                    return second;
                }

                return Operations.TryApply(operation, left, second, context.Arena, out Value result) && !result.IsError
                    ? Grown(result, context)
                    : Fail(node, index, left, second, result);
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
