using System.Runtime.CompilerServices;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution;

/// <summary>
/// The interpreter: turns IR into a tree of closures, ready in microseconds and usable where no code can be generated.
/// What values mean is decided in Values and the builtins; here is only who is asked, in which order.
/// </summary>
internal sealed class ExpressionCompiler(SourceText source) : IBoundVisitor<Evaluator>
{
    /// <summary>How many nested closures may run before the stack is looked at.</summary>
    private const int LevelsBetweenStackLooks = 32;

    private readonly OperatorCompiler operators = new(source);
    private StepCompiler? steps;
    private int depth;

    public SourceText Source => source;

    public Evaluator Compile(BoundExpression node)
    {
        depth++;
        Evaluator compiled = RuntimeHelpers.TryEnsureSufficientExecutionStack() ? node.Accept(this) : DeepStack.Run(() => node.Accept(this));
        bool guarded = depth % LevelsBetweenStackLooks == 0;
        depth--;
        return guarded ? Guarded(compiled) : compiled;
    }

    public Evaluator VisitLiteral(BoundLiteral node)
    {
        Value value = node.Value;
        return _ => value;
    }

    public Evaluator VisitDocument(BoundDocument node)
    {
        TextSpan span = node.Span;
        return context =>
        {
            Value value = context.Document();
            return value.IsError ? Failure.Located(value, source, span) : value;
        };
    }

    public Evaluator VisitSlot(BoundSlot node)
    {
        int slot = node.Slot;
        return context => context.Slots[slot];
    }

    public Evaluator VisitRoot(BoundRoot node) => node.IsAvailable
        ? static context => context.Root.Frozen()
        : _ => Failure.Located(Value.Fail("root is not available here, there is no document under construction"), source, node.Span);

    public Evaluator VisitVariable(BoundVariable node)
    {
        int slot = node.Slot;
        return context =>
        {
            Value value = context.Slots[slot];
            return value.IsNothing ? Undefined(node.Name, node) : value;
        };
    }

    public Evaluator VisitNamedVariable(BoundNamedVariable node)
    {
        Evaluator name = Compile(node.Name);
        return context =>
        {
            Value key = name(context);
            if (key.IsError)
            {
                return key;
            }

            if (!key.IsText)
            {
                return Failure.WrongType("string", key, node.Name, source);
            }

            return node.Slots.TryGetValue(key.AsHostString(), out int slot) && !context.Slots[slot].IsNothing
                ? context.Slots[slot]
                : Undefined(key.AsHostString(), node);
        };
    }

    public Evaluator VisitMetadata(BoundMetadata node)
    {
        if (node.Key is not { } key)
        {
            return context => context.Metadata.IsObject ? context.Metadata.Frozen() : NoMetadata(node);
        }

        return context => !context.Metadata.IsObject ? NoMetadata(node)
            : context.Metadata.TryGetMember(key, out Value value) ? value.Frozen() : Value.Null;
    }

    public Evaluator VisitArray(BoundArray node)
    {
        Evaluator[] items = [.. node.Items.Select(Compile)];
        return context =>
        {
            ArrayNode array = context.Arena.NewArray(items.Length);
            for (int i = 0; i < items.Length; i++)
            {
                Value value = items[i](context);
                if (value.IsError)
                {
                    return value.AsError().Within($"failed to resolve value index {i}: ");
                }

                if (!value.IsSentinel)
                {
                    array.Add(value);
                }
            }

            return context.Checked(Value.FromArray(array));
        };
    }

    public Evaluator VisitObject(BoundObject node)
    {
        (Evaluator Key, Evaluator Value)[] entries = [.. node.Entries.Select(e => (Compile(e.Key), Compile(e.Value)))];
        return context =>
        {
            ObjectNode target = context.Arena.NewObject(entries.Length);
            for (int i = 0; i < entries.Length; i++)
            {
                Value key = entries[i].Key(context);
                if (!key.IsText)
                {
                    return Failure.ObjectKey(key, node.Entries[i].Key, source);
                }

                Value value = entries[i].Value(context);
                if (value.IsError)
                {
                    return value.AsError().Within($"failed to resolve '{key.AsHostString()}' value: ");
                }

                if (!value.IsSentinel)
                {
                    target.Set(key.ToStringKind(), value);
                }
            }

            return context.Checked(Value.FromObject(target));
        };
    }

