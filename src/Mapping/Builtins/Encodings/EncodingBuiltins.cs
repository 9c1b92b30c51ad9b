using Mapping.Builtins.Encodings.Compression;
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
        Compressing.Compress,
        Compressing.Decompress,
        Encryption.EncryptAes,
        Encryption.DecryptAes,
        NamedUuid.UuidV5,
        SchemaRegistryHeader.WithHeader,
    ];
}
