using Mapping.Functions;

namespace Mapping.Builtins.Objects;

/// <summary>The list of this folder.</summary>
internal static class ObjectBuiltins
{
    public static IReadOnlyList<BuiltinGroup> All { get; } =
    [
        new(".get .exists", static () => [Lookup.Get, Lookup.Exists]),
        new(".keys .values .key_values .map_each_key", static () => [Members.Keys, Members.Values, Members.KeyValues, Members.MapEachKey]),
        new(".merge .assign .squash", static () => [Merging.Merge, Merging.Assign, Merging.Squash]),
        new(".with .without", static () => [Selection.With, Selection.Without]),
        new(".explode", static () => [Explode.Declaration]),
        new(".collapse", static () => [Collapse.Declaration]),
        new(".diff", static () => [Difference.Diff]),
        new(".patch", static () => [Patching.Patch]),
    ];
}
