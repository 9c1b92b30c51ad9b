using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Scanners;

/// <summary>Every scanner, by name.</summary>
internal static class AllScanners
{
    public static IReadOnlyList<ComponentType> Types { get; } =
    [
        CsvScanner.Type,
        DecompressScanner.Type,
        JsonScanner.ArrayType,
        JsonScanner.DocumentsType,
        LinesScanner.Type,
        ToTheEndScanner.Type,
    ];
}
