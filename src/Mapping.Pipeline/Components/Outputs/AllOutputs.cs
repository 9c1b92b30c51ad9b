using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Outputs;

/// <summary>Every output, by name.</summary>
internal static class AllOutputs
{
    public static IReadOnlyList<ComponentType> Types { get; } =
    [
        BrokerOutput.Type,
        DropOutput.Type,
        DropOnOutput.Type,
        FallbackOutput.Type,
        FileOutput.Type,
        HttpClientOutput.Type,
        InprocOutput.Type,
        RejectOutput.Type,
        RejectErroredOutput.Type,
        ResourceOutput.Type,
        RetryOutput.Type,
        StdoutOutput.Type,
        SwitchOutput.Type,
        SyncResponseOutput.Type,
    ];
}
