using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mapping.Extras.Tokens;

/// <summary>A key on one of the curves P-256, P-384, P-521.</summary>
internal sealed class EcdsaKey : SigningKey
{
    private readonly KeyPool<ECDsa> pool;

    private EcdsaKey(SignatureAlgorithm algorithm, ECDsa key, ECParameters parameters)
        : base(algorithm) => pool = new KeyPool<ECDsa>(key, () => ECDsa.Create(parameters));

    public static EcdsaKey? FromPem(SignatureAlgorithm algorithm, ReadOnlySpan<byte> pem, bool toSign)
    {
        ECParameters parameters = default;
        return PemBlocks.First<ECDsa>(pem, toSign ? ImportPrivate : ImportPublic) is { } key
            && PemBlocks.Succeeds(() => parameters = key.ExportParameters(toSign))
            && IsOn(algorithm, parameters.Curve)
            ? new EcdsaKey(algorithm, key, parameters)
            : null;
    }

    public override byte[]? Sign(ReadOnlySpan<byte> content)
    {
        byte[] copy = content.ToArray();
        try
        {
            return pool.Use(key => key.SignData(copy, Algorithm.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public override bool Verify(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        byte[] copy = content.ToArray();
        byte[] given = signature.ToArray();
        try
        {
            return pool.Use(key => key.VerifyData(copy, given, Algorithm.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Other curves of the same size, such as secp256k1, are not what the algorithm names.</summary>
    private static bool IsOn(SignatureAlgorithm algorithm, ECCurve curve)
    {
        ECCurve expected = algorithm.CurveBits switch
        {
            256 => ECCurve.NamedCurves.nistP256,
            384 => ECCurve.NamedCurves.nistP384,
            _ => ECCurve.NamedCurves.nistP521,
        };
        return curve.IsNamed && curve.Oid.Value == expected.Oid.Value;
    }

    private static ECDsa? ImportPrivate(byte[] content) =>
        Import(key => key.ImportPkcs8PrivateKey(content, out _)) ?? Import(key => key.ImportECPrivateKey(content, out _));

    private static ECDsa? ImportPublic(byte[] content)
    {
        ECDsa? ofCertificate = null;
        return Import(key => key.ImportSubjectPublicKeyInfo(content, out _))
            ?? (PemBlocks.Succeeds(() => ofCertificate = X509CertificateLoader.LoadCertificate(content).GetECDsaPublicKey()) ? ofCertificate : null);
    }

    private static ECDsa? Import(Action<ECDsa> import)
    {
        ECDsa key = ECDsa.Create();
        if (PemBlocks.Succeeds(() => import(key)))
        {
            return key;
        }

        key.Dispose();
        return null;
    }
}
