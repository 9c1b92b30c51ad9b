using System.Linq.Expressions;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Execution.Emission;

/// <summary>A method being generated: its context and its local variables.</summary>
internal sealed class Unit(object key, SlotHomes homes, int depth)
{
    private readonly Dictionary<int, ParameterExpression> locals = [];

    public ParameterExpression Context { get; } = Expression.Parameter(typeof(EvaluationContext), "context");

    public SlotHomes Homes => homes;

    /// <summary>How many expressions are around the method.</summary>
    public int Depth => depth;

    /// <summary>The value that an argument is handed is the slot's.</summary>
    /// <returns>What to do first: nothing when the slot is local.</returns>
    public Expression Receive(int slot, ParameterExpression current)
    {
        if (homes.IsShared(slot))
        {
            return Write(slot, current);
        }

        locals[slot] = current;
        return Expression.Empty();
    }

    public Expression Read(int slot) => homes.IsLocal(slot, key) ? Local(slot) : Instructions.Call(Runtime.ReadSlot, Context, Expression.Constant(slot));

    public Expression Write(int slot, Expression value) => homes.IsLocal(slot, key)
        ? Expression.Assign(Local(slot), value)
        : Instructions.Call(Runtime.WriteSlot, Context, Expression.Constant(slot), value);

    /// <summary>The whole method: its locals around the code.</summary>
    public Expression Enclose(Expression code, ParameterExpression? current = null)
    {
        Expression nothing = Instructions.Constant(Value.Nothing);
        IEnumerable<Expression> start = locals.Where(l => homes.IsVariable(l.Key)).Select(l => Expression.Assign(l.Value, nothing));
        return Expression.Block(locals.Values.Where(l => l != current), [.. start, code]);
    }

    private ParameterExpression Local(int slot)
    {
        if (!locals.TryGetValue(slot, out ParameterExpression? local))
        {
            locals[slot] = local = Instructions.Variable($"slot{slot}");
        }

        return local;
    }
}
