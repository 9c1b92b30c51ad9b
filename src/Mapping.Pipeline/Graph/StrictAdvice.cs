using Mapping.Diagnostics;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Graph;

/// <summary>With <c>error_handling.strict</c> a message that failed skips the processors behind it, a <c>catch</c> among them.</summary>
internal static class StrictAdvice
{
    public static void Give(PipelineGraph graph, Problems problems)
    {
        if (!graph.Errors.Strict)
        {
            return;
        }

        ComponentPlan[] roots = [graph.Input, .. graph.Processing.Processors, graph.Output, .. graph.Resources.Values];
        foreach (ComponentPlan plan in roots.SelectMany(All).Where(static p => p is { Kind: ComponentKind.Processor, Type: "catch" }))
        {
            problems.Warning(
                DiagnosticCodes.BrokenRule,
                plan.Source,
                plan.Span,
                "a catch never runs with error_handling.strict: messages that failed skip it",
                "use try_catch, which holds the processors that may fail as well");
        }
    }

    private static IEnumerable<ComponentPlan> All(ComponentPlan plan) => plan.Processors.Concat(plan.Children).SelectMany(All).Prepend(plan);
}
