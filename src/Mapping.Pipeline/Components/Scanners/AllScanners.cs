using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Scanners;

/// <summary>Every scanner, by name.</summary>
internal static class AllScanners
{
    public static IReadOnlyList<ComponentType> Types { get; } =
    [
        LinesScanner.Type,
        ToTheEndScanner.Type,
    ];
}
