using Mapping.Functions;
using Mapping.Ir;

namespace Mapping.Binding.Paths;

/// <summary>Whether a map looks at the context around its call.</summary>
internal sealed class CallerUse : BoundWalker
{
    private bool isFound;

    public static bool In(BoundMap map)
    {
        var walker = new CallerUse();
        walker.VisitAll(map.Statements);
        return walker.isFound;
    }

    public override bool VisitSlot(BoundSlot node) => isFound |= node.Slot == MapRoutine.CallerSlot;
}
