using System.Buffers.Binary;
using System.Buffers.Text;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Encodings;

internal delegate Value HashAlgorithm(EvaluationContext context, ReadOnlySpan<byte> source, ReadOnlySpan<Value> arguments);

/// <summary>The algorithms of <c>hash</c>; the first mapping that hashes looks for OpenSSL.</summary>
internal static class HashAlgorithms
{
    // MD5 and SHA-1 are there because other systems ask for them.
#pragma warning disable CA5350, CA5351
    public static readonly Dictionary<string, HashAlgorithm> ByName = WithLibrary(FindLibrary());

    private delegate int Digest(ReadOnlySpan<byte> source, Span<byte> target);

    private delegate int KeyedDigest(ReadOnlySpan<byte> key, ReadOnlySpan<byte> source, Span<byte> target);

    private static Dictionary<string, HashAlgorithm> WithLibrary(nint library) => new()
    {
        ["md5"] = Short(new ShortHash(HashForm.Md5, library, MD5.HashData)),
        ["sha1"] = Short(new ShortHash(HashForm.Sha1, library, SHA1.HashData)),
        ["sha256"] = Short(new ShortHash(HashForm.Sha256, library, SHA256.HashData)),
        ["sha512"] = Short(new ShortHash(HashForm.Sha512, library, SHA512.HashData)),
        ["sha3_256"] = Plain(static (source, target) => Sha3.Hash(source, target[..32])),
        ["sha3_512"] = Plain(static (source, target) => Sha3.Hash(source, target[..64])),
        ["crc32"] = static (context, source, arguments) => Checksum(context, source, arguments[2]),
        ["xxhash64"] = static (context, source, _) => DecimalDigits(context, XxHash64.HashToUInt64(source)),
        ["fnv32"] = static (context, source, _) => DecimalDigits(context, Fnv32(source)),
        ["hmac_sha1"] = Keyed(HMACSHA1.HashData),
        ["hmac_sha256"] = Keyed(HMACSHA256.HashData),
        ["hmac_sha512"] = Keyed(HMACSHA512.HashData),
    };
#pragma warning restore CA5350, CA5351

    /// <summary>The OpenSSL that the platform itself uses on Linux; elsewhere there is another, or none.</summary>
    public static nint FindLibrary() =>
        OperatingSystem.IsLinux() && (NativeLibrary.TryLoad("libcrypto.so.3", out nint library) || NativeLibrary.TryLoad("libcrypto.so.1.1", out library)) ? library : 0;

    private static HashAlgorithm Plain(Digest digest) => (context, source, _) =>
    {
        Span<byte> result = stackalloc byte[64];
        return context.Arena.Bytes(result[..digest(source, result)]);
    };

    private static HashAlgorithm Short(ShortHash hash) => (context, source, _) =>
    {
        hash.Hash(source, context.Arena.Allocate(hash.DigestSize, out byte[] owner, out int offset));
        return Value.FromBytes(owner, offset, hash.DigestSize);
    };

    private static HashAlgorithm Keyed(KeyedDigest digest) => (context, source, arguments) =>
    {
        Span<byte> result = stackalloc byte[64];
        return context.Arena.Bytes(result[..digest(arguments[1].AsSpan(), source, result)]);
    };

    private static Value Checksum(EvaluationContext context, ReadOnlySpan<byte> source, Value polynomial)
    {
        uint? checksum = polynomial.AsHostString() switch
        {
            "IEEE" => Crc32.HashToUInt32(source),
            "Castagnoli" => ReflectedCrc.Castagnoli.Compute(source),
            "Koopman" => ReflectedCrc.Koopman.Compute(source),
            _ => null,
        };
        if (checksum is not { } value)
        {
            return Value.Fail($"unsupported crc32 polynomial \"{polynomial.AsHostString()}\"");
        }

        Span<byte> result = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(result, value);
        return context.Arena.Bytes(result);
    }

    /// <summary>FNV-1, which multiplies before it combines.</summary>
    private static uint Fnv32(ReadOnlySpan<byte> source)
    {
        uint hash = 2166136261;
        foreach (byte c in source)
        {
            hash = unchecked(hash * 16777619) ^ c;
        }

        return hash;
    }

    private static Value DecimalDigits(EvaluationContext context, ulong hash)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(hash, digits, out int written);
        return context.Arena.Bytes(digits[..written]);
    }
}
