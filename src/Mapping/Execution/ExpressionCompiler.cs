using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Mapping.Execution.Sites;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution;

/// <summary>
/// The interpreter: turns IR into a tree of closures, ready in microseconds and usable where no code can be generated.
/// What values mean is decided in Values and the builtins; here is only who is asked, in which order.
/// </summary>
internal sealed class ExpressionCompiler(SourceText source, ImmutableDictionary<int, PairKeys> pairs) : IBoundVisitor<Evaluator>
{
    /// <summary>How many nested closures may run before the stack is looked at.</summary>
    private const int LevelsBetweenStackLooks = 32;

    public ExpressionCompiler(SourceText source)
        : this(source, ImmutableDictionary<int, PairKeys>.Empty)
    {
    }

    private readonly OperatorCompiler operators = new(source);
    private StepCompiler? steps;
    private int depth;

    public SourceText Source => source;

    /// <summary>Slots whose value is a pair that was not made: its members are in the two slots behind.</summary>
    public ImmutableDictionary<int, PairKeys> Pairs => pairs;

    public ExpressionCompiler WithPair(int slot, PairKeys keys) => new(source, pairs.SetItem(slot, keys));

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

    public Evaluator VisitDocument(BoundDocument node) => new DocumentSite(path: null, source, node.Span).Read;

    public Evaluator VisitSlot(BoundSlot node)
    {
        int slot = node.Slot;
        return context => Value.Load(ref context.Slots[slot]);
    }

    public Evaluator VisitRoot(BoundRoot node) => node.IsAvailable
        ? static context => context.Root.Frozen()
        : _ => Failure.Located(Value.Fail("root is not available here, there is no document under construction"), source, node.Span);

    public Evaluator VisitVariable(BoundVariable node)
    {
        int slot = node.Slot;
        var site = new VariableSite(node, source);
        return context =>
        {
            Value value = Value.Load(ref context.Slots[slot]);
            return value.IsNothing ? site.Undefined(node.Name) : value;
        };
    }

    public Evaluator VisitNamedVariable(BoundNamedVariable node)
    {
        Evaluator name = Compile(node.Name);
        var site = new VariableSite(node, source);
        return context => site.ReadNamed(context, name(context));
    }

    public Evaluator VisitMetadata(BoundMetadata node) => new MetadataSite(node, source).Read;

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
                    return ArraySite.Fail(value, i);
                }

                ArraySite.Add(array, value);
            }

            return context.Checked(Value.FromArray(array));
        };
    }

    public Evaluator VisitObject(BoundObject node)
    {
        (Evaluator Key, Evaluator Value)[] entries = [.. node.Entries.Select(e => (Compile(e.Key), Compile(e.Value)))];
        var site = new ObjectSite(node, source);
        return context =>
        {
            ObjectNode target = context.Arena.NewObject(entries.Length);
            for (int i = 0; i < entries.Length; i++)
            {
                Value key = entries[i].Key(context);
                if (!key.IsText)
                {
                    return site.RefuseKey(key, i);
                }

                Value value = entries[i].Value(context);
                if (value.IsError)
                {
                    return ObjectSite.Fail(value, key);
                }

                ObjectSite.Set(target, key, value);
            }

            return context.Checked(Value.FromObject(target));
        };
    }

    public Evaluator VisitNot(BoundNot node)
    {
        Evaluator operand = Compile(node.Operand);
        var site = new NotSite(node, source);
        return context =>
        {
            Value value = operand(context);
            return value.IsBool ? Value.FromBool(!value.AsBool()) : site.Refuse(value);
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
        var site = new CaptureSite(node, source);
        return context =>
        {
            Value captured = site.Capture(context);
            return captured.IsError ? captured : body(context);
        };
    }

    public Evaluator VisitIf(BoundIf node)
    {
        Evaluator otherwise = node.Else is { } last ? Compile(last) : static _ => Value.Nothing;
        Evaluator[] conditions = [.. node.Branches.Select(b => Compile(b.Condition))];
        Evaluator[] values = [.. node.Branches.Select(b => Compile(b.Value))];
        ConditionSite[] sites = ConditionSite.AllOf(node, source);
        if (conditions.Length == 1)
        {
            Evaluator condition = conditions[0];
            Evaluator value = values[0];
            ConditionSite site = sites[0];
            return context =>
            {
                Value decision = condition(context);
                return decision.IsBool ? (decision.AsBool() ? value(context) : otherwise(context))
                    : decision.IsNull ? otherwise(context)
                    : site.Fail(decision);
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
                    return sites[i].Fail(decision);
                }
            }

            return otherwise(context);
        };
    }

    public Evaluator VisitMatch(BoundMatch node)
    {
        Evaluator subject = node.Subject is { } written ? Compile(written) : static context => context.DocumentOrNull();
        var cases = new (Evaluator? Pattern, CaseSite Site, Evaluator Value)[node.Cases.Count];
        for (int i = 0; i < cases.Length; i++)
        {
            BoundCase bound = node.Cases[i];
            cases[i] = (bound.Pattern is { } pattern ? Compile(pattern) : null, new CaseSite(bound, i), Compile(bound.Value));
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
                        return cases[i].Site.Fail(decision);
                    }

                    if (!cases[i].Site.IsTaken(current, decision))
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
}
