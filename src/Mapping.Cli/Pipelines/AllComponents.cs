using Mapping.Connectors;
using Mapping.Pipeline.Components;

namespace Mapping.Cli.Pipelines;

/// <summary>Every component that a configuration may name.</summary>
internal static class AllComponents
{
    public static Mapping.Pipeline.Graph.Catalogue Instance { get; } = StandardCatalogue.Instance.With(AllConnectors.Types);
}
