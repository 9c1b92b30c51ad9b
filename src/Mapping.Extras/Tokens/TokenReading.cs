using Mapping.Builtins.Parsing;
using Mapping.Functions;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Extras.Tokens;

/// <summary>Reads tokens: the algorithm must be the one asked for, the signature right, and the time within <c>nbf</c> and <c>exp</c>.</summary>
internal static class TokenReading
{
    private const string Prefix = "parsing JWT string: ";

    public static Preparation Prepare(SignatureAlgorithm algorithm, ReadOnlySpan<Value> arguments) =>
        SigningKey.TryRead(algorithm, arguments[0].AsSpan(), toSign: false, out SigningKey? key, out string? error)
            ? Preparation.Ready(key)
            : Preparation.Refuse($"decoding signing_secret: {error}", argument: 0);

    public static Value Claims(EvaluationContext context, Value token, SigningKey key)
    {
        ReadOnlySpan<byte> text = token.AsSpan();
        int first = text.IndexOf((byte)'.');
        int last = text.LastIndexOf((byte)'.');
        if (first < 0 || first == last || text[(first + 1)..last].Contains((byte)'.'))
        {
            return Malformed("it does not have three parts");
        }

        if (!context.TryGrow(text.Length, out Value exceeded))
        {
            return exceeded;
        }

        if (Base64UrlText.Decode(text[..first]) is not { } headerText || !TryParse(context, headerText, out Value header) || !header.IsObject)
        {
            return Malformed("its header is no JSON object in base64url");
        }

        if (!header.TryGetMember("alg"u8, out Value algorithm) || !algorithm.IsString)
        {
            return Refused("its header names no algorithm");
        }

        // Before any key is used: a token must not choose how it is verified.
        if (!algorithm.AsSpan().SequenceEqual(System.Text.Encoding.ASCII.GetBytes(key.Algorithm.Name)))
        {
            return Refused($"signing method {TextForm.Preview(algorithm)} is not {key.Algorithm.Name}");
        }

        if (Base64UrlText.Decode(text[(first + 1)..last]) is not { } claimsText || !TryParse(context, claimsText, out Value claims) || !claims.IsObject)
        {
            return Malformed("its claims are no JSON object in base64url");
        }

        if (Base64UrlText.Decode(text[(last + 1)..]) is not { } signature)
        {
            return Malformed("its signature is not in base64url");
        }

        if (!key.Verify(text[..last], signature))
        {
            return Refused("the signature is invalid");
        }

        Value numbered = FloatNumbers.Of(context, claims);
        return numbered.IsError ? Refused(numbered.AsError().Message) : InTime(context, numbered);
    }

    private static bool TryParse(EvaluationContext context, byte[] text, out Value value)
    {
        value = default;
        Document document = context.RentDocument();
        context.Arena.Charge(text.Length);
        if (text.AsSpan().StartsWith("\uFEFF"u8) || !document.TryParse(text, 0, text.Length, strictUtf8: false, out _))
        {
            return false;
        }

        value = Value.FromDocument(document, document.RootIndex);
        return true;
    }

    /// <summary>The claims, if the clock is before <c>exp</c> and not before <c>nbf</c>; both are seconds since 1970 and may be absent.</summary>
    private static Value InTime(EvaluationContext context, Value claims)
    {
        double now = context.Now.ToUnixTimeMilliseconds() / 1000.0;
        if (claims.TryGetMember("exp"u8, out Value expiry))
        {
            if (!expiry.IsNumber)
            {
                return Refused("exp is no number");
            }

            if (now >= Math.Floor(expiry.ToFloat64()))
            {
                return Refused("the token is expired");
            }
        }

        if (claims.TryGetMember("nbf"u8, out Value start))
        {
            if (!start.IsNumber)
            {
                return Refused("nbf is no number");
            }

            if (now < Math.Floor(start.ToFloat64()))
            {
                return Refused("the token is not valid yet");
            }
        }

        return claims;
    }

    private static Value Malformed(string reason) => Value.Fail($"{Prefix}the token is malformed: {reason}");

    private static Value Refused(string reason) => Value.Fail(Prefix + reason);
}
