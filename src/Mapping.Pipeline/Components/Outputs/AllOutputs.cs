using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Outputs;

/// <summary>Every output, by name.</summary>
internal static class AllOutputs
{
    public static IReadOnlyList<ComponentType> Types { get; } =
    [
        DropOutput.Type,
        StdoutOutput.Type,
    ];
}
