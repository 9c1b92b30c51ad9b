using System.Security.Cryptography;

namespace Mapping.Extras.Tokens;

internal enum KeyFamily
{
    /// <summary>HMAC with a shared secret.</summary>
    Secret,

    /// <summary>RSA with PKCS #1 v1.5 padding.</summary>
    Rsa,

    /// <summary>ECDSA on the curve that belongs to the hash.</summary>
    Ecdsa,
}

/// <summary>One of the nine signatures of RFC 7518 that have builtins.</summary>
/// <param name="Name">As in the header of a token: <c>HS256</c>.</param>
/// <param name="Family">What kind of key it takes.</param>
/// <param name="Hash">What is signed.</param>
/// <param name="CurveBits">Size of the curve, for ECDSA.</param>
internal sealed record SignatureAlgorithm(string Name, KeyFamily Family, HashAlgorithmName Hash, int CurveBits = 0)
{
    public static IReadOnlyList<SignatureAlgorithm> All { get; } =
    [
        new("HS256", KeyFamily.Secret, HashAlgorithmName.SHA256),
        new("HS384", KeyFamily.Secret, HashAlgorithmName.SHA384),
        new("HS512", KeyFamily.Secret, HashAlgorithmName.SHA512),
        new("RS256", KeyFamily.Rsa, HashAlgorithmName.SHA256),
        new("RS384", KeyFamily.Rsa, HashAlgorithmName.SHA384),
        new("RS512", KeyFamily.Rsa, HashAlgorithmName.SHA512),
        new("ES256", KeyFamily.Ecdsa, HashAlgorithmName.SHA256, 256),
        new("ES384", KeyFamily.Ecdsa, HashAlgorithmName.SHA384, 384),
        new("ES512", KeyFamily.Ecdsa, HashAlgorithmName.SHA512, 521),
    ];

    /// <summary>As in the names of builtins: <c>hs256</c>.</summary>
    public string Suffix => Name.ToLowerInvariant();
}
