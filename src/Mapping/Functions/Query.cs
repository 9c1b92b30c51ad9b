using Mapping.Values;

namespace Mapping.Functions;

/// <summary>An unevaluated argument, handed to the builtin that declared it as query or lazy.</summary>
internal sealed class Query
{
    private readonly Evaluator? body;
    private readonly QueryBody? direct;
    private readonly int slot;

    /// <param name="body">The argument.</param>
    /// <param name="slot">Where the argument expects its context; -1 when it reads none or keeps the caller's.</param>
    public Query(Evaluator body, int slot)
    {
        this.body = body;
        this.slot = slot;
    }

    /// <param name="direct">The argument; it is handed its context.</param>
    public Query(QueryBody direct) => this.direct = direct;

    /// <summary>Evaluates with a value as <c>this</c> (and as the parameter of a lambda). Counts as a step.</summary>
    public Value Evaluate(EvaluationContext context, Value current)
    {
        if (!context.TryStep(out Value exceeded))
        {
            return exceeded;
        }

        if (direct is not null)
        {
            return direct(context, current);
        }

        if (slot >= 0)
        {
            context.Slots[slot] = current;
        }

        return body!(context);
    }

    /// <summary>Evaluates in the caller's context.</summary>
    public Value Evaluate(EvaluationContext context) => direct is not null ? direct(context, default) : body!(context);
}
