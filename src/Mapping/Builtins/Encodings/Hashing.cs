using System.Buffers.Binary;
using System.Buffers.Text;
using System.IO.Hashing;
using System.Security.Cryptography;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Encodings;

/// <summary><c>hash</c>.</summary>
internal static class Hashing
{
    public static readonly Builtin Hash = BuiltinBuilder
        .Method("hash", Category.Encoding, "Hashes a string or bytes; gives bytes.")
        .On(Accepts.Text)
        .Returns("bytes")
        .Parameter(
            "algorithm",
            ParameterType.String,
            "One of md5, sha1, sha256, sha512, sha3_256, sha3_512, crc32, xxhash64, fnv32, hmac_sha1, hmac_sha256, hmac_sha512.")
        .Optional("key", ParameterType.String, "The secret of the hmac algorithms, which need one.")
        .Parameter("polynomial", ParameterType.String, "For crc32: IEEE, Castagnoli or Koopman.", Value.FromString("IEEE"))
        .Example("", """root.h = this.value.hash("sha1").encode("hex")""", ("""{"value":"hello world"}""", """{"h":"2aae6c35c94fcfb415dbe95f408b9ce91ee846ed"}"""))
        .Example(
            "With a secret.",
            """root = this.hash("hmac_sha1", "static-key").encode("hex")""",
            ("\"hello world\"", "d87e5f068fa08fe90bb95bc7c8344cb809179d76"))
        .Example("xxhash64 and fnv32 give decimal digits.", """root = this.hash("fnv32").string()""", ("\"\"", "2166136261"))
        .Prepare(static (_, arguments) => FindAlgorithm(arguments))
        .Body<Algorithm>(static (context, target, algorithm, arguments) => algorithm(context, target.AsSpan(), arguments));

    private delegate Value Algorithm(EvaluationContext context, ReadOnlySpan<byte> source, ReadOnlySpan<Value> arguments);

    private delegate int Digest(ReadOnlySpan<byte> source, Span<byte> target);

    private delegate int KeyedDigest(ReadOnlySpan<byte> key, ReadOnlySpan<byte> source, Span<byte> target);

    // MD5 and SHA-1 are there because other systems ask for them.
#pragma warning disable CA5350, CA5351
    private static readonly Dictionary<string, Algorithm> Algorithms = new()
    {
        ["md5"] = Plain(MD5.HashData),
        ["sha1"] = Plain(SHA1.HashData),
        ["sha256"] = Plain(static (source, target) => source.Length <= ShortSha256.MaxLength ? ShortSha256.Hash(source, target) : SHA256.HashData(source, target)),
        ["sha512"] = Plain(SHA512.HashData),
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

    private static Preparation FindAlgorithm(ReadOnlySpan<Value> arguments)
    {
        string name = arguments[0].AsHostString();
        if (!Algorithms.TryGetValue(name.Replace("hmac-", "hmac_", StringComparison.Ordinal), out Algorithm? algorithm))
        {
            return Preparation.Refuse($"unrecognized hash type: {name}");
        }

        bool hasKey = !arguments[1].IsAbsent && arguments[1].TextLength > 0;
        return name.StartsWith("hmac", StringComparison.Ordinal) && !hasKey
            ? Preparation.Refuse($"hash algorithm {name} requires a key argument", arguments[1].IsAbsent ? 0 : 1)
            : Preparation.Ready(algorithm);
    }

    private static Algorithm Plain(Digest digest) => (context, source, _) =>
    {
        Span<byte> result = stackalloc byte[64];
        return context.Arena.Bytes(result[..digest(source, result)]);
    };

    private static Algorithm Keyed(KeyedDigest digest) => (context, source, arguments) =>
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
