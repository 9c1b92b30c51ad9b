using System.Runtime.CompilerServices;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Binding.Paths;

/// <summary>Follows the values through the statements and expressions of a mapping or of one call of a map.</summary>
internal sealed partial class FrameFlows(PathAnalysis analysis, int slotCount) : IBoundVisitor<Flow>
{
    /// <summary>A variable that is not set, or is set by the environment, holds nothing of the input.</summary>
    private Flow[] slots = [.. Enumerable.Repeat(Flow.Made, slotCount)];

    /// <summary>The document under construction; nothing until it is assigned.</summary>
    public Flow Root { get; private set; } = Flow.Nothing;

    public void EnterMap(Flow target, Flow caller)
    {
        slots[MapRoutine.TargetSlot] = target;
        slots[MapRoutine.CallerSlot] = caller;
    }

    public Flow Visit(BoundExpression node) =>
        RuntimeHelpers.TryEnsureSufficientExecutionStack() ? node.Accept(this) : DeepStack.Run(() => node.Accept(this));

    public Flow VisitLiteral(BoundLiteral node) => node.Value.IsNothing ? Flow.Nothing : node.Value.IsDeleted ? Flow.Deleted : Flow.Made;

    public Flow VisitDocument(BoundDocument node) => analysis.Document();

    public Flow VisitSlot(BoundSlot node) => slots[node.Slot];

    public Flow VisitRoot(BoundRoot node) => node.IsAvailable ? Root : Flow.Made;

    public Flow VisitVariable(BoundVariable node) => slots[node.Slot];

    public Flow VisitNamedVariable(BoundNamedVariable node)
    {
        Consume(node.Name);
        return node.Slots.Values.Aggregate(Flow.Made, (any, slot) => any.Or(slots[slot]));
    }

    public Flow VisitMetadata(BoundMetadata node) => Flow.Made;

    public Flow VisitArray(BoundArray node)
    {
        Flow[] items = [.. node.Items.Select(Visit)];

        // An absent item vanishes and moves the ones behind it.
        return items.Any(i => i.MayBeAbsent)
            ? Flow.Collection(items.Aggregate((any, item) => any.Or(item)))
            : Flow.Container(items.Select((item, i) => KeyValuePair.Create($"{i}", item)));
    }

    public Flow VisitObject(BoundObject node)
    {
        Flow result = Flow.Container([]);
        foreach ((BoundExpression key, BoundExpression value) in node.Entries)
        {
            Flow flow = Visit(value);
            if (key is BoundLiteral { Value: { IsText: true } name })
            {
                Flow set = result.With([new PathSegment(name.AsSpan().ToArray())], flow.Present());
                result = flow.MayBeAbsent ? set.Or(result) : set;
            }
            else
            {
                Consume(key);
                result = result.Or(Flow.Collection(flow));
            }
        }

        return result;
    }

    public Flow VisitNot(BoundNot node)
    {
        Consume(node.Operand);
        return Flow.Made;
    }

    public Flow VisitChain(BoundChain node)
    {
        Flow left = Visit(node.First);
        foreach (BoundOperand operand in node.Rest)
        {
            Flow right = Visit(operand.Operand);
            if (operand.Operator == Operation.Coalesce)
            {
                left.ReadShape();
                left = left.Present().Or(right);
                continue;
            }

            left.ReadWhole();
            right.ReadWhole();
            left = Flow.Made;
        }

        return left;
    }

    public Flow VisitSteps(BoundSteps node)
    {
        Flow target = Visit(node.Source);
        foreach (BoundStep step in node.Steps)
        {
            target = step switch
            {
                BoundPathStep path => target.Read(path.Path),
                BoundMethodStep method => Call(method.Call, target),
                BoundMapStep map => With(map.Slot, target, map.Body),
                _ => Apply((BoundApplyStep)step, target),
            };
        }

        return target;
    }

    public Flow VisitFunctionCall(BoundFunctionCall node) => Call(node.Call, Flow.Made);

    public Flow VisitCapture(BoundCapture node)
    {
        analysis.Document();
        return Visit(node.Body);
    }

    public Flow VisitIf(BoundIf node)
    {
        Flow result = node.Else is { } otherwise ? Visit(otherwise) : Flow.Nothing;
        foreach (BoundBranch branch in node.Branches)
        {
            Consume(branch.Condition);
            result = result.Or(Visit(branch.Value));
        }

        return result;
    }

    public Flow VisitMatch(BoundMatch node)
    {
        Flow subject = node.Subject is { } written ? Visit(written) : analysis.Document().Or(Flow.Made);
        slots[node.Slot] = subject;
        Flow? result = node.Cases.Any(c => c.Pattern is null) ? null : Flow.Nothing;
        foreach (BoundCase one in node.Cases)
        {
            if (one.Pattern is { } pattern)
            {
                Consume(pattern);
            }

            if (one.Pattern is BoundLiteral)
            {
                subject.ReadWhole();
            }

            Flow value = Visit(one.Value);
            result = result?.Or(value) ?? value;
        }

        return result ?? Flow.Nothing;
    }

    private Flow Apply(BoundApplyStep step, Flow target)
    {
        Consume(step.Name);
        string? name = step.Name is BoundLiteral { Value.IsText: true } known ? known.Value.AsHostString() : null;
        return analysis.Apply(name, target, Visit(step.Caller));
    }

    /// <summary>An expression evaluated with a value in its slot.</summary>
    private Flow With(int slot, Flow context, BoundExpression body)
    {
        if (slot >= 0)
        {
            slots[slot] = context;
        }

        return Visit(body);
    }

    private bool Consume(BoundExpression node)
    {
        Visit(node).ReadWhole();
        return true;
    }
}
