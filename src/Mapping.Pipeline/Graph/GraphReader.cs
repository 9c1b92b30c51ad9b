using Mapping.Diagnostics;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Text;

namespace Mapping.Pipeline.Graph;

/// <summary>Configuration texts to a graph, or to everything that is wrong with them.</summary>
internal sealed class GraphReader
{
    private readonly Catalogue catalogue;
    private readonly Configuration configuration;
    private readonly Problems problems = new();
    private readonly ComponentReader components;
    private readonly ReadScope scope;
    private readonly Dictionary<ResourceName, ComponentPlan> resources = [];

    private GraphReader(Catalogue catalogue, Configuration configuration)
    {
        this.catalogue = catalogue;
        this.configuration = configuration;
        components = new ComponentReader(catalogue);
        scope = new ReadScope(problems, configuration.Environment, components);
    }

    /// <summary>Null when there is an error; warnings may be among the diagnostics of a graph.</summary>
    public static PipelineGraph? Read(Catalogue catalogue, Configuration configuration, out IReadOnlyList<Diagnostic> diagnostics)
    {
        var reader = new GraphReader(catalogue, configuration);
        PipelineGraph? graph = reader.Read();
        diagnostics = reader.problems.ToList();
        return reader.problems.HasErrors ? null : graph;
    }

    private PipelineGraph? Read()
    {
        MapNode? main = ReadTree(configuration.Main ?? new SourceText(string.Empty));
        List<MapNode> shared = [.. configuration.Resources.Select(ReadTree).OfType<MapNode>()];
        if (main is null)
        {
            return null;
        }

        foreach (string change in configuration.Overrides)
        {
            Override.Apply(main, change, problems);
        }

        configuration.Edit?.Invoke(main);
        RoutingSwitch.MakeOutput(main);
        PartitionStep.MakePartitionBy(main);
        foreach (MapNode file in shared)
        {
            RootShape.ResourceFile.TryRead(file, scope, "root", out _);
            ReadResources(file);
        }

        ReadResources(main);
        bool valid = RootShape.Main.TryRead(main, scope, "root", out Func<MapNode, PipelineGraph>? graph);
        components.CheckReferences(resources, problems);
        new ResourceCycles(resources, problems).Tell();
        PipelineGraph? read = valid ? graph!(main) with { Resources = resources, Secrets = scope.Secrets, Catalogue = catalogue, Environment = configuration.Environment } : null;
        if (read is not null && !problems.HasErrors)
        {
            StrictAdvice.Give(read, problems);
            if (configuration.Advises)
            {
                DeadLetterAdvice.Give(read, main, problems);
            }
        }

        return read;
    }

    private MapNode? ReadTree(SourceText source)
    {
        var variables = new Variables(configuration.Variables, problems) { MayBeMissing = configuration.MayLackVariables };
        ConfigNode? tree = YamlReader.Read(configuration.SubstitutesRaw ? variables.SubstituteRaw(source) : source, problems);
        if (tree is not null and not MapNode)
        {
            problems.Error(DiagnosticCodes.WrongNodeType, tree, $"expected an object with fields such as input and output, found {tree.Found}");
        }

        return tree is not MapNode map ? null : configuration.SubstitutesRaw ? map : (MapNode)variables.Substitute(map);
    }

    private void ReadResources(MapNode file)
    {
        ReadResources<IInput>(file, ComponentKind.Input);
        ReadResources<IProcessor>(file, ComponentKind.Processor);
        ReadResources<IOutput>(file, ComponentKind.Output);
        ReadResources<ICache>(file, ComponentKind.Cache);
        ReadResources<IRateLimit>(file, ComponentKind.RateLimit);
    }

    private void ReadResources<TComponent>(MapNode file, ComponentKind kind)
        where TComponent : class
    {
        string list = kind.ResourceList()!;
        if (file[list] is not { } node)
        {
            return;
        }

        if (node is not ListNode items)
        {
            problems.Error(DiagnosticCodes.WrongNodeType, node, $"expected a list, found {node.Found}");
            return;
        }

        for (int i = 0; i < items.Items.Count; i++)
        {
            ConfigNode item = items.Items[i];
            ComponentPlan<TComponent>? plan = components.Read<TComponent>(kind, item, scope, $"root.{list}.{i}");
            string? label = ((item as MapNode)?["label"] as ScalarNode)?.Text;
            if (string.IsNullOrEmpty(label))
            {
                problems.Error(DiagnosticCodes.MissingField, item, "a resource needs a label, by which it is named");
            }
            else
            {
                // What is wrong in itself is told already; that it is there spares the complaint that it is not.
                resources.TryAdd(new ResourceName(kind, label), (ComponentPlan?)plan ?? new BrokenPlan { Kind = kind, Type = string.Empty, Path = string.Empty, Source = item.Source, Span = item.Span });
            }
        }
    }

    private sealed record BrokenPlan : ComponentPlan;
}
