using Mapping.Ir;

namespace Mapping.Execution.Emission;

/// <summary>
/// Where the slots of a frame live in generated code. Each query becomes a method of its own; a slot that only one
/// method touches is a local variable of it, the others stay in the context.
/// </summary>
internal sealed class SlotHomes : BoundWalker
{
    private static readonly object Shared = new();

    private readonly Dictionary<int, object> homes = [];
    private readonly HashSet<int> variables = [];
    private object method = Shared;

    /// <summary>How many slots the context needs; behind that of a pair are those of its members.</summary>
    public int SharedCount => homes.Where(h => ReferenceEquals(h.Value, Shared)).Select(h => h.Key + 3).DefaultIfEmpty(0).Max();

    /// <summary>Notes that the context itself is used, from outside of generated code.</summary>
    public void Share(IEnumerable<int> slots)
    {
        foreach (int slot in slots)
        {
            homes[slot] = Shared;
        }
    }

    /// <summary>Looks at statements that become a method; null for those that are not generated.</summary>
    public void Survey(IReadOnlyList<BoundStatement> statements, object? key)
    {
        method = key ?? Shared;
        VisitAll(statements);
    }

    public bool IsLocal(int slot, object key) => homes.TryGetValue(slot, out object? home) && ReferenceEquals(home, key);

    public bool IsShared(int slot) => homes.TryGetValue(slot, out object? home) && ReferenceEquals(home, Shared);

    /// <summary>A variable may be read before it is set, and is then found empty.</summary>
    public bool IsVariable(int slot) => variables.Contains(slot);

    public override bool VisitLet(BoundLet node)
    {
        Touch(node.Slot);
        variables.Add(node.Slot);
        return base.VisitLet(node);
    }

    public override bool VisitSlot(BoundSlot node) => Touch(node.Slot);

    public override bool VisitVariable(BoundVariable node)
    {
        variables.Add(node.Slot);
        return Touch(node.Slot);
    }

    public override bool VisitNamedVariable(BoundNamedVariable node)
    {
        Share(node.Slots.Values);
        return base.VisitNamedVariable(node);
    }

    public override bool VisitMatch(BoundMatch node)
    {
        Touch(node.Slot);
        return base.VisitMatch(node);
    }

    public override bool VisitMap(BoundMapStep step)
    {
        Touch(step.Slot);
        return base.VisitMap(step);
    }

    public override bool VisitSteps(BoundSteps node)
    {
        int lazy = LazyTarget.LastIn(node);
        if (lazy < 0)
        {
            return base.VisitSteps(node);
        }

        // All before that step is interpreted, as its query.
        Within(Shared, () =>
        {
            Visit(node.Source);
            for (int i = 0; i < lazy; i++)
            {
                node.Steps[i].Accept(this);
            }
        });
        for (int i = lazy; i < node.Steps.Count; i++)
        {
            node.Steps[i].Accept(this);
        }

        return true;
    }

    protected override void VisitArgument(BoundCall call, BoundArgument argument)
    {
        if (argument.IsQuery)
        {
            Within(ReferenceEquals(method, Shared) ? Shared : argument, () =>
            {
                if (argument.Slot >= 0)
                {
                    Touch(argument.Slot);
                }

                Visit(argument.Value);
            });
        }
        else
        {
            base.VisitArgument(call, argument);
        }
    }

    protected override void VisitCall(BoundCall call)
    {
        if (CallShape.IsGenerated(call))
        {
            base.VisitCall(call);
        }
        else
        {
            Within(Shared, () => base.VisitCall(call));
        }
    }

    private void Within(object key, Action visit)
    {
        object outer = method;
        method = key;
        visit();
        method = outer;
    }

    private bool Touch(int slot)
    {
        homes[slot] = !homes.TryGetValue(slot, out object? home) || ReferenceEquals(home, method) ? method : Shared;
        return true;
    }
}
