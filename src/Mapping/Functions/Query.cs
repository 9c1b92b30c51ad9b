using Mapping.Values;

namespace Mapping.Functions;

/// <summary>An unevaluated argument, handed to the builtin that declared it as query or lazy.</summary>
internal sealed class Query
{
    private readonly Evaluator? body;
    private readonly QueryBody? direct;
    private readonly int slot;
    private readonly Func<PairBody>? compileApart;
    private readonly PairKeys? keys;
    private PairBody? apart;

    /// <param name="body">The argument.</param>
    /// <param name="slot">Where the argument expects its context; -1 when it reads none or keeps the caller's.</param>
    /// <param name="compileApart">
    /// For a query that only reads members of the pair it sees: compiles it once more so that it is handed the members, and no
    /// object has to be made.
    /// </param>
    /// <param name="keys">The keys of that pair.</param>
    public Query(Evaluator body, int slot, Func<PairBody>? compileApart = null, PairKeys? keys = null)
    {
        this.keys = keys;
        this.body = body;
        this.slot = slot;
        this.compileApart = compileApart;
    }

    /// <param name="direct">The argument; it is handed its context.</param>
    /// <param name="apart">The same for a pair by its members.</param>
    /// <param name="keys">The keys of that pair.</param>
    public Query(QueryBody direct, PairBody? apart, PairKeys? keys)
    {
        this.keys = keys;
        this.direct = direct;
        this.apart = apart;
    }

    /// <summary>What is known of it without evaluating it.</summary>
    public QueryNature Nature { get; init; }

    /// <summary>What a builtin keeps with the query it was given, for the next message; shared by all threads.</summary>
    public object? Memory { get; set; }

    /// <summary>Evaluates with a value as <c>this</c> (and as the parameter of a lambda). Counts as a step.</summary>
    public Value Evaluate(EvaluationContext context, Value current)
    {
        if (!context.Step() && context.LookAtLimits() is { IsNothing: false } exceeded)
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

    /// <summary>Whether it can be handed the members of such a pair.</summary>
    public bool TakesApart(PairKeys pair) => ReferenceEquals(keys, pair) && (apart is not null || compileApart is not null);

    /// <summary>Evaluates with an object of two members as <c>this</c>; it is made only where the query needs it whole.</summary>
    public Value Evaluate(EvaluationContext context, PairKeys pair, Value first, Value second)
    {
        if (!TakesApart(pair))
        {
            return Evaluate(context, Value.FromObject(pair.Make(context.Arena, first, second)));
        }

        if (!context.Step() && context.LookAtLimits() is { IsNothing: false } exceeded)
        {
            return exceeded;
        }

        apart ??= compileApart!();
        return apart(context, first.Frozen(), second.Frozen());
    }

    /// <summary>Evaluates in the caller's context.</summary>
    public Value Evaluate(EvaluationContext context) => direct is not null ? direct(context, default) : body!(context);
}
