using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Encodings.Compression;

/// <summary><c>compress</c>, <c>decompress</c>.</summary>
internal static class Compressing
{
    private static readonly Dictionary<string, Codec> Codecs = new()
    {
        ["flate"] = new FlateCodec(),
        ["gzip"] = new GzipCodec(),
        // The reference compresses in parallel here; the format is the same.
        ["pgzip"] = new GzipCodec(),
        ["zlib"] = new ZlibCodec(),
        ["lz4"] = new Lz4Codec(),
        ["snappy"] = new SnappyCodec(),
        ["zstd"] = new ZstdCodec(),
    };

    private static readonly Dictionary<string, Codec> Decoders = new(Codecs) { ["bzip2"] = new Bzip2Codec() };

    public static readonly Builtin Compress = BuiltinBuilder
        .Method("compress", Category.Encoding, "Compresses a string or bytes; gives bytes.")
        .On(Accepts.LenientText)
        .Returns("bytes")
        .Parameter("algorithm", ParameterType.String, "One of flate, gzip, pgzip, zlib, lz4, snappy, zstd.")
        .Parameter(
            "level",
            ParameterType.Int64,
            "How hard to try: 0 to 9 for flate, gzip, pgzip and zlib (-2 for Huffman coding only), up to 9 for lz4, up to 22 for zstd; -1 is the default of each.",
            Value.FromInt64(-1))
        .Example("", """root.short = this.value.repeat(1000).compress("gzip").length() < 100""", ("""{"value":"hello"}""", """{"short":true}"""))
        .Example("The snappy block format.", """root = this.compress("snappy").encode("hex")""", ("\"hello\"", "051068656c6c6f"))
        .Example("With a level.", """root = this.compress("zstd", 19).decompress("zstd").string()""", ("\"hello\"", "hello"))
        .Prepare(static (_, arguments) => Find(Codecs, arguments[0]))
        .Body<Codec>(static (context, target, codec, arguments) => codec.Compress(context, target, arguments[1].AsInt64()));

    public static readonly Builtin Decompress = BuiltinBuilder
        .Method("decompress", Category.Encoding, "Reverses compress; gives bytes.")
        .On(Accepts.LenientText)
        .Returns("bytes")
        .Parameter("algorithm", ParameterType.String, "One of flate, gzip, pgzip, zlib, bzip2, lz4, snappy, zstd.")
        .Example(
            "",
            """root.text = this.hex.decode("hex").decompress("flate").string()""",
            ("""{"hex":"cb48cdc9c90700"}""", """{"text":"hello"}"""))
        .Example("", """root = this.compress("lz4").decompress("lz4").string()""", ("\"hello\"", "hello"))
        .Example("Broken data is an error.", """root = this.decompress("gzip").catch("broken")""", ("\"hello\"", "broken"))
        .Prepare(static (_, arguments) => Find(Decoders, arguments[0]))
        .Body<Codec>(static (context, target, codec, _) => codec.Decompress(context, target));

    private static Preparation Find(Dictionary<string, Codec> codecs, Value name) => codecs.TryGetValue(name.AsHostString(), out Codec? codec)
        ? Preparation.Ready(codec)
        : Preparation.Refuse($"compression type not recognised: {name.AsHostString()}");
}
