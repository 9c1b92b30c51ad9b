using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Encodings;

/// <summary><c>encode</c>, <c>decode</c>.</summary>
internal static class TextEncoding
{
    public static readonly Builtin Encode = BuiltinBuilder
        .Method("encode", Category.Encoding, "Encodes a string or bytes as printable text.")
        .On(Accepts.Text)
        .Returns("string")
        .Parameter("scheme", ParameterType.String, "One of base64, base64url, base64rawurl, hex, ascii85, z85.")
        .Example("", """root.encoded = this.value.encode("hex")""", ("""{"value":"hello"}""", """{"encoded":"68656c6c6f"}"""))
        .Example("", """root = this.encode("base64")""", ("\"user:password\"", "dXNlcjpwYXNzd29yZA=="))
        .Example("For URLs, without padding.", """root = this.encode("base64rawurl")""", ("\"a??\"", "YT8_"))
        .Prepare(static (_, arguments) => FindScheme(arguments[0]))
        .Body<Scheme>(static (context, target, scheme, _) => scheme.Encode(context, target.AsSpan()));

    public static readonly Builtin Decode = BuiltinBuilder
        .Method("decode", Category.Encoding, "Reverses encode; gives bytes.")
        .On(Accepts.Text)
        .Returns("bytes")
        .Parameter("scheme", ParameterType.String, "One of base64, base64url, base64rawurl, hex, ascii85, z85.")
        .Example("", """root.decoded = this.value.decode("hex").string()""", ("""{"value":"68656c6c6f"}""", """{"decoded":"hello"}"""))
        .Example("Bytes in a document appear as base64.", """root.v = this.v.decode("hex")""", ("""{"v":"deadbeef"}""", """{"v":"3q2+7w=="}"""))
        .Example("Broken text is an error.", """root = this.decode("base64").catch("broken")""", ("\"aGVsbG8\"", "broken"))
        .Prepare(static (_, arguments) => FindScheme(arguments[0]))
        .Body<Scheme>(static (context, target, scheme, _) => scheme.Decode(context, target.AsSpan()));

    private static readonly Dictionary<string, Scheme> Schemes = new()
    {
        ["base64"] = new Base64Scheme(isUrl: false, isPadded: true),
        ["base64url"] = new Base64Scheme(isUrl: true, isPadded: true),
        ["base64rawurl"] = new Base64Scheme(isUrl: true, isPadded: false),
        ["hex"] = new HexScheme(),
        ["ascii85"] = new Ascii85Scheme(),
        ["z85"] = new Z85Scheme(),
    };

    private static Preparation FindScheme(Value name) => Schemes.TryGetValue(name.AsHostString(), out Scheme? scheme)
        ? Preparation.Ready(scheme)
        : Preparation.Refuse($"unrecognized encoding type: {name.AsHostString()}");
}
