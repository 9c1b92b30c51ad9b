using System.Runtime.CompilerServices;
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
        string name = $"function {call.Builtin.Name}";
        if (call.Builtin.Body is FunctionBody direct)
        {
            return context => Finish(direct(context), context, name, call.Span);
        }

        MethodBody invoke = Invoke(call);
        return context => Finish(invoke(context, default), context, name, call.Span);
    }

    /// <param name="node">The expression the step belongs to.</param>
    /// <param name="index">The position of the step in it.</param>
    /// <param name="call">What the step calls.</param>
    public Step Method(BoundSteps node, int index, BoundCall call)
    {
        Builtin builtin = call.Builtin;
        if (builtin.HasLazyTarget)
        {
            return LazyTarget(node, index, call);
        }

        MethodBody invoke = Invoke(call);
        Accepts accepts = builtin.Receiver;
        TextSpan span = call.Span;
        if (builtin.SeesErrors)
        {
            return (context, target) => target.IsError && target.AsError().IsFatal ? target : Decorated(invoke(context, target), context, node, index, span);
        }

        uint unchanged = accepts.Unchanged();
        return (context, target) =>
        {
            if (((unchanged >> (int)target.Kind) & 1) == 0 && !TryReceive(accepts, ref target, context, node, index))
            {
                return target;
            }

            Value result = invoke(context, target);
            return result.IsContainer || result.IsError ? Decorated(result, context, node, index, span) : result;
        };
    }

    /// <summary>Coerces a target; if that is an error or of no use, it becomes the result of the call.</summary>
    private bool TryReceive(Accepts accepts, ref Value target, EvaluationContext context, BoundSteps node, int index)
    {
        if (target.IsError)
        {
            return false;
        }

        if (Coercion.TryReceiver(accepts, ref target, context))
        {
            return true;
        }

        ValuePath? path = Annotation.PathOf(node.Source, node.Steps, index);
        target = Failure.WrongType(accepts.Describe(), target, Annotation.OfTarget(node, index), path, Source, node.Steps[index].Span);
        return false;
    }

    /// <summary>The target is evaluated by the builtin, perhaps several times: it and the steps before become a query.</summary>
    private Step LazyTarget(BoundSteps node, int index, BoundCall call)
    {
        BoundExpression target = index == 0 ? node.Source : new BoundSteps(node.Source, [.. node.Steps.Take(index)], node.Span);
        Value query = Value.FromQuery(new Query(expressions.Compile(target), slot: -1));
        MethodBody invoke = Invoke(call);
        return (context, _) => Decorated(invoke(context, query), context, node, index, call.Span);
    }

    /// <summary>Evaluates the arguments and calls the body; the shape of the body decides how they are passed.</summary>
    private MethodBody Invoke(BoundCall call)
    {
        if (call.PreparesEachTime)
        {
            return PrepareEachTime(call);
        }

        Builtin builtin = call.Builtin;
        Evaluator[] arguments = [.. call.Arguments.Select(a => Argument(a, builtin))];
        switch (builtin.Body)
        {
            case MethodBody body:
                return body;
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
            case PreparedBody<object> body when call.Arguments.All(a => a.Value is BoundLiteral || a.IsQuery):
                // Everything is known: the values are laid out once.
                Value[] constants = [.. call.Arguments.Select((a, i) => a.IsQuery ? QueryValue(a) : ((BoundLiteral)a.Value).Value)];
                object state = call.State!;
                return (context, target) => body(context, target, state, constants);
            default:
                return Spread(arguments, (context, target, values) => Invocation.Invoke(builtin, call.State, context, target, values));
        }
    }

    /// <summary>Prepared with dynamic arguments: the preparation is part of each evaluation.</summary>
    private MethodBody PrepareEachTime(BoundCall call)
    {
        Builtin builtin = call.Builtin;
        Evaluator[] arguments = [.. call.Arguments.Select(a => Argument(a, builtin))];
        return Spread(arguments, (context, target, values) =>
        {
            Preparation preparation = builtin.Prepare!(context.Services, values);
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
            Value query = QueryValue(argument);
            return _ => query;
        }

        Evaluator value = expressions.Compile(argument.Value);
        if (argument.Value is BoundLiteral)
        {
            return value;
        }

        ParameterType type = argument.Type;
        string prefix = $"{builtin.KindName} '{builtin.Name}': failed to extract input arg '{argument.Name}': ";
        return context =>
        {
            Value given = value(context);
            if (given.IsError)
            {
                return given.AsError().Within(prefix);
            }

            Value coerced = given;
            if (Coercion.TryArgument(type, ref coerced))
            {
                return coerced;
            }

            return Failure.WrongType(type.ToString().ToLowerInvariant(), given, argument.Value, Source).AsError().Within(prefix);
        };
    }

    private Value QueryValue(BoundArgument argument) => Value.FromQuery(new Query(expressions.Compile(argument.Value), argument.Slot) { ReadsMembersOnly = SlotUse.IsOnlyEntered(argument.Value, argument.Slot) });

    private Value Decorated(Value result, EvaluationContext context, BoundSteps node, int index, TextSpan span)
    {
        if (result.IsContainer)
        {
            result = context.Checked(result);
        }

        if (result.IsError)
        {
            Explain(result.AsError(), node, index);
            result.AsError().Locate(Source, span);
        }

        return result;
    }

    /// <summary>Names the target, and where the refused value stands in it.</summary>
    private static void Explain(EvaluationError error, BoundSteps node, int index)
    {
        error.Annotate(Annotation.OfTarget(node, index));
        ValuePath? target = Annotation.PathOf(node.Source, node.Steps, index);
        if (error.Value is not { } inner)
        {
            error.Value = target;
        }
        else if (node.Steps[index] is BoundMethodStep { Call: var call } && call.Arguments.Any(a => a.Slot >= 0 && a.Slot == inner.Slot))
        {
            error.LeaveIteration(target);
        }
    }

    private Value Finish(Value result, EvaluationContext context, string name, TextSpan span)
    {
        if (result.IsContainer)
        {
            result = context.Checked(result);
        }

        if (result.IsError)
        {
            result.AsError().Annotate(name);
            result.AsError().Locate(Source, span);
        }

        return result;
    }

    [InlineArray(MostOnStack)]
    private struct ArgumentBuffer
    {
        private Value first;
    }
}
