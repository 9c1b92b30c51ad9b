using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Inputs;

/// <summary>Every input, by name.</summary>
internal static class AllInputs
{
    public static IReadOnlyList<ComponentGroup> All { get; } =
    [
        new(ComponentKind.Input, "broker", static () => [BrokerInput.Type]),
        new(ComponentKind.Input, "file", static () => [FileInput.Type]),
        new(ComponentKind.Input, "generate", static () => [GenerateInput.Type]),
        new(ComponentKind.Input, "http_client", static () => [HttpClientInput.Type]),
        new(ComponentKind.Input, "http_server", static () => [HttpServerInput.Type]),
        new(ComponentKind.Input, "inproc", static () => [InprocInput.Type]),
        new(ComponentKind.Input, "resource", static () => [ResourceInput.Type]),
        new(ComponentKind.Input, "stdin", static () => [StdinInput.Type]),
    ];
}
