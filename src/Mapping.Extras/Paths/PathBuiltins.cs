using Mapping.Functions;

namespace Mapping.Extras.Paths;

/// <summary>The builtins of this folder.</summary>
internal static class PathBuiltins
{
    public static IReadOnlyList<Builtin> All { get; } = [PathQuerying.JsonPath];
}
