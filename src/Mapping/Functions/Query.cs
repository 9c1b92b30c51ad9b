using Mapping.Values;

namespace Mapping.Functions;

/// <summary>An unevaluated argument, handed to the builtin that declared it as query or lazy.</summary>
/// <param name="body">The compiled argument.</param>
/// <param name="slot">Where the argument expects its context; -1 when it reads none or keeps the caller's.</param>
internal sealed class Query(Evaluator body, int slot)
{
    /// <summary>Of the value it is given it reads members only: an object made for it can be filled again for the next element.</summary>
    public bool ReadsMembersOnly { get; init; }

    /// <summary>Evaluates with a value as <c>this</c> (and as the parameter of a lambda). Counts as a step.</summary>
    public Value Evaluate(EvaluationContext context, Value current)
    {
        if (!context.TryStep(out Value exceeded))
        {
            return exceeded;
        }

        if (slot >= 0)
        {
            context.Slots[slot] = current;
        }

        return body(context);
    }

    /// <summary>Evaluates in the caller's context.</summary>
    public Value Evaluate(EvaluationContext context) => body(context);
}
