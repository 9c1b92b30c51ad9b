using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Extras.Paths;

/// <summary>One evaluation: the document, and what @ stands for.</summary>
internal sealed class PathScope(EvaluationContext context, Value root)
{
    private Value stop = Value.Nothing;

    public EvaluationContext Context { get; } = context;

    public Value Root { get; } = root;

    /// <summary>The element of the filter around; null outside of filters, as in the reference.</summary>
    public Value Current { get; private set; } = Value.Null;

    /// <summary>A limit was exceeded: everything ends.</summary>
    public bool IsStopped => !stop.IsNothing;

    public Value Finish(PathNode expression)
    {
        Value result = expression.Evaluate(this);
        return IsStopped ? stop : Context.Checked(result);
    }

    /// <summary>Evaluates with another current element.</summary>
    public Value EvaluateAt(Value current, PathNode expression)
    {
        Value outer = Current;
        Current = current;
        Value result = expression.Evaluate(this);
        Current = outer;
        return result;
    }

    /// <summary>Appends a match; false when a limit is exceeded.</summary>
    public bool TryAdd(List<Value> matches, Value value)
    {
        matches.Add(value);
        if (matches.Count == matches.Capacity && !Context.TryGrow(32L * matches.Count, out Value exceeded))
        {
            stop = exceeded;
        }

        return TryStep();
    }

    /// <summary>Counts a step against the limits; false when everything ends.</summary>
    public bool TryStep()
    {
        if (!IsStopped && !Context.TryStep(out Value exceeded))
        {
            stop = exceeded;
        }

        return !IsStopped;
    }

    public Value Array(List<Value> elements)
    {
        if (!Context.TryGrow(16L * elements.Count, out Value exceeded))
        {
            stop = exceeded;
            return exceeded;
        }

        ArrayNode array = Context.Arena.NewArray(elements.Count);
        foreach (Value element in elements)
        {
            array.Add(element.Frozen());
        }

        return Value.FromArray(array);
    }
}
