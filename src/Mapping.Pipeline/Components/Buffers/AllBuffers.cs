using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Buffers;

/// <summary>Every buffer, by name.</summary>
internal static class AllBuffers
{
    public static IReadOnlyList<ComponentType> Types { get; } =
    [
        MemoryBuffer.Type,
        NoneBuffer.Type,
        SqliteBuffer.Type,
    ];
}
