using Mapping.Diagnostics;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Binding;

/// <summary>Calculates what literals alone decide, so that its errors appear while compiling.</summary>
internal static class Folding
{
    /// <summary>An array literal; sentinel members vanish.</summary>
    public static BoundExpression Array(IReadOnlyList<BoundExpression> items, TextSpan span)
    {
        if (!items.All(i => i is BoundLiteral))
        {
            return new BoundArray(items, span);
        }

        var node = new ArrayNode();
        foreach (BoundLiteral item in items.Cast<BoundLiteral>())
        {
            if (!item.Value.IsSentinel)
            {
                node.Add(item.Value);
            }
        }

        return new BoundLiteral(Value.FromArray(node).Frozen(), "array literal", span);
    }

    /// <summary>An object literal; a member whose value is a sentinel vanishes.</summary>
    public static BoundExpression Object(IReadOnlyList<(BoundExpression Key, BoundExpression Value)> entries, TextSpan span)
    {
        if (!entries.All(e => e.Key is BoundLiteral && e.Value is BoundLiteral))
        {
            return new BoundObject(entries, span);
        }

        var node = new ObjectNode();
        foreach ((BoundExpression key, BoundExpression value) in entries)
        {
            Value constant = ((BoundLiteral)value).Value;
            Value name = ((BoundLiteral)key).Value;
            if (!constant.IsSentinel && name.IsText)
            {
                node.Set(name.ToStringKind(), constant);
            }
        }

        return new BoundLiteral(Value.FromObject(node).Frozen(), "object literal", span);
    }

    /// <summary>Operators of one level: the literals at the front are calculated, step by step.</summary>
    public static BoundExpression Chain(ExpressionBinder binder, BoundExpression first, IReadOnlyList<BoundOperand> rest, TextSpan span)
    {
        int folded = 0;
        while (folded < rest.Count && first is BoundLiteral left && rest[folded] is { Operand: BoundLiteral right } operand && IsFoldable(operand.Operator))
        {
            EvaluationContext context = binder.Session.FoldingContext();
            bool matched = Operations.TryApply(operand.Operator, left.Value, right.Value, context.Arena, out Value result);
            if (!matched || result.IsError)
            {
                string message = matched
                    ? result.AsError().Message
                    : Operations.Mismatch(operand.Operator, left.Value, right.Value, left.Origin, right.Origin);
                binder.Error(DiagnosticCodes.ConstantFails, span, message, "this fails for every message");
                return ExpressionBinder.Wrong(span);
            }

            first = Literal(result, span);
            folded++;
        }

        if (folded == rest.Count)
        {
            return first;
        }

        return new BoundChain(first, folded == 0 ? rest : [.. rest.Skip(folded)], span);
    }

    /// <summary>A calculated constant that owns its memory.</summary>
    public static BoundLiteral Literal(Value value, TextSpan span, string? origin = null)
    {
        Value constant = value.Normalized().Detach();
        return new BoundLiteral(constant, origin ?? Origin(constant), span);
    }

    private static string Origin(Value value) => value.Kind switch
    {
        ValueKind.Deleted => "delete",
        ValueKind.Nothing => "nothing",
        _ => value.TypeName + " literal",
    };

    private static bool IsFoldable(Operation operation) => operation is not (Operation.Coalesce or Operation.And or Operation.Or);
}
