using Mapping.Ir;

namespace Mapping.Binding.Paths;

/// <summary>Statements: how variables and the document under construction change.</summary>
internal sealed partial class FrameFlows : IBoundStatementVisitor<bool>
{
    public void Run(IReadOnlyList<BoundStatement> statements)
    {
        foreach (BoundStatement statement in statements)
        {
            statement.Accept(this);
        }
    }

    public bool VisitAssignment(BoundAssignment node)
    {
        Flow value = Visit(node.Value);
        Flow? after = value.MayBePresent ? Root.With(node.Path.Segments, value.Present()) : null;
        if (value.MayBeDeleted)
        {
            Flow removed = node.Path.Length == 0 ? Flow.Deleted : Root.Without(node.Path.Segments);
            after = after?.Or(removed) ?? removed;
        }

        // Nothing is not assigned.
        Root = value.MayBeNothing ? after?.Or(Root) ?? Root : after!;
        return true;
    }

    /// <summary>Metadata leave the document; what they hold counts as read.</summary>
    public bool VisitMeta(BoundMetaAssignment node) => Consume(node.Value);

    public bool VisitLet(BoundLet node)
    {
        Flow value = Visit(node.Value);

        // Nothing is not assigned, deleted leaves the variable unset.
        slots[node.Slot] = value.MayBeNothing ? slots[node.Slot].Or(value.Present()) : value.Present();
        return true;
    }

    public bool VisitIf(BoundIfStatement node)
    {
        var ends = new List<(Flow[] Slots, Flow Root)>();
        Flow[] slotsBefore = slots;
        Flow rootBefore = Root;
        foreach (BoundStatementBranch branch in node.Branches)
        {
            Consume(branch.Condition);
            ends.Add(End(branch.Body, slotsBefore, rootBefore));
        }

        (slots, Root) = End(node.Else, slotsBefore, rootBefore);
        foreach ((Flow[] otherSlots, Flow otherRoot) in ends)
        {
            Root = Root.Or(otherRoot);
            for (int i = 0; i < slots.Length; i++)
            {
                slots[i] = slots[i].Or(otherSlots[i]);
            }
        }

        return true;
    }

    /// <summary>How things are after one of the branches.</summary>
    private (Flow[] Slots, Flow Root) End(IReadOnlyList<BoundStatement> body, Flow[] slotsBefore, Flow rootBefore)
    {
        (slots, Root) = ([.. slotsBefore], rootBefore);
        Run(body);
        (Flow[] Slots, Flow Root) end = (slots, Root);
        (slots, Root) = (slotsBefore, rootBefore);
        return end;
    }
}
