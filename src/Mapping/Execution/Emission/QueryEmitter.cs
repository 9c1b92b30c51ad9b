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

    public Query Compile(BoundArgument argument)
    {
        if (argument.Value is BoundLiteral { Value: var constant })
        {
            return new Query((_, _) => constant);
        }

        var unit = new Unit(argument, outer.Unit.Homes, outer.Depth);
        ParameterExpression current = Instructions.Variable("current");
        Expression receive = argument.Slot >= 0 ? unit.Receive(argument.Slot, current) : Expression.Empty();
        Expression body = new ExpressionEmitter(unit, outer.Source).Emit(argument.Value);
        Expression code = unit.Enclose(Expression.Block(receive, body), current);
        QueryBody compiled = Expression.Lambda<QueryBody>(code, "query", [unit.Context, current]).Compile();
        bool isDeep = outer.Depth / LevelsBetweenStackLooks != outer.Unit.Depth / LevelsBetweenStackLooks;
        return new Query(isDeep ? Guarded(compiled) : compiled);
    }

    private static QueryBody Guarded(QueryBody inner) => (context, current) =>
        RuntimeHelpers.TryEnsureSufficientExecutionStack() ? inner(context, current) : OnDeepStack(inner, context, current);

    private static Value OnDeepStack(QueryBody inner, EvaluationContext context, Value current) => DeepStack.Run(() => inner(context, current));
}
