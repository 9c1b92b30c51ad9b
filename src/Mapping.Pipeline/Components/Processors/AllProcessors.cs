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
        HttpProcessor.Type,
        LogProcessor.Type,
        MappingProcessor.Type,
        MappingProcessor.MutationType,
        NoopProcessor.Type,
        ProcessorsProcessor.Type,
        RateLimitProcessor.Type,
        ResourceProcessor.Type,
        SwitchProcessor.Type,
        SyncResponseProcessor.Type,
        TryProcessor.Type,
        TryCatchProcessor.Type,
    ];
}
