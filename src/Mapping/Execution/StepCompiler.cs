using Mapping.Execution.Sites;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution;

/// <summary>Compiles an expression with tails: what it starts from, then step after step.</summary>
internal sealed class StepCompiler(ExpressionCompiler expressions)
{
    private const int LongestNested = 4;

    public SourceText Source => expressions.Source;

    public Evaluator Compile(BoundSteps node)
    {
        Evaluator start = Start(node, out int taken);
        Step[] steps = [.. node.Steps.Skip(taken).Select((s, i) => s.Accept(new Visitor(expressions, node, taken + i)))];
        if (steps.Length > LongestNested)
        {
            return Loop(start, steps);
        }

        foreach (Step step in steps)
        {
            Evaluator target = start;
            start = context => step(context, target(context));
        }

        return start;
    }

    /// <summary>The source of the steps; where a document is read by a path, both at once.</summary>
    private Evaluator Start(BoundSteps node, out int taken)
    {
        taken = CaughtFailures.LastIn(node);
        if (taken >= 0)
        {
            return Caught(expressions.Compile(LazyTarget.Before(node, taken)), CaughtFailures.IsReadAt(node, taken));
        }

        taken = LazyTarget.LastIn(node);
        if (taken >= 0)
        {
            // That step compiles all before it as its own query.
            return static _ => Value.Null;
        }

        taken = 0;
        if (node.Steps[0] is not BoundPathStep { Path: { } path })
        {
            return expressions.Compile(node.Source);
        }

        TextSpan span = node.Source.Span.To(node.Steps[0].Span);
        switch (node.Source)
        {
            case BoundDocument:
                taken = 1;
                return new DocumentSite(path, Source, span).Read;
            case BoundRoot { IsAvailable: true }:
                taken = 1;
                return context => path.Read(context.Root, context.Arena).Frozen();
            case BoundSlot { Slot: var slot } when expressions.Pairs.TryGetValue(slot, out PairKeys? keys):
                taken = 1;
                return Member(slot, keys, path);
            case BoundSlot { Slot: var slot }:
                taken = 1;
                return context =>
                {
                    Value value = Value.Load(ref context.Slots[slot]);
                    return value.IsError ? value : path.Read(value, context.Arena);
                };
            default:
                return expressions.Compile(node.Source);
        }
    }

    /// <summary>What is evaluated for somebody who catches its failure.</summary>
    public static Evaluator Caught(Evaluator evaluate, bool isRead) => context =>
    {
        bool before = Wording.Set(!isRead);
        Value value = evaluate(context);
        Wording.Set(before);
        return value;
    };

    /// <summary>A path into a pair whose members are in slots of their own.</summary>
    private static Evaluator Member(int slot, PairKeys keys, FieldPath path)
    {
        int member = slot + keys.OffsetOf(path.Segments[0].Key);
        if (member == slot)
        {
            return static _ => Value.Null;
        }

        if (path.Length == 1)
        {
            return context => Value.Load(ref context.Slots[member]);
        }

        FieldPath rest = path.Skip(1);
        return context => rest.Read(Value.Load(ref context.Slots[member]), context.Arena);
    }

    private static Evaluator Loop(Evaluator start, Step[] steps) => context =>
    {
        Value value = start(context);
        foreach (Step step in steps)
        {
            value = step(context, value);
        }

        return value;
    };

    private sealed class Visitor(ExpressionCompiler expressions, BoundSteps node, int index) : IStepVisitor<Step>
    {
        public Step VisitPath(BoundPathStep step)
        {
            FieldPath path = step.Path;
            return (context, target) => target.IsError ? target : path.Read(target, context.Arena);
        }

        public Step VisitMethod(BoundMethodStep step) => new CallCompiler(expressions).Method(node, index, step.Call);

        public Step VisitMap(BoundMapStep step)
        {
            Evaluator body = expressions.Compile(step.Body);
            int slot = step.Slot;
            return (context, target) =>
            {
                if (target.IsError)
                {
                    return target;
                }

                context.Slots[slot] = target;
                return body(context);
            };
        }

        public Step VisitApply(BoundApplyStep step)
        {
            Evaluator name = expressions.Compile(step.Name);
            Evaluator caller = expressions.Compile(step.Caller);
            var site = new ApplySite(step, expressions.Source);
            return (context, target) =>
            {
                if (target.IsError)
                {
                    return target;
                }

                Value map = name(context);
                return map.IsText ? site.Apply(context, target, map, caller(context)) : site.RefuseName(map);
            };
        }
    }
}
