using Mapping.Ir;

namespace Mapping.Execution;

/// <summary>Steps whose method gets its target unevaluated (<c>from</c>): all before it is a query.</summary>
internal static class LazyTarget
{
    /// <summary>The position of the last such step, -1 if there is none.</summary>
    public static int LastIn(BoundSteps node)
    {
        int last = node.Steps.Count - 1;
        while (last >= 0 && node.Steps[last] is not BoundMethodStep { Call.Builtin.HasLazyTarget: true })
        {
            last--;
        }

        return last;
    }

    /// <summary>What stands before the step at the position.</summary>
    public static BoundExpression Before(BoundSteps node, int index) =>
        index == 0 ? node.Source : new BoundSteps(node.Source, [.. node.Steps.Take(index)], node.Span);
}
