using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Components;

/// <param name="CertificatePem">Inline, or empty.</param>
/// <param name="KeyPem">Inline, or empty.</param>
/// <param name="CertificateFile">A file of PEM, or empty.</param>
/// <param name="KeyFile">A file of PEM, or empty.</param>
/// <param name="Password">Of an encrypted key; empty for none.</param>
internal sealed record ClientCertificate(string CertificatePem, string KeyPem, string CertificateFile, string KeyFile, string Password);

/// <summary>How the client side of a connection uses TLS; shared by all that connect.</summary>
internal sealed record TlsClient(bool Enabled, bool SkipsVerification, bool AllowsRenegotiation, string RootsPem, string RootsFile, IReadOnlyList<ClientCertificate> Certificates)
{
    private static readonly Field<bool> IsEnabled = Fields.Bool("enabled", "Use TLS; a URL that begins with https does so anyway.").Default("false");
    private static readonly Field<bool> SkipCertVerify = Fields.Bool("skip_cert_verify", "Accept any certificate of the server. Whoever is in between can then read and change everything.").Default("false");
    private static readonly Field<bool> EnableRenegotiation = Fields.Bool("enable_renegotiation", "Let the server renegotiate.").Default("false").Advanced();
    private static readonly Field<string> RootCas = Fields.Text("root_cas", "Certificates that are trusted, as PEM; empty for those of the system.").Default("\"\"").Secret();
    private static readonly Field<string> RootCasFile = Fields.Text("root_cas_file", "A file of certificates that are trusted, as PEM; empty for those of the system.").Default("\"\"").Example("./root_cas.pem");
    private static readonly Field<string> Cert = Fields.Text("cert", "The certificate as PEM.").Default("\"\"");
    private static readonly Field<string> Key = Fields.Text("key", "The private key as PEM.").Default("\"\"").Secret();
    private static readonly Field<string> CertFile = Fields.Text("cert_file", "A file with the certificate as PEM.").Default("\"\"");
    private static readonly Field<string> KeyFile = Fields.Text("key_file", "A file with the private key as PEM.").Default("\"\"");
    private static readonly Field<string> Password = Fields.Text("password", "The password of an encrypted key.").Default("\"\"").Secret();

    private static readonly Field<IReadOnlyList<ClientCertificate>> ClientCerts = Fields.List(
        "client_certs",
        new Shape<ClientCertificate>(
            [Cert, Key, CertFile, KeyFile, Password],
            static read => new ClientCertificate(read.Get(Cert), read.Get(Key), read.Get(CertFile), read.Get(KeyFile), read.Get(Password)))
            .Rule(static (given, _) => IsPair(given.CertificatePem, given.KeyPem) != IsPair(given.CertificateFile, given.KeyFile)
                ? null
                : new Breach("a client certificate needs its key", null, "set cert and key, or cert_file and key_file")),
        "Certificates that prove who the client is.").Default("[]");

    public static Field<TlsClient> Field { get; } = Fields.Group(
        "tls",
        new Shape<TlsClient>(
            [IsEnabled, SkipCertVerify, EnableRenegotiation, RootCas, RootCasFile, ClientCerts],
            static read => new TlsClient(read.Get(IsEnabled), read.Get(SkipCertVerify), read.Get(EnableRenegotiation), read.Get(RootCas), read.Get(RootCasFile), read.Get(ClientCerts)))
            .Rule(static (tls, _) => tls.RootsPem.Length > 0 && tls.RootsFile.Length > 0 ? new Breach("root_cas and root_cas_file exclude each other", RootCasFile) : null),
        "How connections are secured.").Default("{}").Advanced();

    /// <summary>Reads the files it names.</summary>
    /// <exception cref="StartException">One of them cannot be read.</exception>
    public SslClientAuthenticationOptions ToOptions()
    {
        var options = new SslClientAuthenticationOptions { AllowRenegotiation = AllowsRenegotiation };
        try
        {
            if (RootsPem.Length > 0 || RootsFile.Length > 0)
            {
                var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
                policy.CustomTrustStore.ImportFromPem(RootsPem.Length > 0 ? RootsPem : File.ReadAllText(RootsFile));
                options.CertificateChainPolicy = policy;
            }

            if (Certificates.Count > 0)
            {
                options.ClientCertificates = [.. Certificates.Select(Load)];
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException or ArgumentException)
        {
            throw new StartException($"the certificates of tls cannot be read: {error.Message}");
        }

        if (SkipsVerification)
        {
#pragma warning disable CA5359 // The user asks for it by the field skip_cert_verify.
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        return options;
    }

    private static bool IsPair(string first, string second) => first.Length > 0 && second.Length > 0;

    private static X509Certificate2 Load(ClientCertificate given)
    {
        string certificate = given.CertificatePem.Length > 0 ? given.CertificatePem : File.ReadAllText(given.CertificateFile);
        string key = given.KeyPem.Length > 0 ? given.KeyPem : File.ReadAllText(given.KeyFile);
        return given.Password.Length > 0 ? X509Certificate2.CreateFromEncryptedPem(certificate, key, given.Password) : X509Certificate2.CreateFromPem(certificate, key);
    }
}
