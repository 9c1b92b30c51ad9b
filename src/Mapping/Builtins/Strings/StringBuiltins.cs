using Mapping.Functions;

namespace Mapping.Builtins.Strings;

/// <summary>The list of this folder.</summary>
internal static class StringBuiltins
{
    public static IReadOnlyList<Builtin> All { get; } =
    [
        Case.Uppercase,
        Case.Lowercase,
    ];
}
