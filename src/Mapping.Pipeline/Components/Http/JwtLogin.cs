using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Components.Http;

/// <summary>A token signed for every request.</summary>
internal sealed record JwtLogin(bool Enabled, string KeyFile, string Method, IReadOnlyList<KeyValuePair<string, ConfigNode>> Claims, IReadOnlyList<KeyValuePair<string, ConfigNode>> Headers)
{
    private static readonly Field<bool> IsEnabled = Fields.Bool("enabled", "Whether it is used.").Default("false");
    private static readonly Field<string> PrivateKeyFile = Fields.Text("private_key_file", "A file with the RSA key as PEM.").Default("\"\"");
    private static readonly Field<string> SigningMethod = Fields.Choice("signing_method", "The algorithm; EdDSA is not supported.", ("RS256", "RS256"), ("RS384", "RS384"), ("RS512", "RS512")).Default("RS256");
    private static readonly Field<IReadOnlyList<KeyValuePair<string, ConfigNode>>> GivenClaims = Fields.Map("claims", new AnyType(), "What the token says.").Default("{}").Example("{ iss: orders }");
    private static readonly Field<IReadOnlyList<KeyValuePair<string, ConfigNode>>> GivenHeaders = Fields.Map("headers", new AnyType(), "Further headers of the token.").Default("{}");

    public static Field<JwtLogin> Field { get; } = Fields.Group(
        "jwt",
        new Shape<JwtLogin>(
            [IsEnabled, PrivateKeyFile, SigningMethod, GivenClaims, GivenHeaders],
            static read => new JwtLogin(read.Get(IsEnabled), read.Get(PrivateKeyFile), read.Get(SigningMethod), read.Get(GivenClaims), read.Get(GivenHeaders)))
            .Rule(static (jwt, _) => jwt.Enabled && jwt.KeyFile.Length == 0 ? new Breach("jwt needs a key to sign with", PrivateKeyFile, "set private_key_file") : null),
        "A JSON web token, signed for every request and sent as bearer token.").Default("{}").Advanced();
}

/// <summary>Signs tokens with the key of a file.</summary>
internal sealed class JwtSigner : IDisposable
{
    private readonly JwtLogin login;
    private readonly RSA key = RSA.Create();

    /// <exception cref="StartException">The key cannot be read.</exception>
    public JwtSigner(JwtLogin login)
    {
        this.login = login;
        try
        {
            key.ImportFromPem(File.ReadAllText(login.KeyFile));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            throw new StartException($"the key {login.KeyFile} of jwt cannot be read: {error.Message}", "it must be a private RSA key as PEM");
        }
    }

    public string Sign()
    {
        string content = $"{Part([new("alg", login.Method), new("typ", "JWT")], login.Headers)}.{Part([], login.Claims)}";
        HashAlgorithmName hash = login.Method switch
        {
            "RS256" => HashAlgorithmName.SHA256,
            "RS384" => HashAlgorithmName.SHA384,
            _ => HashAlgorithmName.SHA512,
        };
        return $"{content}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(content), hash, RSASignaturePadding.Pkcs1))}";
    }

    public void Dispose() => key.Dispose();

    private static string Part(IEnumerable<KeyValuePair<string, string>> known, IReadOnlyList<KeyValuePair<string, ConfigNode>> given)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach ((string name, string value) in known)
            {
                json.WriteString(name, value);
            }

            foreach ((string name, ConfigNode value) in given)
            {
                json.WritePropertyName(name);
                NodeJson.Write(json, value);
            }

            json.WriteEndObject();
        }

        return Base64Url.EncodeToString(buffer.ToArray());
    }
}
