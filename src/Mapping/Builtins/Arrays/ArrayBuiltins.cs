using Mapping.Functions;

namespace Mapping.Builtins.Arrays;

/// <summary>The list of this folder.</summary>
internal static class ArrayBuiltins
{
    public static IReadOnlyList<BuiltinGroup> All { get; } =
    [
        new(".map_each", static () => [MapEach.Declaration]),
        new(".filter", static () => [Filter.Declaration]),
        new(".fold", static () => [Fold.Declaration]),
        new(".any .all", static () => [Quantifiers.Any, Quantifiers.All]),
        new(".find .find_all .find_by .find_all_by", static () => [Find.First, Find.Every, Find.FirstBy, Find.EveryBy]),
        new(".append .concat .zip", static () => [Joining.Append, Joining.Concat, Joining.Zip]),
        new(".index .enumerated .flatten", static () => [Elements.Index, Elements.Enumerated, Elements.Flatten]),
        new(".sort .sort_by", static () => [Sort.Plain, Sort.By]),
        new(".unique", static () => [Unique.Declaration]),
    ];
}
