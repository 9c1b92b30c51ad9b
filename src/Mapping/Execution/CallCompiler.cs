using System.Runtime.CompilerServices;
using Mapping.Execution.Sites;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution;

/// <summary>Compiles calls: targets and arguments are evaluated, coerced as declared, and handed to the builtin's body.</summary>
internal sealed class CallCompiler(ExpressionCompiler expressions)
{
    private const int MostOnStack = 6;

    private SourceText Source => expressions.Source;

    public Evaluator Function(BoundFunctionCall node)
    {
        BoundCall call = node.Call;
        var site = new FunctionSite(call, Source);
        if (call.Builtin.Body is FunctionBody direct)
        {
            return context => site.Finish(context, direct(context));
        }

        MethodBody invoke = Invoke(call);
        return context => site.Finish(context, invoke(context, default));
    }

    /// <param name="node">The expression the step belongs to.</param>
    /// <param name="index">The position of the step in it.</param>
    /// <param name="call">What the step calls.</param>
    public Step Method(BoundSteps node, int index, BoundCall call)
    {
        Builtin builtin = call.Builtin;
        if (builtin.HasLazyTarget)
        {
            return OnLazyTarget(node, index, call);
        }

        MethodBody invoke = Invoke(call);
        var site = new MethodSite(node, index, call, Source);
        if (builtin.SeesErrors)
        {
            return (context, target) => target.IsError && target.AsError().IsFatal ? target : site.Finish(context, invoke(context, target));
        }

        uint unchanged = builtin.Receiver.Unchanged();
        return (context, target) => ((unchanged >> (int)target.Kind) & 1) != 0
            ? site.Finish(context, invoke(context, target))
            : CoerceAndCall(site, invoke, context, target);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value CoerceAndCall(MethodSite site, MethodBody invoke, EvaluationContext context, Value target) =>
        site.TryReceive(context, ref target) ? site.Finish(context, invoke(context, target)) : target;

    /// <summary>What a method with a lazy target gets: the source and the steps before, as a query.</summary>
    public Value LazyTargetOf(BoundSteps node, int index) =>
        Value.FromQuery(new Query(expressions.Compile(LazyTarget.Before(node, index)), slot: -1));

    private Step OnLazyTarget(BoundSteps node, int index, BoundCall call)
    {
        Value query = LazyTargetOf(node, index);
        MethodBody invoke = Invoke(call);
        var site = new MethodSite(node, index, call, Source);
        return (context, _) => site.Finish(context, invoke(context, query));
    }

    /// <summary>Evaluates the arguments and calls the body; the shape of the body decides how they are passed.</summary>
    public MethodBody Invoke(BoundCall call)
    {
        if (call.PreparesEachTime)
        {
            return PrepareEachTime(call);
        }

        return call.HasConstantArguments ? InvokeConstant(call) : InvokeEvaluated(call);
    }

    /// <summary>Everything is known: the values are laid out once.</summary>
    private MethodBody InvokeConstant(BoundCall call)
    {
        Value[] constants = [.. call.Arguments.Select(a => a.IsQuery ? QueryValue(a, call.Builtin) : ((BoundLiteral)a.Value).Value)];
        switch (call.Builtin.Body)
        {
            case MethodBody body:
                return body;
            case MethodBody1 body:
                Value only = constants[0];
                return (context, target) => body(context, target, only);
            case MethodBody2 body:
                Value first = constants[0];
                Value second = constants[1];
                return (context, target) => body(context, target, first, second);
            case PreparedBody<object> body:
                object state = call.State!;
                return (context, target) => body(context, target, state, constants);
            default:
                return (context, target) => Invocation.Invoke(call.Builtin, call.State, context, target, constants);
        }
    }

    private MethodBody InvokeEvaluated(BoundCall call)
    {
        Builtin builtin = call.Builtin;
        Evaluator[] arguments = [.. call.Arguments.Select(a => Argument(a, builtin))];
        switch (builtin.Body)
        {
            case MethodBody1 body:
                Evaluator only = arguments[0];
                return (context, target) =>
                {
                    Value argument = only(context);
                    return argument.IsError ? argument : body(context, target, argument);
                };
            case MethodBody2 body:
                Evaluator first = arguments[0];
                Evaluator second = arguments[1];
                return (context, target) =>
                {
                    Value one = first(context);
                    if (one.IsError)
                    {
                        return one;
                    }

                    Value two = second(context);
                    return two.IsError ? two : body(context, target, one, two);
                };
            default:
                return Spread(arguments, (context, target, values) => Invocation.Invoke(builtin, call.State, context, target, values));
        }
    }

    /// <summary>Prepared with dynamic arguments: the preparation is part of each evaluation.</summary>
    private MethodBody PrepareEachTime(BoundCall call)
    {
        Builtin builtin = call.Builtin;
        SourceText source = expressions.Source;
        Evaluator[] arguments = [.. call.Arguments.Select(a => Argument(a, builtin))];
        if (PreparedSite.Fits(call))
        {
            Evaluator only = arguments[0];
            var site = new PreparedSite(call);
            return (context, target) =>
            {
                Value argument = only(context);
                return argument.IsError ? argument : site.Invoke(context, target, argument);
            };
        }

        PreparedStates? states = builtin.IsPreparedForGood ? new PreparedStates(builtin) : null;
        return Spread(arguments, (context, target, values) =>
        {
            BuiltinServices services = builtin.DependsOnSource ? context.Services.For(source) : context.Services;
            Preparation preparation = states is null ? builtin.Prepare!(services, values) : states.Prepare(services, values);
            return preparation.Error is { } problem ? Value.Fail(problem) : Invocation.Invoke(builtin, preparation.State, context, target, values);
        });
    }

    private static MethodBody Spread(Evaluator[] arguments, MethodBodyN call)
    {
        if (arguments.Length > MostOnStack)
        {
            return (context, target) => EvaluateInto(new Value[arguments.Length], arguments, context, target, call);
        }

        return (context, target) =>
        {
            ArgumentBuffer buffer = default;
            return EvaluateInto(((Span<Value>)buffer)[..arguments.Length], arguments, context, target, call);
        };
    }

    private static Value EvaluateInto(Span<Value> values, Evaluator[] arguments, EvaluationContext context, Value target, MethodBodyN call)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            values[i] = arguments[i](context);
            if (values[i].IsError)
            {
                return values[i];
            }
        }

