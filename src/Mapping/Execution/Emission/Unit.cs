using System.Linq.Expressions;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Execution.Emission;

/// <summary>A method being generated: its context and its local variables.</summary>
internal sealed class Unit(object key, SlotHomes homes, int depth, int level)
{
    private readonly Dictionary<int, ParameterExpression> locals = [];
    private readonly HashSet<int> surelySet = [];

    public ParameterExpression Context { get; } = Expression.Parameter(typeof(EvaluationContext), "context");

    public SlotHomes Homes => homes;

    /// <summary>How many expressions are around the method.</summary>
    public int Depth => depth;

    /// <summary>How many queries are around the method.</summary>
    public int Level => level;

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

    /// <summary>The same for a pair that is handed over by its members.</summary>
    public Expression Receive(int slot, ParameterExpression first, ParameterExpression second)
    {
        if (homes.IsShared(slot))
        {
            return Expression.Block(WriteShared(slot + 1, first), WriteShared(slot + 2, second));
        }

        locals[slot + 1] = first;
        locals[slot + 2] = second;
        return Expression.Empty();
    }

    /// <summary>A member of the pair that was received in the slot.</summary>
    public Expression ReadMember(int slot, int offset) => locals.TryGetValue(slot + offset, out ParameterExpression? member)
        ? member
        : Instructions.Call(Runtime.ReadSlot, Context, Expression.Constant(slot + offset));

    public Expression Read(int slot) => homes.IsLocal(slot, key) ? Local(slot) : Instructions.Call(Runtime.ReadSlot, Context, Expression.Constant(slot));

    public Expression Write(int slot, Expression value) => homes.IsLocal(slot, key)
        ? Expression.Assign(Local(slot), value)
        : WriteShared(slot, value);

    /// <summary>Whether a variable has a value wherever the code that is emitted next runs.</summary>
    public bool IsSurelySet(int slot) => surelySet.Contains(slot);

    /// <param name="slot">A variable that was just assigned.</param>
    /// <param name="isNeverEmpty">What was assigned cannot be the absence of a value, and the assignment cannot be passed by.</param>
    public void NoteAssigned(int slot, bool isNeverEmpty)
    {
        if (isNeverEmpty && homes.IsLocal(slot, key))
        {
            surelySet.Add(slot);
        }
        else
        {
            surelySet.Remove(slot);
        }
    }

    /// <summary>The whole method: its locals around the code.</summary>
    public Expression Enclose(Expression code, params ParameterExpression[] received)
    {
        Expression nothing = Instructions.Constant(Value.Nothing);
        IEnumerable<Expression> start = locals.Where(l => homes.IsVariable(l.Key)).Select(l => Expression.Assign(l.Value, nothing));
        return Expression.Block(locals.Values.Except(received), [.. start, code]);
    }

    private Expression WriteShared(int slot, Expression value) => Instructions.Call(Runtime.WriteSlot, Context, Expression.Constant(slot), value);

    private ParameterExpression Local(int slot)
    {
        if (!locals.TryGetValue(slot, out ParameterExpression? local))
        {
            locals[slot] = local = Instructions.Variable($"slot{slot}");
        }

        return local;
    }
}
