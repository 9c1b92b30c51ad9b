using Mapping.Diagnostics;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Graph;

/// <summary>
/// A message that fails in a processor is refused by the output and delivered again, which does not help a message that can never
/// succeed. Somewhere such messages should be taken aside.
/// </summary>
internal static class DeadLetterAdvice
{
    /// <summary>Outputs that route failed messages or do without them, and processors that mend them.</summary>
    private static readonly string[] TakeAside = ["fallback", "switch", "reject_errored", "drop", "drop_on", "reject", "sync_response", "inproc", "catch", "try_catch"];

    /// <summary>Processors in which nothing fails.</summary>
    private static readonly string[] Harmless = ["noop", "log", "sleep", "resource", "processors"];

    public static void Give(PipelineGraph graph, MapNode root, Problems problems)
    {
        ComponentPlan[] processors = [.. graph.Processing.Processors.SelectMany(p => All(p, graph))];
        ComponentPlan[] all = [.. processors, .. All(graph.Output, graph)];
        if (graph.Errors.RejectsFailed && processors.Any(p => !Harmless.Contains(p.Type)) && !all.Any(p => TakeAside.Contains(p.Type)))
        {
            ConfigNode place = root.Find("output")?.Key ?? root.Find("pipeline")?.Key ?? (ConfigNode)root;
            problems.Warning(
                DiagnosticCodes.NoDeadLetter,
                place,
                "a message that fails is delivered again and again: nothing takes it aside",
                "give the output a dead-letter output beside it: fallback: [ THIS OUTPUT, { file: { path: failed.ndjson } } ]");
        }
    }

    private static IEnumerable<ComponentPlan> All(ComponentPlan plan, PipelineGraph graph)
    {
        ComponentPlan? shared = plan.Reference is { } label ? graph.Resources.GetValueOrDefault(new ResourceName(plan.Kind, label)) : null;
        IEnumerable<ComponentPlan> below = [.. plan.Processors, .. plan.Children];
        return below.SelectMany(p => All(p, graph)).Concat(shared is null || shared == plan ? [] : All(shared, graph)).Append(plan);
    }
}
