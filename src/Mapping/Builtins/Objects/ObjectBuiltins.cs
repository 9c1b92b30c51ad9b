using Mapping.Functions;

namespace Mapping.Builtins.Objects;

/// <summary>The list of this folder.</summary>
internal static class ObjectBuiltins
{
    public static IReadOnlyList<Builtin> All { get; } =
    [
        Lookup.Get,
        Lookup.Exists,
        Members.Keys,
        Members.Values,
        Members.KeyValues,
        Members.MapEachKey,
        Merging.Merge,
        Merging.Assign,
        Merging.Squash,
        Selection.With,
        Selection.Without,
        Explode.Declaration,
        Collapse.Declaration,
        Difference.Diff,
        Patching.Patch,
    ];
}
