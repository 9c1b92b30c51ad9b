using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Processors;

/// <summary>Every processor, by name.</summary>
internal static class AllProcessors
{
    public static IReadOnlyList<ComponentType> Types { get; } =
    [
        ArchiveProcessor.Type,
        MappingProcessor.OlderType,
        BranchProcessor.Type,
        CacheProcessor.Type,
        CatchProcessor.Type,
        DebeziumProcessor.Type,
        DedupeProcessor.Type,
        ForEachProcessor.Type,
        HttpProcessor.Type,
        LogProcessor.Type,
        MappingProcessor.Type,
        MappingProcessor.MutationType,
        MetricProcessor.Type,
        NoopProcessor.Type,
        PartitionProcessor.Type,
        ProcessorsProcessor.Type,
        RateLimitProcessor.Type,
        ResourceProcessor.Type,
        RetryProcessor.Type,
        SampleProcessor.Type,
        SleepProcessor.Type,
        SplitProcessor.Type,
        SwitchProcessor.Type,
        SyncResponseProcessor.Type,
        TryProcessor.Type,
        TryCatchProcessor.Type,
        UnarchiveProcessor.Type,
    ];
}
