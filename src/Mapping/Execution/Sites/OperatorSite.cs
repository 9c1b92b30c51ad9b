using System.Runtime.CompilerServices;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary>One operator of a chain: what it gives for two values, and how its failure is told.</summary>
internal sealed class OperatorSite(BoundChain node, int index, SourceText source)
{
    public Operation Operator { get; } = node.Rest[index].Operator;

    /// <summary>The operators of a chain, in order.</summary>
    public static OperatorSite[] AllOf(BoundChain node, SourceText source) => [.. node.Rest.Select((_, i) => new OperatorSite(node, i, source))];

    /// <summary>Whether <c>left | right</c> evaluates its right side.</summary>
    public static bool IsMissing(Value left) => left.IsNull || left.IsSentinel || (left.IsError && !left.AsError().IsFatal);

    /// <summary>Any operator but <c>| &amp;&amp; ||</c>, on two values that are no errors.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Value Apply(EvaluationContext context, Value left, Value right) =>
        Operations.TryApply(Operator, left, right, context.Arena, out Value result) && !result.IsError
            ? Grown(result, context)
            : Fail(left, right, result);

    /// <summary>Whether the left side of <c>&amp;&amp;</c> or <c>||</c> decides alone; an error decides too.</summary>
    public bool TryDecide(Value left, out Value result)
    {
        if (!TryCondition(left, out bool decided))
        {
            result = left.IsError ? left : Failure.WrongType("bool", left, Left, source);
            return true;
        }

        result = Value.FromBool(decided);
        return decided == (Operator == Operation.Or);
    }

    /// <summary>The result of <c>&amp;&amp;</c> or <c>||</c> once the right side has to decide.</summary>
    public Value Decide(Value right) =>
        TryCondition(right, out bool decided) ? Value.FromBool(decided)
            : right.IsError ? right
            : Failure.WrongType("bool", right, Right, source);

    /// <summary>Words the failure of an operator; the result is an error already, or the operands do not go together.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Value Fail(Value left, Value right, Value result)
    {
        if (!result.IsError)
        {
            return Failure.Mismatch(Operator, left, right, Left, Right, source, node.Span);
        }

        result.AsError().Annotate(Annotation.Of(Right));
        return Failure.Located(result, source, Right.Span);
    }

    private BoundExpression Left => index == 0 ? node.First : node.Rest[index - 1].Operand;

    private BoundExpression Right => node.Rest[index].Operand;

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
}
