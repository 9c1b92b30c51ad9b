using Mapping.Pipeline.Config;

namespace Mapping.Pipeline.Graph;

/// <summary>
/// A <c>switch</c> processor whose cases carry an output, as the last processor of a pipeline without an output, is the output:
/// <c>output: { switch: { cases: [...] } }</c>.
/// </summary>
internal static class RoutingSwitch
{
    public static void MakeOutput(MapNode root)
    {
        if (root.Find("output") is not null
            || (root["pipeline"] as MapNode)?["processors"] is not ListNode { Items: [.., MapNode last] } processors
            || last.Find("switch") is not { Value: ListNode cases } entry
            || !cases.Items.Exists(c => (c as MapNode)?.Find("output") is not null))
        {
            return;
        }

        processors.Items.RemoveAt(processors.Items.Count - 1);
        var routes = new MapNode(cases.Source, cases.Span, []);
        routes.Set("cases", cases);
        var output = new MapNode(last.Source, last.Span, [new MapEntry(entry.Key, routes)]);
        root.Set("output", output);
    }
}
