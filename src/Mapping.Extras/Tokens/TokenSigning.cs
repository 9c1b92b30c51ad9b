using System.Buffers;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Extras.Tokens;

/// <summary>Makes tokens: header, claims and signature in base64url, joined by dots (RFC 7519).</summary>
internal sealed class TokenSigning
{
    private const string Prefix = "signing JWT: ";

    /// <summary>Headers that name or hold keys, or change what a token is; a mapping cannot set them.</summary>
    private static readonly string[] Reserved = ["alg", "typ", "jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256", "crit"];

    private readonly SigningKey key;
    private readonly byte[] header;

    private TokenSigning(SigningKey key, byte[] header)
    {
        this.key = key;
        this.header = header;
    }

    /// <summary>From the parameters of the builtin: the secret and the additional headers.</summary>
    public static Preparation Prepare(SignatureAlgorithm algorithm, ReadOnlySpan<Value> arguments)
    {
        if (!SigningKey.TryRead(algorithm, arguments[0].AsSpan(), toSign: true, out SigningKey? key, out string? error))
        {
            return Preparation.Refuse($"decoding signing_secret: {error}", argument: 0);
        }

        Value headers = arguments[1];
        if (!headers.IsAbsent && !headers.IsObject)
        {
            return Preparation.Refuse($"headers must be an object, got {headers.TypeName}", argument: 1);
        }

        return Header(algorithm, headers) is { } header
            ? Preparation.Ready(new TokenSigning(key, header))
            : Preparation.Refuse("headers cannot hold NaN and infinities", argument: 1);
    }

    public Value Sign(EvaluationContext context, Value claims)
    {
        var json = new ArrayBufferWriter<byte>();
        if (!JsonWriter.TryWrite(claims, json, JsonWriterOptions.Text))
        {
            return Value.Fail(Prefix + "NaN and infinities have no form in JSON");
        }

        if (!context.TryGrow(json.WrittenCount * 4L / 3, out Value exceeded))
        {
            return exceeded;
        }

        ArrayBufferWriter<byte> token = context.Scratch();
        token.Write(header);
        token.Write("."u8);
        Base64UrlText.Write(json.WrittenSpan, token);
        byte[]? signature = key.Sign(token.WrittenSpan);
        if (signature is null)
        {
            return Value.Fail(Prefix + $"the key cannot sign with {key.Algorithm.Name}");
        }

        token.Write("."u8);
        Base64UrlText.Write(signature, token);
        return context.FinishString();
    }

    private static byte[]? Header(SignatureAlgorithm algorithm, Value additional)
    {
        var members = new ObjectNode();
        if (additional.IsObject)
        {
            foreach (Member member in additional.Members)
            {
                if (!Reserved.Contains(member.Key.AsHostString()))
                {
                    members.Set(member.Key, member.Value);
                }
            }
        }

        members.Set(Value.FromString("alg"), Value.FromString(algorithm.Name));
        members.Set(Value.FromString("typ"), Value.FromString("JWT"));
        var json = new ArrayBufferWriter<byte>();
        if (!JsonWriter.TryWrite(Value.FromObject(members), json, JsonWriterOptions.Text))
        {
            return null;
        }

        var encoded = new ArrayBufferWriter<byte>();
        Base64UrlText.Write(json.WrittenSpan, encoded);
        return encoded.WrittenSpan.ToArray();
    }
}
