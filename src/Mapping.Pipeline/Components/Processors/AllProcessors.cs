using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Processors;

/// <summary>Every processor, by name.</summary>
internal static class AllProcessors
{
    public static IReadOnlyList<ComponentType> Types { get; } =
    [
        MappingProcessor.Type,
        MappingProcessor.OlderType,
        MappingProcessor.MutationType,
    ];
}
