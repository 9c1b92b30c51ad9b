using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mapping.Extras.Tokens;

namespace Mapping.Extras.Tests.Tokens;

public class TokenTests
{
    // RFC 7515, appendix A.1: the key and the token, whose exp is long past.
    private const string RfcKey = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
    private const string RfcToken =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    public static TheoryData<string> Algorithms => [.. SignatureAlgorithm.All.Select(a => a.Suffix)];

    [Fact]
    public void The_token_of_the_standard_is_read_while_it_is_valid()
    {
        string mapping = $"root = this.parse_jwt_hs256(\"{RfcKey}\".decode(\"base64rawurl\"))";
        Assert.Equal("Error", Run.Mapping(mapping, Text(RfcToken))[..5]);
        Assert.Contains("the token is expired", Run.Mapping(mapping, Text(RfcToken)), StringComparison.Ordinal);
        Assert.Equal("""{"iss":"joe","exp":1300819380,"http://example.com/is_root":true}""", At(1300819379, mapping, RfcToken));
        Assert.Contains("expired", At(1300819380, mapping, RfcToken), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void What_is_signed_can_be_read(string name)
    {
        string signed = Run.Mapping($"root = this.sign_jwt_{name}({Secret(name, toSign: true)}, {{\"kid\": \"<1>\", \"alg\": \"none\", \"crit\": [\"b64\"]}})", """{"z":1.50,"a":"<x>","n":{"b":[null]}}""");
        Assert.Equal("""{"a":"<x>","n":{"b":[null]},"z":1.5}""", Run.Mapping($"root = this.parse_jwt_{name}({Secret(name, toSign: false)})", Text(signed)));
        string[] parts = signed.Split('.');
        Assert.Equal($$"""{"alg":"{{name.ToUpperInvariant()}}","kid":"\u003c1\u003e","typ":"JWT"}""", Decode(parts[0]));
        Assert.Equal("""{"a":"\u003cx\u003e","n":{"b":[null]},"z":1.50}""", Decode(parts[1]));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_changed_token_is_refused(string name)
    {
        (string token, _) = ExampleTokens.Of(SignatureAlgorithm.All.Single(a => a.Suffix == name));
        string mapping = $"root = this.parse_jwt_{name}({Secret(name, toSign: false)})";
        string[] parts = token.Split('.');
        string otherClaims = Convert.ToBase64String("""{"sub":"admin"}"""u8.ToArray()).TrimEnd('=');
        foreach (string changed in new[] { $"{parts[0]}.{otherClaims}.{parts[2]}", $"{parts[0]}.{parts[1]}.", $"{parts[0]}.{parts[1]}.{parts[2][..^4]}", $"{parts[0]}.{parts[1]}.{parts[2]}AAAA" })
        {
            Assert.Matches("^Error: .*parsing JWT string: (the signature is invalid|.* signature is not in base64url)", Run.Mapping(mapping, Text(changed)));
        }
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS256")]
    [InlineData("hs256")]
    [InlineData("RS384")]
    public void A_token_does_not_choose_how_it_is_verified(string claimed)
    {
        // Signed with the public key as if that were a shared secret: the well-known confusion.
        string header = Base64($$"""{"alg":"{{claimed}}","typ":"JWT"}""");
        string content = $"{header}.{Base64("""{"sub":"admin"}""")}";
        string signature = claimed.StartsWith('n') || claimed.StartsWith('N')
            ? string.Empty
            : Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(ExampleTokens.RsaPublic), Encoding.UTF8.GetBytes(content))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        string result = Run.Mapping($"root = this.parse_jwt_rs256({Secret("rs256", toSign: false)})", Text($"{content}.{signature}"));
        Assert.Contains($"signing method {claimed} is not RS256", result, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("..")]
    [InlineData("!!.e30.AA")]
    [InlineData("e30.e30.AA")]
    [InlineData("W10.e30.AA")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9=.e30.AA")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.W10.AA")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.e30.A")]
    public void Malformed_tokens_are_errors(string token) =>
        Assert.Contains("parsing JWT string: ", Run.Mapping("root = this.parse_jwt_hs256(\"k\")", Text(token)), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"exp":1000}""", 999, true)]
    [InlineData("""{"exp":1000}""", 1000, false)]
    [InlineData("""{"exp":1000.9}""", 1000, false)]
    [InlineData("""{"exp":"1000"}""", 1, false)]
    [InlineData("""{"exp":null}""", 1, false)]
    [InlineData("""{"nbf":1000}""", 999, false)]
    [InlineData("""{"nbf":1000}""", 1000, true)]
    [InlineData("""{"nbf":1e300}""", 1000, false)]
    [InlineData("""{"iat":99999,"aud":"x","iss":5}""", 1000, true)]
    public void Times_are_enforced_by_the_clock(string claims, long now, bool valid)
    {
        string token = Run.Mapping("root = this.sign_jwt_hs256(\"k\")", claims);
        Assert.Equal(valid, !At(now, "root = this.parse_jwt_hs256(\"k\")", token).StartsWith("Error: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("root = this.parse_jwt_rs256(\"no key\")", "decoding signing_secret: it is no public RSA key in PEM")]
    [InlineData("root = this.sign_jwt_rs256(\"no key\")", "decoding signing_secret: it is no private RSA key in PEM")]
    [InlineData("root = this.sign_jwt_es384(\"-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END PRIVATE KEY-----\")", "no private key in PEM of the curve P-384")]
    [InlineData("root = this.sign_jwt_hs256(\"k\", \"kid\")", "headers must be an object, got string")]
    public void Arguments_that_can_only_fail_are_refused_when_compiled(string mapping, string expected)
    {
        Assert.Contains(expected, Run.Refusal(mapping), StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_of_the_wrong_half_or_curve_are_refused()
    {
        Assert.Contains("no public RSA key", Run.Refusal($"root = this.parse_jwt_rs256({Secret("rs256", toSign: true)})"), StringComparison.Ordinal);
        Assert.Contains("no private RSA key", Run.Refusal($"root = this.sign_jwt_rs256({Secret("rs256", toSign: false)})"), StringComparison.Ordinal);
        Assert.Contains("P-256", Run.Refusal($"root = this.parse_jwt_es256({Secret("es384", toSign: false)})"), StringComparison.Ordinal);
        Assert.Contains("P-521", Run.Refusal($"root = this.sign_jwt_es512({Secret("rs256", toSign: true)})"), StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_in_the_message_are_read_each_time_and_their_errors_can_be_caught()
    {
        Assert.Contains("decoding signing_secret: ", Run.Mapping("root = this.sign_jwt_es256(this.key)", """{"key":"x"}"""), StringComparison.Ordinal);
        Assert.Equal("caught", Run.Mapping("root = this.sign_jwt_es256(this.key).catch(\"caught\")", """{"key":"x"}"""));
    }

    [Fact]
    public void One_key_serves_several_threads()
    {
        CompiledMapping mapping = MappingEnvironment.Full.WithExtras()
            .Compile($"root = this.sign_jwt_es256({Secret("es256", toSign: true)}).parse_jwt_es256({Secret("es256", toSign: false)})");
        Parallel.For(0, 200, i =>
        {
            var written = new System.Buffers.ArrayBufferWriter<byte>();
            mapping.Run(Encoding.UTF8.GetBytes($$"""{"i":{{i}}}"""), written, out MappingError? error);
            Assert.Null(error);
            Assert.Equal($$"""{"i":{{i}}}""", Encoding.UTF8.GetString(written.WrittenSpan));
        });
    }

    private static string At(long now, string mapping, string token)
    {
        var written = new System.Buffers.ArrayBufferWriter<byte>();
        CompiledMapping compiled = MappingEnvironment.Full.WithExtras().WithClock(new StoppedClock(now)).Compile(mapping);
        return compiled.Run(Encoding.UTF8.GetBytes(Text(token)), written, out MappingError? error) == MappingOutcome.Failed
            ? $"Error: {error!.Text}"
            : Encoding.UTF8.GetString(written.WrittenSpan);
    }

    private static string Text(string token) => JsonSerializer.Serialize(token);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string Decode(string part) => Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(part));

    private static string Secret(string algorithm, bool toSign) => algorithm switch
    {
        "es256" => $"\"\"\"{(toSign ? ExampleTokens.P256Private : ExampleTokens.P256Public)}\"\"\"",
        "es384" => $"\"\"\"{(toSign ? ExampleTokens.P384Private : ExampleTokens.P384Public)}\"\"\"",
        "es512" => $"\"\"\"{(toSign ? ExampleTokens.P521Private : ExampleTokens.P521Public)}\"\"\"",
        _ when algorithm.StartsWith('r') => $"\"\"\"{(toSign ? ExampleTokens.RsaPrivate : ExampleTokens.RsaPublic)}\"\"\"",
        _ => $"\"{ExampleTokens.Secret}\"",
    };

    private sealed class StoppedClock(long now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(now);
    }
}
