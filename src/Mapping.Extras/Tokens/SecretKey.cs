using System.Security.Cryptography;

namespace Mapping.Extras.Tokens;

/// <summary>A shared secret for HMAC.</summary>
internal sealed class SecretKey(SignatureAlgorithm algorithm, byte[] secret) : SigningKey(algorithm)
{
    public override byte[] Sign(ReadOnlySpan<byte> content) => CryptographicOperations.HmacData(Algorithm.Hash, secret, content);

    public override bool Verify(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature) =>
        CryptographicOperations.FixedTimeEquals(Sign(content), signature);
}
