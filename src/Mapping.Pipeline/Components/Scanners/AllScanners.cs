using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Scanners;

/// <summary>Every scanner, by name.</summary>
internal static class AllScanners
{
    public static IReadOnlyList<ComponentGroup> All { get; } =
    [
        new(ComponentKind.Scanner, "csv", static () => [CsvScanner.Type]),
        new(ComponentKind.Scanner, "decompress", static () => [DecompressScanner.Type]),
        new(ComponentKind.Scanner, "json_array json_documents", static () => [JsonScanner.ArrayType, JsonScanner.DocumentsType]),
        new(ComponentKind.Scanner, "lines", static () => [LinesScanner.Type]),
        new(ComponentKind.Scanner, "to_the_end", static () => [ToTheEndScanner.Type]),
    ];
}
