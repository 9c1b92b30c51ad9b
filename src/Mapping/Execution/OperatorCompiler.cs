using Mapping.Execution.Sites;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution;

/// <summary>Compiles operator chains: nested closures for short ones, a loop for long ones.</summary>
internal sealed class OperatorCompiler(SourceText source)
{
    private const int LongestNested = 8;

    public Evaluator Chain(BoundChain node, Evaluator first, Evaluator[] rest)
    {
        OperatorSite[] sites = OperatorSite.AllOf(node, source);
        int caught = CaughtFailures.LastIn(node);
        if (rest.Length > LongestNested)
        {
            return caught < 0 ? Loop(first, sites, rest) : Loop(StepCompiler.Caught(Loop(first, sites[..caught], rest[..caught]), isRead: false), sites[caught..], rest[caught..]);
        }

        Evaluator left = first;
        for (int i = 0; i < rest.Length; i++)
        {
            left = i == caught ? StepCompiler.Caught(left, isRead: false) : left;
            left = Binary(sites[i], left, rest[i]);
        }

        return left;
    }

    private static Evaluator Loop(Evaluator first, OperatorSite[] sites, Evaluator[] rest) => context =>
    {
        Value left = first(context);
        for (int i = 0; i < rest.Length; i++)
        {
            left = Apply(sites[i], left, rest[i], context);
        }

        return left;
    };

    private static Evaluator Binary(OperatorSite site, Evaluator left, Evaluator right)
    {
        switch (site.Operator)
        {
            case Operation.Coalesce:
                return context =>
                {
                    Value first = left(context);
                    return OperatorSite.IsMissing(first) ? right(context) : first;
                };
            case Operation.And or Operation.Or:
                return context =>
                {
                    Value decided = site.DecideAlone(left(context));
                    return decided.IsNothing ? site.Decide(right(context)) : decided;
                };
            case Operation.Add:
                return Numbers<NumberOperation.Add>(site, left, right);
            case Operation.Subtract:
                return Numbers<NumberOperation.Subtract>(site, left, right);
            case Operation.Multiply:
                return Numbers<NumberOperation.Multiply>(site, left, right);
            case Operation.Less:
                return Numbers<NumberOperation.Less>(site, left, right);
            case Operation.LessOrEqual:
                return Numbers<NumberOperation.LessOrEqual>(site, left, right);
            case Operation.Greater:
                return Numbers<NumberOperation.Greater>(site, left, right);
            case Operation.GreaterOrEqual:
                return Numbers<NumberOperation.GreaterOrEqual>(site, left, right);
            case Operation.Equal or Operation.NotEqual:
                return Equality(left, right, equal: site.Operator == Operation.Equal);
            default:
                return context =>
                {
                    Value first = left(context);
                    if (first.IsError)
                    {
                        return first;
                    }

                    Value second = right(context);
                    return second.IsError ? second : site.Apply(context, first, second);
                };
        }
    }

    /// <summary>Two numbers are the usual case; everything else, texts too, takes the general road.</summary>
    private static Evaluator Numbers<T>(OperatorSite site, Evaluator left, Evaluator right)
        where T : struct, INumberOperation => context =>
        {
            Value first = left(context);
            if (first.IsError)
            {
                return first;
            }

            Value second = right(context);
            if (second.IsError)
            {
                return second;
            }

            Value result = NumberOperation.Apply<T>(first, second);
            return result.IsNothing ? site.Apply(context, first, second) : result;
        };

    private static Evaluator Equality(Evaluator left, Evaluator right, bool equal) => context =>
    {
        Value first = left(context);
        if (first.IsError)
        {
            return first;
        }

        Value second = right(context);
        return second.IsError ? second : Value.FromBool(Comparison.AreEqual(first, second) == equal);
    };

    private static Value Apply(OperatorSite site, Value left, Evaluator right, EvaluationContext context)
    {
        switch (site.Operator)
        {
            case Operation.Coalesce:
                return OperatorSite.IsMissing(left) ? right(context) : left;
            case Operation.And or Operation.Or:
                Value decided = site.DecideAlone(left);
                return decided.IsNothing ? site.Decide(right(context)) : decided;
            default:
                if (left.IsError)
                {
                    return left;
                }

                Value second = right(context);
                return second.IsError ? second : site.Apply(context, left, second);
        }
    }
}
