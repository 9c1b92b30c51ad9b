using System.Diagnostics;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Buffers;

/// <summary><c>none</c>: no buffer; the graph leaves it out.</summary>
internal static class NoneBuffer
{
    public static ComponentType Type { get; } = new ComponentType<IBuffer, bool>(
        ComponentKind.Buffer,
        "none",
        "No buffer: a message is acknowledged to its source when it is written.",
        Component.NoFields,
        static (_, _) => throw new UnreachableException())
    {
        Example = """
            input:
              generate: { count: 1, interval: "", mapping: root.id = 1 }
            buffer:
              none: {}
            output:
              drop: {}
            """,
    };
}
