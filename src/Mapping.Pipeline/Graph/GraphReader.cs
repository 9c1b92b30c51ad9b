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
    private readonly Problems problems;
    private readonly ComponentReader components;
    private readonly ReadScope scope;
    private readonly Dictionary<ResourceName, ComponentPlan> resources = [];
    private readonly List<TextRead> texts = [];
    private readonly List<SourceText> overrides = [];

    private GraphReader(Catalogue catalogue, Configuration configuration)
    {
        this.catalogue = catalogue;
        this.configuration = configuration;
        problems = new Problems { AreLintsWarnings = configuration.IsChilled };
        components = new ComponentReader(catalogue);
        scope = new ReadScope(problems, configuration.Environment, components);
    }

    /// <summary>Null when there is an error; warnings may be among the diagnostics of a graph.</summary>
    public static PipelineGraph? Read(Catalogue catalogue, Configuration configuration, out IReadOnlyList<Diagnostic> diagnostics)
    {
        var reader = new GraphReader(catalogue, configuration);
        PipelineGraph? graph = reader.Read();
        diagnostics = reader.problems.ToList();
        if (diagnostics.Count > 0)
        {
            reader.HideSecrets();
        }

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

        if (configuration.MustHaveContent && main.Entries.Count == 0)
        {
            problems.Error(DiagnosticCodes.MissingField, main, "the configuration is empty", "it needs an input and an output");
        }

        foreach (string change in configuration.Overrides)
        {
            SourceText source = Override.SourceOf(change);
            overrides.Add(source);
            Override.Apply(main, source, problems);
        }

        configuration.Edit?.Invoke(main);
        RoutingSwitch.MakeOutput(main);
        PartitionStep.MakePartitionBy(main);
        components.IsReadingResources = true;
        foreach (MapNode file in shared)
        {
            RootShape.ResourceFile.TryRead(file, scope, "root", out _);
            ReadResources(file);
        }

        ReadResources(main);
        components.IsReadingResources = false;
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
        SourceText text = configuration.SubstitutesRaw ? variables.SubstituteRaw(source) : source;
        ConfigNode? tree = YamlReader.Read(text, problems);
        texts.Add(new TextRead(text, tree));
        if (text != source)
        {
            texts.Add(new TextRead(source, null));
        }

        if (tree is not null and not MapNode)
        {
            problems.Error(DiagnosticCodes.WrongNodeType, tree, $"expected an object with fields such as input and output, found {tree.Found}");
        }

        return tree is not MapNode map ? null : configuration.SubstitutesRaw ? map : (MapNode)variables.Substitute(map);
    }

    /// <summary>Fields that were read have hidden theirs; what was not understood may hold others, in lines that are quoted.</summary>
    private void HideSecrets()
    {
        var names = new SecretNames(catalogue);
        overrides.ForEach(change => Override.HideSecret(change, names));
        overrides.ForEach(Secrets.HideLogins);
        foreach ((SourceText source, ConfigNode? tree) in texts)
        {
            Secrets.HideLogins(source);
            if (tree is null)
            {
                BrokenText.HideSecrets(source, names);
            }
            else
            {
                Secrets.HideUnder(tree, names);
            }
        }
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

    /// <param name="Source">As it was read.</param>
    /// <param name="Tree">What it holds; null when it is no YAML, or another text is read in its place.</param>
    private sealed record TextRead(SourceText Source, ConfigNode? Tree);
}
