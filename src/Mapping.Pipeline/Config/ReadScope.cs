using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Config;

/// <summary>What reading a configuration needs and gathers.</summary>
/// <param name="problems">Everything that is found wrong.</param>
/// <param name="environment">What mappings may use.</param>
/// <param name="components">Reads components within fields.</param>
internal sealed class ReadScope(Problems problems, MappingEnvironment environment, IComponentReader components)
{
    public Problems Problems { get; } = problems;

    public MappingEnvironment Environment { get; } = environment;

    public IComponentReader Components { get; } = components;

    /// <summary>Values of secret fields, to be masked whenever the configuration is shown.</summary>
    public HashSet<ConfigNode> Secrets { get; } = [];
}

/// <summary>Reads a component object; the way from fields up to the catalogue of components.</summary>
internal interface IComponentReader
{
    /// <summary>Null when it is wrong, with the reasons in the scope.</summary>
    ComponentPlan<TComponent>? Read<TComponent>(ComponentKind kind, ConfigNode node, ReadScope scope, string path)
        where TComponent : class;

    /// <summary>Notes that a shared component is named; whether it exists is known when all files are read.</summary>
    void Refer(ComponentKind kind, ScalarNode label);

    IEnumerable<string> NamesOf(ComponentKind kind);
}
