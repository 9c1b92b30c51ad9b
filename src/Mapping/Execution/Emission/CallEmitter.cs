using System.Linq.Expressions;
using Mapping.Execution.Sites;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Values;

namespace Mapping.Execution.Emission;

/// <summary>Code for calls: arguments in order, each an error or as declared, then the builtin's body without its delegate.</summary>
internal sealed class CallEmitter(ExpressionEmitter expressions)
{
    public Expression Function(BoundFunctionCall node)
    {
        ParameterExpression result = Instructions.Variable("result");
        var site = new FunctionSite(node.Call, expressions.Source);
        return Expression.Block(
            [result],
            Expression.Assign(result, Invoke(node.Call, Instructions.Null)),
            Instructions.Call(site.Finish, expressions.Context, result));
    }

    /// <param name="call">What to call.</param>
    /// <param name="target">The received target; not to be evaluated twice.</param>
    public Expression Invoke(BoundCall call, Expression target)
    {
        if (!CallShape.IsGenerated(call))
        {
            MethodBody interpreted = new CallCompiler(expressions.Interpreter).Invoke(call);
            return Instructions.Call(interpreted, expressions.Context, target);
        }

        if (call.PreparesEachTime)
        {
            var site = new PreparedSite(call);
            return WithArguments(call, arguments => Instructions.Call(site.Invoke, expressions.Context, target, arguments[0]));
        }

        switch (call.Builtin.Body)
        {
            case FunctionBody body:
                return Instructions.Call(body, expressions.Context);
            case MethodBody body:
                return Instructions.Call(body, expressions.Context, target);
            case PreparedBody<object> body:
                Value[] constants = [.. call.Arguments.Select(a => a.IsQuery ? QueryOf(a, call.Builtin) : ((BoundLiteral)a.Value).Value)];
                return call.Builtin.TypedBody is { HasSingleTarget: true } typed
                    ? InvokePrepared(typed, target, call.State!, constants)
                    : Instructions.Call(new PreparedCall(body, call.State!, constants).Invoke, expressions.Context, target);
            case FunctionBody1 body:
                return WithArguments(call, arguments => Instructions.Call(body, expressions.Context, arguments[0]));
            default:
                return WithArguments(call, arguments => Instructions.Call(call.Builtin.Body, [expressions.Context, target, .. arguments]));
        }
    }

    private Expression InvokePrepared(Delegate body, Expression target, object state, Value[] constants)
    {
        Expression arguments = Instructions.Call((SpanOfValues)Runtime.SpanOf, Expression.Constant(constants));
        Type stateType = body.Method.GetParameters()[^2].ParameterType;
        return Instructions.Call(body, expressions.Context, target, Expression.Constant(state, stateType), arguments);
    }

    /// <summary>The first argument that fails is the result.</summary>
    private Expression WithArguments(BoundCall call, Func<Expression[], Expression> invoke)
    {
        int count = call.Arguments.Count;
        var arguments = new Expression[count];
        var variables = new List<ParameterExpression>();
        var code = new List<Expression>();
        ParameterExpression result = Instructions.Variable("result");
        LabelTarget end = Expression.Label("end");
        for (int i = 0; i < count; i++)
        {
            BoundArgument argument = call.Arguments[i];
            if (argument.IsQuery || argument.Value is BoundLiteral)
            {
                arguments[i] = Instructions.Constant(argument.IsQuery ? QueryOf(argument, call.Builtin) : ((BoundLiteral)argument.Value).Value);
                continue;
            }

            ParameterExpression value = Instructions.Variable("argument");
            variables.Add(value);
            arguments[i] = value;
            code.Add(Expression.Assign(value, expressions.Emit(argument.Value)));
            code.Add(Coerce(new ArgumentSite(argument, call.Builtin, expressions.Source), value, result, end));
        }

        if (code.Count == 0)
        {
            return invoke(arguments);
        }

        code.Add(Expression.Assign(result, invoke(arguments)));
        code.Add(Expression.Label(end));
        code.Add(result);
        return Expression.Block([result, .. variables], code);
    }

    private static Expression Coerce(ArgumentSite site, ParameterExpression value, ParameterExpression result, LabelTarget end)
    {
        Expression coerce = Expression.Block(
            Expression.Assign(value, Instructions.Call(site.Coerce, value)),
            Instructions.If(Instructions.IsError(value), Expression.Block(Expression.Assign(result, value), Expression.Goto(end))));
        return KindGuard.For(site.Type, value) is { } isUsual ? Instructions.If(Expression.Not(isUsual), coerce) : coerce;
    }

    private Value QueryOf(BoundArgument argument, Builtin builtin) => Value.FromQuery(new QueryEmitter(expressions).Compile(argument, argument.PairIn(builtin)));

    /// <summary>A prepared body with all it needs.</summary>
    private sealed class PreparedCall(PreparedBody<object> body, object state, Value[] constants)
    {
        public Value Invoke(EvaluationContext context, Value target) => body(context, target, state, constants);
    }
}
