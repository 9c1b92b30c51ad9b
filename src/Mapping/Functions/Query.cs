using Mapping.Values;

namespace Mapping.Functions;

/// <summary>An unevaluated argument, handed to the builtin that declared it as query or lazy.</summary>
/// <param name="body">The compiled argument.</param>
/// <param name="slot">Where the argument expects its context; -1 when it reads none or keeps the caller's.</param>
/// <param name="compileApart">
/// For a query that only reads members of the pair it sees: compiles it once more so that it finds the members in the two slots
/// behind its own, and no object has to be made.
/// </param>
internal sealed class Query(Evaluator body, int slot, Func<Evaluator>? compileApart = null)
{
    private Evaluator? apart;

    /// <summary>Evaluates with a value as <c>this</c> (and as the parameter of a lambda). Counts as a step.</summary>
    public Value Evaluate(EvaluationContext context, Value current)
    {
        if (!context.Step() && context.LookAtLimits() is { IsNothing: false } exceeded)
        {
            return exceeded;
        }

        if (slot >= 0)
        {
            context.Slots[slot] = current;
        }

        return body(context);
    }

    /// <summary>Evaluates with an object of two members as <c>this</c>; it is made only where the query needs it whole.</summary>
    public Value Evaluate(EvaluationContext context, PairKeys keys, Value first, Value second)
    {
        if (compileApart is null)
        {
            return Evaluate(context, Value.FromObject(keys.Make(context.Arena, first, second)));
        }

        if (!context.Step() && context.LookAtLimits() is { IsNothing: false } exceeded)
        {
            return exceeded;
        }

        apart ??= compileApart();
        Value[] slots = context.Slots;
        slots[slot + 1] = first.Frozen();
        slots[slot + 2] = second.Frozen();
        return apart(context);
    }

    /// <summary>Evaluates in the caller's context.</summary>
    public Value Evaluate(EvaluationContext context) => body(context);
}
