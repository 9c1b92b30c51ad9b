using Mapping.Diagnostics;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Graph;

/// <summary>Finds shared components that contain themselves, through whatever others: none of them could ever be made.</summary>
internal sealed class ResourceCycles(IReadOnlyDictionary<ResourceName, ComponentPlan> resources, Problems problems)
{
    private readonly HashSet<ResourceName> done = [];
    private readonly HashSet<ResourceName> open = [];

    public void Tell()
    {
        foreach (ResourceName name in resources.Keys)
        {
            Visit(name);
        }
    }

    private void Visit(ResourceName name)
    {
        if (!resources.TryGetValue(name, out ComponentPlan? resource) || !done.Add(name))
        {
            return;
        }

        open.Add(name);
        foreach (ComponentPlan reference in References(resource))
        {
            var target = new ResourceName(reference.Kind, reference.Reference!);
            if (open.Contains(target))
            {
                problems.Error(DiagnosticCodes.BrokenRule, reference.Source, reference.Span, $"the {target.Kind.Word()} resource \"{target.Label}\" contains itself");
            }
            else
            {
                Visit(target);
            }
        }

        open.Remove(name);
    }

    private static IEnumerable<ComponentPlan> References(ComponentPlan plan) =>
        plan.Reference is not null ? [plan] : plan.Processors.Concat(plan.Children).SelectMany(References);
}
