using Mapping.Functions;
using Mapping.Ir;
using Mapping.Values;

namespace Mapping.Execution;

/// <summary>Finds what is caught when it fails, so that <see cref="Wording"/> can be turned off while it is evaluated.</summary>
internal static class CaughtFailures
{
    /// <summary>What stands before one that catches is compiled by itself; in longer tails that would nest too deeply, and they keep their words.</summary>
    private const int MostSteps = 32;

    /// <summary>The position of the last step that catches what fails before it, -1 if there is none, or if nothing before it makes words.</summary>
    public static int LastIn(BoundSteps node)
    {
        if (node.Steps.Count > MostSteps)
        {
            return -1;
        }

        int least = LazyTarget.LastIn(node);
        int last = node.Steps.Count - 1;
        while (last > least && CatcherAt(node, last) is null)
        {
            last--;
        }

        return last > least && MayFail(LazyTarget.Before(node, last)) ? last : -1;
    }

    /// <summary>Whether the step asks for the text of what it catches.</summary>
    public static bool IsReadAt(BoundSteps node, int index)
    {
        BoundArgument fallback = CatcherAt(node, index)!.Arguments[0];
        var use = new Use(fallback.Slot);
        if (fallback.IsQuery)
        {
            use.Visit(fallback.Value);
        }

        return use.IsFound;
    }

    /// <summary>The position of the last <c>|</c> in a chain, -1 if there is none, or if nothing before it makes words.</summary>
    public static int LastIn(BoundChain node)
    {
        int last = node.Rest.Count - 1;
        while (last >= 0 && node.Rest[last].Operator != Operation.Coalesce)
        {
            last--;
        }

        return last >= 0 && (MayFail(node.First) || node.Rest.Take(last).Any(static o => o.Operator != Operation.Coalesce || MayFail(o.Operand))) ? last : -1;
    }

    private static BoundCall? CatcherAt(BoundSteps node, int index) =>
        node.Steps[index] is BoundMethodStep { Call: { Builtin.Flow: ValueFlow.ElseWhenFailed or ValueFlow.ElseWhenMissing } call } ? call : null;

    /// <summary>Reading a value by its path fails only where the document or a variable is not there at all, which is always worded.</summary>
    private static bool MayFail(BoundExpression node) => node switch
    {
        BoundLiteral or BoundDocument or BoundSlot or BoundRoot or BoundVariable or BoundMetadata => false,
        BoundSteps steps => MayFail(steps.Source) || steps.Steps.Any(static s => s is not BoundPathStep),
        _ => true,
    };

    private sealed class Use(int slot) : BoundWalker
    {
        public bool IsFound { get; private set; }

        public override bool VisitSlot(BoundSlot node) => IsFound |= node.Slot == slot;
    }
}
