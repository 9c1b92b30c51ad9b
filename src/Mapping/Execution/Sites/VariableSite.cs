using System.Runtime.CompilerServices;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary>Reading and setting variables. An empty slot is a variable that is not set.</summary>
internal sealed class VariableSite(BoundExpression node, SourceText source)
{
    /// <summary>What <c>let</c> keeps of a value.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Value Kept(Value assigned) => assigned.IsDeleted ? Value.Nothing : assigned.Frozen();

    public Value Undefined(string name) =>
        Failure.Located(Value.FromError(new EvaluationError(ErrorKind.WrongType, $"variable '{name}' undefined")), source, node.Span);

    /// <summary><c>var(name)</c> once the name is known.</summary>
    public Value ReadNamed(EvaluationContext context, Value key)
    {
        var named = (BoundNamedVariable)node;
        if (!key.IsText)
        {
            return key.IsError ? key : Failure.WrongType("string", key, named.Name, source);
        }

        return named.Slots.TryGetValue(key.AsHostString(), out int slot) && !context.Slots[slot].IsNothing
            ? context.Slots[slot]
            : Undefined(key.AsHostString());
    }
}
