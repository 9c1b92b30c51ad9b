using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mapping.Extras.Tokens;

/// <summary>An RSA key.</summary>
internal sealed class RsaKey : SigningKey
{
    private readonly KeyPool<RSA> pool;

    private RsaKey(SignatureAlgorithm algorithm, RSA key, RSAParameters parameters)
        : base(algorithm) => pool = new KeyPool<RSA>(key, () => RSA.Create(parameters));

    public static RsaKey? FromPem(SignatureAlgorithm algorithm, ReadOnlySpan<byte> pem, bool toSign)
    {
        RSAParameters parameters = default;
        return PemBlocks.First<RSA>(pem, toSign ? ImportPrivate : ImportPublic) is { } key && PemBlocks.Succeeds(() => parameters = key.ExportParameters(toSign))
            ? new RsaKey(algorithm, key, parameters)
            : null;
    }

    public override byte[]? Sign(ReadOnlySpan<byte> content)
    {
        byte[] copy = content.ToArray();
        try
        {
            return pool.Use(key => key.SignData(copy, Algorithm.Hash, RSASignaturePadding.Pkcs1));
        }
        catch (CryptographicException)
        {
            // A key too short for the hash, or one whose numbers do not belong together.
            return null;
        }
    }

    public override bool Verify(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        byte[] copy = content.ToArray();
        byte[] given = signature.ToArray();
        try
        {
            return pool.Use(key => key.VerifyData(copy, given, Algorithm.Hash, RSASignaturePadding.Pkcs1));
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static RSA? ImportPrivate(byte[] content) =>
        Import(key => key.ImportPkcs8PrivateKey(content, out _)) ?? Import(key => key.ImportRSAPrivateKey(content, out _));

    private static RSA? ImportPublic(byte[] content)
    {
        RSA? ofCertificate = null;
        return Import(key => key.ImportSubjectPublicKeyInfo(content, out _))
            ?? Import(key => key.ImportRSAPublicKey(content, out _))
            ?? (PemBlocks.Succeeds(() => ofCertificate = X509CertificateLoader.LoadCertificate(content).GetRSAPublicKey()) ? ofCertificate : null);
    }

    private static RSA? Import(Action<RSA> import)
    {
        RSA key = RSA.Create();
        if (PemBlocks.Succeeds(() => import(key)))
        {
            return key;
        }

        key.Dispose();
        return null;
    }
}
