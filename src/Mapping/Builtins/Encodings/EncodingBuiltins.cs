using Mapping.Builtins.Encodings.Compression;
using Mapping.Functions;

namespace Mapping.Builtins.Encodings;

/// <summary>The list of this folder.</summary>
internal static class EncodingBuiltins
{
    public static IReadOnlyList<BuiltinGroup> All { get; } =
    [
        new(".encode .decode", static () => [TextEncoding.Encode, TextEncoding.Decode]),
        new(".hash", static () => [Hashing.Hash]),
        new(".compress .decompress", static () => [Compressing.Compress, Compressing.Decompress]),
        new(".encrypt_aes .decrypt_aes", static () => [Encryption.EncryptAes, Encryption.DecryptAes]),
        new(".uuid_v5", static () => [NamedUuid.UuidV5]),
        new("with_schema_registry_header()", static () => [SchemaRegistryHeader.WithHeader]),
    ];
}
