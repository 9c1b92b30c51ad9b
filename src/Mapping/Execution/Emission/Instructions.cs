using System.Linq.Expressions;
using System.Reflection;
using Mapping.Values;

namespace Mapping.Execution.Emission;

/// <summary>The vocabulary of generated code. Methods are named by delegates, so that trimming sees them.</summary>
internal static class Instructions
{
    public static readonly Expression Null = Expression.Default(typeof(Value));

    private static readonly Expression Empty = Expression.Empty();

    /// <summary>Calls the method of a delegate on its target, without the delegate.</summary>
    public static Expression Call(Delegate callee, params Expression[] arguments)
    {
        MethodInfo method = callee.Method;
        bool isOrdinary = method.DeclaringType is not null && (callee.Target is null) == method.IsStatic && callee.HasSingleTarget;
        return isOrdinary
            ? Expression.Call(callee.Target is null ? null : Expression.Constant(callee.Target), method, arguments)
            : Expression.Invoke(Expression.Constant(callee), arguments);
    }

    public static ParameterExpression Variable(string name) => Expression.Variable(typeof(Value), name);

    public static Expression IsError(Expression value) => Call(Runtime.IsError, value);

    /// <summary>One test after the other, so that each becomes a branch of its own.</summary>
    public static Expression IsText(Expression value) => Expression.AndAlso(Call(Runtime.OwnsBytes, value), Call(Runtime.IsOwnedText, value));

    public static Expression IsNothing(Expression value) => Call(Runtime.IsNothing, value);

    public static Expression IsTrue(Expression truth) => Expression.GreaterThan(truth, Expression.Constant(0));

    public static Expression IsNeither(Expression truth) => Expression.LessThan(truth, Expression.Constant(0));

    public static Expression If(Expression test, Expression then) => Expression.IfThenElse(test, then, Empty);

    public static Expression Choose(Expression test, Expression then, Expression otherwise) => Expression.Condition(test, then, otherwise, typeof(Value));

    public static Expression FromBool(Expression truth) => Call(Value.FromBool, IsTrue(truth));

    /// <summary>A constant; the usual scalars are made in place, which is cheaper than fetching them.</summary>
    public static Expression Constant(Value value) => value.Kind switch
    {
        ValueKind.Null => Null,
        ValueKind.Bool => Call(Value.FromBool, Expression.Constant(value.AsBool())),
        ValueKind.Int64 => Call(Value.FromInt64, Expression.Constant(value.AsInt64())),
        ValueKind.Float64 => Call(Value.FromFloat64, Expression.Constant(value.AsFloat64())),
        _ => Expression.Constant(value),
    };

    /// <summary>Values in order; all but the last are for their effect.</summary>
    public static Expression Sequence(IEnumerable<ParameterExpression> variables, params IEnumerable<Expression> steps) => Expression.Block(variables, steps);
}
