using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Outputs;

/// <summary>Every output, by name.</summary>
internal static class AllOutputs
{
    public static IReadOnlyList<ComponentGroup> All { get; } =
    [
        new(ComponentKind.Output, "broker", static () => [BrokerOutput.Type]),
        new(ComponentKind.Output, "drop", static () => [DropOutput.Type]),
        new(ComponentKind.Output, "drop_on", static () => [DropOnOutput.Type]),
        new(ComponentKind.Output, "fallback", static () => [FallbackOutput.Type]),
        new(ComponentKind.Output, "file", static () => [FileOutput.Type]),
        new(ComponentKind.Output, "http_client", static () => [HttpClientOutput.Type]),
        new(ComponentKind.Output, "inproc", static () => [InprocOutput.Type]),
        new(ComponentKind.Output, "reject", static () => [RejectOutput.Type]),
        new(ComponentKind.Output, "reject_errored", static () => [RejectErroredOutput.Type]),
        new(ComponentKind.Output, "resource", static () => [ResourceOutput.Type]),
        new(ComponentKind.Output, "retry", static () => [RetryOutput.Type]),
        new(ComponentKind.Output, "stdout", static () => [StdoutOutput.Type]),
        new(ComponentKind.Output, "switch", static () => [SwitchOutput.Type]),
        new(ComponentKind.Output, "sync_response", static () => [SyncResponseOutput.Type]),
    ];
}
