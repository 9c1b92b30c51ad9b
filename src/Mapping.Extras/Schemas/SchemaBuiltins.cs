using Mapping.Functions;

namespace Mapping.Extras.Schemas;

/// <summary>The builtins of this folder.</summary>
internal static class SchemaBuiltins
{
    public static IReadOnlyList<Builtin> All { get; } = [SchemaChecking.JsonSchema];
}
