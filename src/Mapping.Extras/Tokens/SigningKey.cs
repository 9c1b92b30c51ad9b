using System.Diagnostics.CodeAnalysis;

namespace Mapping.Extras.Tokens;

/// <summary>A key ready to sign or to verify with one algorithm; used by several threads.</summary>
internal abstract class SigningKey(SignatureAlgorithm algorithm)
{
    public SignatureAlgorithm Algorithm { get; } = algorithm;

    /// <summary>The signature, or null when the platform cannot make one with this key.</summary>
    public abstract byte[]? Sign(ReadOnlySpan<byte> content);

    public abstract bool Verify(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature);

    /// <summary>The key in a secret: its raw bytes for HMAC, else PEM of a private key to sign with or of a public key to verify with.</summary>
    public static bool TryRead(
        SignatureAlgorithm algorithm, ReadOnlySpan<byte> secret, bool toSign, [NotNullWhen(true)] out SigningKey? key, [NotNullWhen(false)] out string? error)
    {
        key = algorithm.Family switch
        {
            KeyFamily.Secret => new SecretKey(algorithm, secret.ToArray()),
            KeyFamily.Rsa => RsaKey.FromPem(algorithm, secret, toSign),
            _ => EcdsaKey.FromPem(algorithm, secret, toSign),
        };
        string half = toSign ? "private" : "public";
        error = key is not null ? null
            : algorithm.Family == KeyFamily.Rsa ? $"it is no {half} RSA key in PEM"
            : $"it is no {half} key in PEM of the curve P-{algorithm.CurveBits}";
        return key is not null;
    }
}