        return call(context, target, values);
    }

    /// <summary>An argument as the declaration wants it: a constant, a query, or evaluated and coerced.</summary>
    private Evaluator Argument(BoundArgument argument, Builtin builtin)
    {
        if (argument.IsQuery)
        {
            Value query = QueryValue(argument, builtin);
            return _ => query;
        }

        Evaluator value = expressions.Compile(argument.Value);
        if (argument.Value is BoundLiteral)
        {
            return value;
        }

        var site = new ArgumentSite(argument, builtin, Source);
        return context => site.Coerce(value(context));
    }

    private Value QueryValue(BoundArgument argument, Builtin builtin)
    {
        Evaluator body = expressions.Compile(argument.Value);
        return Value.FromQuery(argument.PairIn(builtin) is { } pair
            ? new Query(body, argument.Slot, () => Apart(argument, pair), pair) { Nature = Ir.Nature.Of(argument) }
            : new Query(body, argument.Slot) { Nature = Ir.Nature.Of(argument) });
    }

    /// <summary>The argument with the members of its pair in the two slots behind its own.</summary>
    private PairBody Apart(BoundArgument argument, PairKeys pair)
    {
        Evaluator body = expressions.WithPair(argument.Slot, pair).Compile(argument.Value);
        int slot = argument.Slot;
        return (context, first, second) =>
        {
            Value[] slots = context.Slots;
            slots[slot + 1] = first;
            slots[slot + 2] = second;
            return body(context);
        };
    }

    [InlineArray(MostOnStack)]
    private struct ArgumentBuffer
    {
        private Value first;
    }
}
