using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Emission;

/// <summary>Makes the methods of unevaluated arguments.</summary>
internal sealed class QueryEmitter(ExpressionEmitter outer)
{
    /// <summary>How deeply expressions may nest before the stack is looked at.</summary>
    private const int LevelsBetweenStackLooks = 32;

    /// <summary>Such a query is made twice, and so is all within it; further in, the pair is made instead.</summary>
    private const int LevelsOfPairs = 3;

    /// <param name="argument">The argument.</param>
    /// <param name="pair">The keys of the pair it sees, if it can be handed the members.</param>
    public Query Compile(BoundArgument argument, PairKeys? pair)
    {
        if (argument.Value is BoundLiteral { Value: var constant })
        {
            return new Query((_, _) => constant, apart: null, keys: null);
        }

        QueryBody whole = Whole(argument);
        if (outer.Depth / LevelsBetweenStackLooks != outer.Unit.Depth / LevelsBetweenStackLooks)
        {
            return new Query(Guarded(whole), apart: null, keys: null) { Nature = Ir.Nature.Of(argument) };
        }

        return new Query(whole, pair is null || outer.Unit.Level >= LevelsOfPairs ? null : Apart(argument, pair), pair) { Nature = Ir.Nature.Of(argument) };
    }

    private QueryBody Whole(BoundArgument argument)
    {
        var unit = new Unit(argument, outer.Unit.Homes, outer.Depth, outer.Unit.Level + 1);
        ParameterExpression current = Instructions.Variable("current");
        Expression receive = argument.Slot >= 0 ? unit.Receive(argument.Slot, current) : Expression.Empty();
        Expression body = new ExpressionEmitter(unit, outer.Source, outer.Pairs).Emit(argument.Value);
        return GeneratedCode.Compile(Expression.Lambda<QueryBody>(unit.Enclose(Expression.Block(receive, body), current), "query", [unit.Context, current]));
    }

    private PairBody Apart(BoundArgument argument, PairKeys pair)
    {
        var unit = new Unit(argument, outer.Unit.Homes, outer.Depth, outer.Unit.Level + 1);
        ParameterExpression first = Instructions.Variable("first");
        ParameterExpression second = Instructions.Variable("second");
        Expression receive = unit.Receive(argument.Slot, first, second);
        Expression body = new ExpressionEmitter(unit, outer.Source, outer.Pairs.SetItem(argument.Slot, pair)).Emit(argument.Value);
        Expression code = unit.Enclose(Expression.Block(receive, body), first, second);
        return GeneratedCode.Compile(Expression.Lambda<PairBody>(code, "pair", [unit.Context, first, second]));
    }

    private static QueryBody Guarded(QueryBody inner) => (context, current) =>
        RuntimeHelpers.TryEnsureSufficientExecutionStack() ? inner(context, current) : OnDeepStack(inner, context, current);

    private static Value OnDeepStack(QueryBody inner, EvaluationContext context, Value current) => DeepStack.Run(() => inner(context, current));
}
