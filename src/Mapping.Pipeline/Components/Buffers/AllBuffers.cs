using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Buffers;

/// <summary>Every buffer, by name.</summary>
internal static class AllBuffers
{
    public static IReadOnlyList<ComponentGroup> All { get; } =
    [
        new(ComponentKind.Buffer, "memory", static () => [MemoryBuffer.Type]),
        new(ComponentKind.Buffer, "none", static () => [NoneBuffer.Type]),
        new(ComponentKind.Buffer, "sqlite", static () => [SqliteBuffer.Type]),
    ];
}