    public Evaluator VisitNot(BoundNot node)
    {
        Evaluator operand = Compile(node.Operand);
        return context =>
        {
            Value value = operand(context);
            return value.IsBool ? Value.FromBool(!value.AsBool()) : value.IsError ? value : Failure.WrongType("bool", value, node.Operand, source);
        };
    }

    public Evaluator VisitChain(BoundChain node)
    {
        Evaluator first = Compile(node.First);
        Evaluator[] rest = [.. node.Rest.Select(o => Compile(o.Operand))];
        return operators.Chain(node, first, rest);
    }

    public Evaluator VisitSteps(BoundSteps node) => (steps ??= new StepCompiler(this)).Compile(node);

    public Evaluator VisitFunctionCall(BoundFunctionCall node) => new CallCompiler(this).Function(node);

    public Evaluator VisitCapture(BoundCapture node)
    {
        Evaluator body = Compile(node.Body);
        string prefix = $"failed to capture context {node.Name}: ";
        return context =>
        {
            Value captured = context.Document();
            return captured.IsError ? Failure.Located(captured.AsError().Within(prefix), source, node.Span) : body(context);
        };
    }

    public Evaluator VisitIf(BoundIf node)
    {
        Evaluator otherwise = node.Else is { } last ? Compile(last) : static _ => Value.Nothing;
        Evaluator[] conditions = [.. node.Branches.Select(b => Compile(b.Condition))];
        Evaluator[] values = [.. node.Branches.Select(b => Compile(b.Value))];
        if (conditions.Length == 1)
        {
            Evaluator condition = conditions[0];
            Evaluator value = values[0];
            return context =>
            {
                Value decision = condition(context);
                return decision.IsBool ? (decision.AsBool() ? value(context) : otherwise(context))
                    : decision.IsNull ? otherwise(context)
                    : Failure.Condition(decision, node.Branches[0].Condition, source, "failed to check if condition: ");
            };
        }

        return context =>
        {
            for (int i = 0; i < conditions.Length; i++)
            {
                Value decision = conditions[i](context);
                if (decision.IsTrue)
                {
                    return values[i](context);
                }

                if (!decision.IsBool && !decision.IsNull)
                {
                    string which = i == 0 ? "" : $" {i + 1}";
                    return Failure.Condition(decision, node.Branches[i].Condition, source, $"failed to check if condition{which}: ");
                }
            }

            return otherwise(context);
        };
    }

    public Evaluator VisitMatch(BoundMatch node)
    {
        Evaluator subject = node.Subject is { } written ? Compile(written) : static context => context.DocumentOrNull();
        var cases = new (Evaluator? Pattern, bool IsLiteral, Evaluator Value)[node.Cases.Count];
        for (int i = 0; i < cases.Length; i++)
        {
            BoundCase bound = node.Cases[i];
            cases[i] = (bound.Pattern is { } pattern ? Compile(pattern) : null, bound.Pattern is BoundLiteral, Compile(bound.Value));
        }

        int slot = node.Slot;
        return context =>
        {
            Value current = subject(context);
            if (current.IsError)
            {
                return current;
            }

            context.Slots[slot] = current;
            for (int i = 0; i < cases.Length; i++)
            {
                if (cases[i].Pattern is { } pattern)
                {
                    Value decision = pattern(context);
                    if (decision.IsError)
                    {
                        return decision.AsError().Within($"failed to check match case {i}: ");
                    }

                    if (!(cases[i].IsLiteral ? Comparison.AreEqual(current, decision) : decision.IsTrue))
                    {
                        continue;
                    }
                }

                return cases[i].Value(context);
            }

            return Value.Nothing;
        };
    }

    private static Value OnDeepStack(Evaluator inner, EvaluationContext context) => DeepStack.Run(() => inner(context));

    private static Evaluator Guarded(Evaluator inner) => context =>
        RuntimeHelpers.TryEnsureSufficientExecutionStack() ? inner(context) : OnDeepStack(inner, context);

    private Value NoMetadata(BoundMetadata node) => Failure.Located(Value.Fail("there is no message and so no metadata"), source, node.Span);

    private Value Undefined(string name, BoundExpression node) =>
        Failure.Located(Value.FromError(new EvaluationError(ErrorKind.WrongType, $"variable '{name}' undefined")), source, node.Span);
}
