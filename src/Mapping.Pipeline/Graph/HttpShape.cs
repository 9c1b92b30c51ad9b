using Mapping.Pipeline.Config;

namespace Mapping.Pipeline.Graph;

/// <summary>How a password is digested.</summary>
internal enum PasswordDigest
{
    Sha256,
    Md5,
    Bcrypt,
    Scrypt,
}

/// <summary>The section <c>http.basic_auth</c>.</summary>
/// <param name="IsEnabled">Whether anybody is asked.</param>
/// <param name="Realm">What the login is for.</param>
/// <param name="User">The user.</param>
/// <param name="PasswordHash">In base64.</param>
/// <param name="Algorithm">What digests the password.</param>
/// <param name="Salt">Of scrypt.</param>
internal sealed record LoginOptions(bool IsEnabled, string Realm, string User, string PasswordHash, PasswordDigest Algorithm, byte[] Salt);

/// <summary>The section <c>http</c>.</summary>
/// <param name="IsEnabled">Whether there is a server.</param>
/// <param name="Address">Host and port.</param>
/// <param name="IsAddressWritten">It was asked for: when it is taken, that is an error.</param>
/// <param name="RootPath">Every page is there under this prefix too.</param>
/// <param name="HasDebugPages">Serves the configuration and stacks.</param>
/// <param name="CertificateFile">PEM; empty for no TLS.</param>
/// <param name="KeyFile">PEM; empty for no TLS.</param>
/// <param name="Origins">Allowed by CORS.</param>
/// <param name="Login">Null for anyone.</param>
internal sealed record HttpOptions(
    bool IsEnabled,
    string Address,
    bool IsAddressWritten,
    string RootPath,
    bool HasDebugPages,
    string CertificateFile,
    string KeyFile,
    IReadOnlyList<string> Origins,
    LoginOptions? Login);

/// <summary>The fields of the section <c>http</c>.</summary>
internal static class HttpShape
{
    private static readonly Field<bool> Enabled = Fields.Bool("enabled", "Whether there is a server.").Default("true");

    private static readonly Field<string> Address = Fields.Text(
        "address",
        "Host and port it listens at. When the default is taken, the run goes on without a server and says so; when an address that is written is taken, the run does not start.").Default("0.0.0.0:4195");

    private static readonly Field<string> RootPath = Fields.Text("root_path", "A prefix under which every page is found as well.").Default("/benthos").Advanced();
    private static readonly Field<bool> Debug = Fields.Bool("debug_endpoints", "Serves the configuration, secrets masked, below /debug.").Default("false").Advanced();
    private static readonly Field<string> CertificateFile = Fields.Text("cert_file", "A certificate as PEM, for TLS.").Default("\"\"").Advanced();
    private static readonly Field<string> KeyFile = Fields.Text("key_file", "Its key as PEM.").Default("\"\"").Advanced();
    private static readonly Field<bool> CorsEnabled = Fields.Bool("enabled", "Answers pages of other origins.").Default("false");
    private static readonly Field<IReadOnlyList<string>> Origins = Fields.Texts("allowed_origins", "The origins; \"*\" is any.").Default("[]");
    private static readonly Field<bool> LoginEnabled = Fields.Bool("enabled", "Asks for a user and a password.").Default("false");
    private static readonly Field<string> Realm = Fields.Text("realm", "What the login is for, as browsers show it.").Default("restricted");
    private static readonly Field<string> User = Fields.Text("username", "The user.").Default("\"\"");
    private static readonly Field<string> PasswordHash = Fields.Text("password_hash", "The digest of the password, base64; for bcrypt its own text.").Default("\"\"").Secret();

    private static readonly Field<PasswordDigest> Algorithm = Fields.Choice(
        "algorithm",
        "How the password is digested. scrypt is with N 32768, r 8, p 1 and 32 bytes, and needs a salt.",
        ("sha256", PasswordDigest.Sha256),
        ("md5", PasswordDigest.Md5),
        ("bcrypt", PasswordDigest.Bcrypt),
        ("scrypt", PasswordDigest.Scrypt)).Default("sha256");

    private static readonly Field<string> Salt = Fields.Text("salt", "With scrypt: what was digested along with the password, base64.").Default("\"\"");

    private static readonly Field<IReadOnlyList<string>> Cors = Fields.Group(
        "cors",
        new Shape<IReadOnlyList<string>>([CorsEnabled, Origins], read => read.Get(CorsEnabled) ? read.Get(Origins) : [])
            .Rule(static (origins, read) => read.Get(CorsEnabled) && origins.Count == 0 ? new Breach("no origin is allowed", Origins, "\"*\" allows any") : null),
        "Requests by pages of other origins.").Default("{}").Advanced();

    private static readonly Field<LoginOptions?> Login = Fields.Group(
        "basic_auth",
        new Shape<LoginOptions?>(
            [LoginEnabled, Realm, User, PasswordHash, Algorithm, Salt],
            read => read.Get(LoginEnabled) ? new LoginOptions(true, read.Get(Realm), read.Get(User), read.Get(PasswordHash), read.Get(Algorithm), Base64(read.Get(Salt)) ?? []) : null)
            .Rule(static (login, _) => login is not null && (login.User.Length == 0 || login.PasswordHash.Length == 0)
                ? new Breach("a login needs a user and the digest of a password", LoginEnabled, "set username and password_hash")
                : null)
            .Rule(static (login, read) => login is { Algorithm: PasswordDigest.Scrypt } && login.Salt.Length == 0
                ? new Breach("scrypt needs a salt in base64", read.IsWritten(Salt) ? Salt : Algorithm, "set salt to what the password was digested with")
                : null),
        "Guards every page.").Default("{}").Advanced();

    public static Shape<HttpOptions> Shape { get; } = new Shape<HttpOptions>(
        [Enabled, Address, RootPath, Debug, CertificateFile, KeyFile, Cors, Login],
        read => new HttpOptions(
            read.Get(Enabled),
            read.Get(Address),
            read.IsWritten(Address),
            read.Get(RootPath),
            read.Get(Debug),
            read.Get(CertificateFile),
            read.Get(KeyFile),
            read.Get(Cors),
            read.Get(Login)))
        .Rule(static (options, _) => options.CertificateFile.Length == 0 != (options.KeyFile.Length == 0)
            ? new Breach("TLS needs both a certificate and its key", options.KeyFile.Length == 0 ? CertificateFile : KeyFile, "set cert_file and key_file")
            : null)
        .Rule(static (options, _) => ListenAddress.TryParse(options.Address, out ListenAddress? _)
            ? null
            : new Breach($"\"{options.Address}\" is no address to listen at", Address, "a host and a port, as in 0.0.0.0:4195 or localhost:8080"));

    private static byte[]? Base64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length) ? bytes[..length] : null;
    }
}
