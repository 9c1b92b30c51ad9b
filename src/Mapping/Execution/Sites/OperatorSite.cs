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
    public Value Apply(EvaluationContext context, Value left, Value right)
    {
        // Texts grow by concatenation; the limits are asked before anything is made.
        if (Operator == Operation.Add && left.IsText && right.IsText && !context.TryGrow((long)left.TextLength + right.TextLength, out Value exceeded))
        {
            return exceeded;
        }

        return Operations.TryApply(Operator, left, right, context.Arena, out Value result) && !result.IsError ? result : Fail(left, right, result);
    }

    /// <summary>1 or 0 for <c>&lt; &lt;= &gt; &gt;=</c>, -1 when the operands have no order.</summary>
    public int Order(EvaluationContext context, Value left, Value right) =>
        !Comparison.TryOrder(left, right, context.Arena, out Ordering ordering) ? -1 : Operations.Holds(Operator, ordering) ? 1 : 0;

    /// <summary>The result of <c>&amp;&amp;</c> or <c>||</c> as far as the left side decides it, errors included; nothing when the right side has to.</summary>
    public Value DecideAlone(Value left)
    {
        if (!TryCondition(left, out bool decided))
        {
            return RefuseLeft(left);
        }

        return decided == (Operator == Operation.Or) ? Value.FromBool(decided) : Value.Nothing;
    }

    /// <summary>The result of <c>&amp;&amp;</c> or <c>||</c> once the right side has to decide.</summary>
    public Value Decide(Value right) =>
        TryCondition(right, out bool decided) ? Value.FromBool(decided) : RefuseRight(right);

    /// <summary>The error for a left side of <c>&amp;&amp;</c> or <c>||</c> that is no condition.</summary>
    public Value RefuseLeft(Value left) => left.IsError ? left : Failure.WrongType("bool", left, Left, source);

    public Value RefuseRight(Value right) => right.IsError ? right : Failure.WrongType("bool", right, Right, source);

    /// <summary>Words the failure of an operator; the result is an error already, or the operands do not go together.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Value Fail(Value left, Value right, Value result)
    {
        if (Wording.IsOff && !(result.IsError && result.AsError().IsFatal))
        {
            return Value.Unworded;
        }

        if (!result.IsError)
        {
            return Failure.Mismatch(Operator, left, right, Left, Right, source, node.Span);
        }

        result.AsError().Annotate(Annotation.Of(Right));
        return Failure.Located(result, source, Right.Span);
    }

    private BoundExpression Left => index == 0 ? node.First : node.Rest[index - 1].Operand;

    private BoundExpression Right => node.Rest[index].Operand;

    /// <summary>Bools, and numbers by being zero or not.</summary>
    public static bool TryCondition(Value value, out bool condition)
    {
        if (!value.IsBool)
        {
            value = value.Normalized();
        }

        condition = (value.IsBool || value.IsNumber) && value.ToCondition();
        return value.IsBool || value.IsNumber;
    }
}
