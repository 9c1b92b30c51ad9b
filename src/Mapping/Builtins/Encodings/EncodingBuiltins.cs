using Mapping.Functions;

namespace Mapping.Builtins.Encodings;

/// <summary>The list of this folder.</summary>
internal static class EncodingBuiltins
{
    public static IReadOnlyList<Builtin> All { get; } =
    [
        TextEncoding.Encode,
        TextEncoding.Decode,
        Hashing.Hash,
    ];
}
