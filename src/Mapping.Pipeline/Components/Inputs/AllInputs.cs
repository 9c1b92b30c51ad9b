using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Inputs;

/// <summary>Every input, by name.</summary>
internal static class AllInputs
{
    public static IReadOnlyList<ComponentType> Types { get; } =
    [
        BrokerInput.Type,
        FileInput.Type,
        GenerateInput.Type,
        HttpClientInput.Type,
        HttpServerInput.Type,
        InprocInput.Type,
        ResourceInput.Type,
        StdinInput.Type,
    ];
}
