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
        .Body<HashAlgorithm>(static (context, target, algorithm, arguments) => algorithm(context, target.AsSpan(), arguments));

    private static Preparation FindAlgorithm(ReadOnlySpan<Value> arguments)
    {
        string name = arguments[0].AsHostString();
        if (!HashAlgorithms.ByName.TryGetValue(name.Replace("hmac-", "hmac_", StringComparison.Ordinal), out HashAlgorithm? algorithm))
        {
            return Preparation.Refuse($"unrecognized hash type: {name}");
        }

        bool hasKey = !arguments[1].IsAbsent && arguments[1].TextLength > 0;
        return name.StartsWith("hmac", StringComparison.Ordinal) && !hasKey
            ? Preparation.Refuse($"hash algorithm {name} requires a key argument", arguments[1].IsAbsent ? 0 : 1)
            : Preparation.Ready(algorithm);
    }
}
