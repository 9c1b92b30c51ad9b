using Mapping.Functions;

namespace Mapping.Builtins.Arrays;

/// <summary>The list of this folder.</summary>
internal static class ArrayBuiltins
{
    public static IReadOnlyList<Builtin> All { get; } =
    [
        MapEach.Declaration,
        Filter.Declaration,
        Fold.Declaration,
        Quantifiers.Any,
        Quantifiers.All,
        Find.First,
        Find.Every,
        Find.FirstBy,
        Find.EveryBy,
        Joining.Append,
        Joining.Concat,
        Joining.Zip,
        Elements.Index,
        Elements.Enumerated,
        Elements.Flatten,
        Sort.Plain,
        Sort.By,
        Unique.Declaration,
    ];
}
