using Mapping.Functions;

namespace Mapping.Extras.Vectors;

/// <summary>The builtins of this folder.</summary>
internal static class VectorBuiltins
{
    public static IReadOnlyList<Builtin> All { get; } = [VectorMaking.Vector];
}
