using System.Linq.Expressions;
using Mapping.Functions;
using Mapping.Ir;

namespace Mapping.Execution.Emission;

/// <summary><c>split(",").index(1)</c>: the element that is wanted, without the array that it would be taken from.</summary>
internal static class ElementEmitter
{
    /// <summary>Farther ones are as well taken from the array.</summary>
    private const int Farthest = 63;

    /// <summary>Code for a step and the next one at once, which may give nothing; null where they are no such steps.</summary>
    public static Expression? Emit(BoundSteps node, int index, Expression target)
    {
        if (node.Steps[index] is not BoundMethodStep { Call: { Builtin.Element: { } element, Arguments: [{ Value: BoundLiteral first }, { Value: BoundLiteral second }] } }
            || node.Steps.ElementAtOrDefault(index + 1) is not BoundMethodStep { Call: { Builtin.Flow: ValueFlow.OneElement, Arguments: [{ Value: BoundLiteral place }] } }
            || !place.Value.IsInt64 || place.Value.AsInt64() is < 0 or > Farthest)
        {
            return null;
        }

        Expression position = Expression.Constant((int)place.Value.AsInt64());
        return Instructions.Call(element, target, Instructions.Constant(first.Value), Instructions.Constant(second.Value), position);
    }
}
