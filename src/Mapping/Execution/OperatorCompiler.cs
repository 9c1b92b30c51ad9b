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
        if (rest.Length > LongestNested)
        {
            return Loop(first, sites, rest);
        }

        Evaluator left = first;
        for (int i = 0; i < rest.Length; i++)
        {
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
