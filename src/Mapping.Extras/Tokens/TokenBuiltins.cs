using Mapping.Functions;

namespace Mapping.Extras.Tokens;

/// <summary><c>parse_jwt_*</c> and <c>sign_jwt_*</c>: the same pair for each of nine algorithms.</summary>
internal static class TokenBuiltins
{
    private const string Category = "JSON Web Tokens";

    public static IReadOnlyList<Builtin> All { get; } = [.. SignatureAlgorithm.All.SelectMany(a => new[] { Parsing(a), Signing(a) })];

    private static Builtin Parsing(SignatureAlgorithm algorithm)
    {
        (string plain, _) = ExampleTokens.Of(algorithm);
        (string other, _) = ExampleTokens.Of(SignatureAlgorithm.All.First(a => a != algorithm));
        return BuiltinBuilder
            .Method(
                $"parse_jwt_{algorithm.Suffix}",
                Category,
                $"Gives the claims of a JSON Web Token signed with {algorithm.Name}. The signature must be right, and the time not before nbf and before exp, where the token has them; iss, aud and iat are not checked.")
            .FromConnect()
            .On(Accepts.LenientText)
            .Returns("object")
            .Parameter("signing_secret", ParameterType.String, Secret(algorithm, toSign: false))
            .Example("", $"{Key(algorithm, toSign: false)}root.claims = this.token.parse_jwt_{algorithm.Suffix}({Argument(algorithm)})", ($$"""{"token":"{{plain}}"}""", """{"claims":{"sub":"user123"}}"""))
            .Example(
                "A token of another algorithm or key, or an expired one, is an error.",
                $"{Key(algorithm, toSign: false)}root = this.token.parse_jwt_{algorithm.Suffix}({Argument(algorithm)}).catch(\"refused\")",
                ($$"""{"token":"{{other}}"}""", "refused"))
            .Prepare((_, arguments) => TokenReading.Prepare(algorithm, arguments))
            .Body<SigningKey>(static (context, target, key, _) => TokenReading.Claims(context, target, key));
    }

    private static Builtin Signing(SignatureAlgorithm algorithm)
    {
        (string plain, string withKeyId) = ExampleTokens.Of(algorithm);
        BuiltinBuilder builder = BuiltinBuilder
            .Method($"sign_jwt_{algorithm.Suffix}", Category, $"Makes a JSON Web Token signed with {algorithm.Name} from an object of claims.")
            .FromConnect()
            .On(Accepts.Object)
            .Returns("string")
            .Parameter("signing_secret", ParameterType.String, Secret(algorithm, toSign: true))
            .Optional("headers", ParameterType.Any, "An object of additional headers, such as kid. Those that describe the signature or hold keys, such as alg and jwk, are ignored.");
        string call = $"this.sign_jwt_{algorithm.Suffix}({Argument(algorithm)}";
        string key = Key(algorithm, toSign: true);
        string claims = """{"sub":"user123"}""";
        builder = algorithm.Family == KeyFamily.Ecdsa
            ? builder
                .Example("Each signature is a different one.", $"{key}root.parts = {call}).split(\".\").length()", (claims, """{"parts":3}"""))
                .Example("", $"{key}root.header = {call}, {{\"kid\": \"k1\"}}).split(\".\").index(0).decode(\"base64rawurl\").parse_json()", (claims, $$$"""{"header":{"alg":"{{{algorithm.Name}}}","kid":"k1","typ":"JWT"}}"""))
            : builder
                .Example("", $"{key}root.token = {call})", (claims, $$"""{"token":"{{plain}}"}"""))
                .Example("", $"{key}root.token = {call}, {{\"kid\": \"k1\"}})", (claims, $$"""{"token":"{{withKeyId}}"}"""));
        return builder
            .Prepare((_, arguments) => TokenSigning.Prepare(algorithm, arguments))
            .Body<TokenSigning>(static (context, target, signing, _) => signing.Sign(context, target));
    }

    private static string Secret(SignatureAlgorithm algorithm, bool toSign) => algorithm.Family switch
    {
        KeyFamily.Secret => "The bytes of the shared secret.",
        KeyFamily.Rsa => toSign ? "The private RSA key in PEM." : "The public RSA key in PEM, or a certificate with it.",
        _ => toSign ? $"The private key in PEM, of the curve P-{algorithm.CurveBits}." : $"The public key in PEM, of the curve P-{algorithm.CurveBits}, or a certificate with it.",
    };

    /// <summary>The lines of an example that set <c>$key</c>.</summary>
    private static string Key(SignatureAlgorithm algorithm, bool toSign)
    {
        string? pem = (algorithm.Family, algorithm.CurveBits) switch
        {
            (KeyFamily.Secret, _) => null,
            (KeyFamily.Rsa, _) => toSign ? ExampleTokens.RsaPrivate : ExampleTokens.RsaPublic,
            (_, 256) => toSign ? ExampleTokens.P256Private : ExampleTokens.P256Public,
            (_, 384) => toSign ? ExampleTokens.P384Private : ExampleTokens.P384Public,
            _ => toSign ? ExampleTokens.P521Private : ExampleTokens.P521Public,
        };
        return pem is null ? string.Empty : $"let key = \"\"\"{pem}\"\"\"\n";
    }

    private static string Argument(SignatureAlgorithm algorithm) => algorithm.Family == KeyFamily.Secret ? $"\"{ExampleTokens.Secret}\"" : "$key";
}
