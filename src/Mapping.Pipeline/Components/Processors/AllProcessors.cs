using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Processors;

/// <summary>Every processor, by name.</summary>
internal static class AllProcessors
{
    public static IReadOnlyList<ComponentType> Types { get; } =
    [
        MappingProcessor.OlderType,
        BranchProcessor.Type,
        CatchProcessor.Type,
        ForEachProcessor.Type,
        LogProcessor.Type,
        MappingProcessor.Type,
        MappingProcessor.MutationType,
        NoopProcessor.Type,
        ProcessorsProcessor.Type,
        ResourceProcessor.Type,
        SwitchProcessor.Type,
        TryProcessor.Type,
        TryCatchProcessor.Type,
    ];
}
