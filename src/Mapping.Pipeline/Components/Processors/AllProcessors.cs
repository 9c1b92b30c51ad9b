using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Processors;

/// <summary>Every processor, by name.</summary>
internal static class AllProcessors
{
    public static IReadOnlyList<ComponentGroup> All { get; } =
    [
        new(ComponentKind.Processor, "archive", static () => [ArchiveProcessor.Type]),
        new(ComponentKind.Processor, "bloblang mapping mutation", static () => [MappingProcessor.OlderType, MappingProcessor.Type, MappingProcessor.MutationType]),
        new(ComponentKind.Processor, "branch", static () => [BranchProcessor.Type]),
        new(ComponentKind.Processor, "cache", static () => [CacheProcessor.Type]),
        new(ComponentKind.Processor, "catch", static () => [CatchProcessor.Type]),
        new(ComponentKind.Processor, "debezium", static () => [DebeziumProcessor.Type]),
        new(ComponentKind.Processor, "dedupe", static () => [DedupeProcessor.Type]),
        new(ComponentKind.Processor, "for_each", static () => [ForEachProcessor.Type]),
        new(ComponentKind.Processor, "http", static () => [HttpProcessor.Type]),
        new(ComponentKind.Processor, "log", static () => [LogProcessor.Type]),
        new(ComponentKind.Processor, "metric", static () => [MetricProcessor.Type]),
        new(ComponentKind.Processor, "noop", static () => [NoopProcessor.Type]),
        new(ComponentKind.Processor, "partition", static () => [PartitionProcessor.Type]),
        new(ComponentKind.Processor, "processors", static () => [ProcessorsProcessor.Type]),
        new(ComponentKind.Processor, "rate_limit", static () => [RateLimitProcessor.Type]),
        new(ComponentKind.Processor, "resource", static () => [ResourceProcessor.Type]),
        new(ComponentKind.Processor, "retry", static () => [RetryProcessor.Type]),
        new(ComponentKind.Processor, "sample", static () => [SampleProcessor.Type]),
        new(ComponentKind.Processor, "sleep", static () => [SleepProcessor.Type]),
        new(ComponentKind.Processor, "split", static () => [SplitProcessor.Type]),
        new(ComponentKind.Processor, "switch", static () => [SwitchProcessor.Type]),
        new(ComponentKind.Processor, "sync_response", static () => [SyncResponseProcessor.Type]),
        new(ComponentKind.Processor, "try", static () => [TryProcessor.Type]),
        new(ComponentKind.Processor, "try_catch", static () => [TryCatchProcessor.Type]),
        new(ComponentKind.Processor, "unarchive", static () => [UnarchiveProcessor.Type]),
    ];
}
