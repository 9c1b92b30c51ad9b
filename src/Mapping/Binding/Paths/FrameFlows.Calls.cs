using Mapping.Functions;
using Mapping.Ir;
using Mapping.Values;

namespace Mapping.Binding.Paths;

/// <summary>Calls, as their declarations say.</summary>
internal sealed partial class FrameFlows
{
    private Flow Call(BoundCall call, Flow target) => call.Builtin.Flow switch
    {
        ValueFlow.Body => analysis.Body(),
        ValueFlow.Document => Document(call),
        ValueFlow.ElseWhenFailed => target.Or(With(call.Arguments[0].Slot, Flow.Made, call.Arguments[0].Value)),
        ValueFlow.ElseWhenMissing => Shape(target).Present().Or(Visit(call.Arguments[0].Value)),
        ValueFlow.PassesOn => Shape(target).Present(),
        ValueFlow.Kind => MadeFromShape(target),
        ValueFlow.AtPath when call.State is FieldPath path => target.Read(path),
        ValueFlow.HasPath when call.State is FieldPath path => MadeFromShape(target.Read(path)),
        ValueFlow.OneElement => OneElement(call, target),
        ValueFlow.WithoutPaths when call.Arguments.All(a => a.Value is BoundLiteral { Value.IsText: true }) => WithoutPaths(call, target),
        ValueFlow.Folds when call.Arguments is [{ } initial, { IsQuery: true } query] => Fold(initial, query, target),
        _ when call.Arguments is [{ IsQuery: true } query] && Iteration(call.Builtin.Flow, query, target) is { } result => result,
        _ => Calculated(call, target),
    };

    private Flow? Iteration(ValueFlow flow, BoundArgument query, Flow target)
    {
        switch (flow)
        {
            case ValueFlow.IntoQuery:
                return With(query.Slot, target, query.Value);
            case ValueFlow.MapsElements:
                // Where the query gives nothing, the element stays.
                Flow mapped = With(query.Slot, Shape(target).Entry(), query.Value);
                return Flow.Collection(mapped.MayBeNothing ? mapped.Present().Or(target.Content()) : mapped.Present());
            case ValueFlow.MapsKeys:
                With(query.Slot, Flow.Made, query.Value).ReadWhole();
                return Flow.Collection(Shape(target).Content());
            case ValueFlow.SelectsElements:
                With(query.Slot, Shape(target).Entry(), query.Value).ReadWhole();
                return Flow.Selection(target.Entry());
            case ValueFlow.ArrangesElements:
                With(query.Slot, Shape(target).Element(), query.Value).ReadWhole();
                return Flow.Collection(target.Element());
            case ValueFlow.ComparesElements:
                Flow element = Shape(target).Element();
                With(query.Slot, Flow.Pair(PairKeys.LeftAndRight, element, element), query.Value).ReadWhole();
                return Flow.Collection(element);
            case ValueFlow.TestsElements:
                With(query.Slot, Shape(target).Element(), query.Value).ReadWhole();
                return Flow.Made;
            default:
                return null;
        }
    }

    /// <summary>Scalars lose their spelling: all of it counts as read.</summary>
    private Flow Document(BoundCall call)
    {
        Flow document = analysis.Document();
        (call.State is FieldPath path ? document.Read(path) : document).ReadWhole();
        return Calculated(call, Flow.Made);
    }

    private Flow OneElement(BoundCall call, Flow target)
    {
        Consume(call.Arguments[0].Value);
        return Shape(target).Element();
    }

    private static Flow WithoutPaths(BoundCall call, Flow target) =>
        call.Arguments.Aggregate(Shape(target).Present(), (rest, path) => rest.Without(FieldPath.Parse(((BoundLiteral)path.Value).Value.AsSpan()).Segments));

    /// <summary>What one round gives is the tally of the next: all of it counts as read.</summary>
    private Flow Fold(BoundArgument initial, BoundArgument query, Flow target)
    {
        Consume(initial.Value);
        With(query.Slot, Flow.Pair(PairKeys.TallyAndValue, Flow.Anything, Shape(target).Element()), query.Value).ReadWhole();
        return Flow.Anything;
    }

    private Flow Calculated(BoundCall call, Flow target)
    {
        target.ReadWhole();
        foreach (BoundArgument argument in call.Arguments)
        {
            // A query sees what the builtin makes of its target, which is read already.
            With(argument.Slot, Flow.Anything, argument.Value).ReadWhole();
        }

        return call.Builtin.GivesValues ? Flow.Made : Flow.Anything;
    }

    private static Flow MadeFromShape(Flow value)
    {
        value.ReadShape();
        return Flow.Made;
    }

    private static Flow Shape(Flow value)
    {
        value.ReadShape();
        return value;
    }
}
