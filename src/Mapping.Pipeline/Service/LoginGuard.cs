using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Mapping.Pipeline.Graph;
using Org.BouncyCastle.Crypto.Generators;

namespace Mapping.Pipeline.Service;

/// <summary>Asks for a user and a password, with HTTP basic authentication.</summary>
internal sealed class LoginGuard(LoginOptions login)
{
    private const string Scheme = "Basic ";

    public string Challenge { get; } = $"Basic realm=\"{login.Realm.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <param name="header"><c>Authorization</c>, empty without one.</param>
    public bool Admits(string header)
    {
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var given = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[Scheme.Length..].Trim(), given, out int length))
        {
            return false;
        }

        string pair = Encoding.UTF8.GetString(given, 0, length);
        int colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0
            & CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(pair[..Math.Max(0, colon)]), Encoding.UTF8.GetBytes(login.User))
            & IsPassword(pair[(colon + 1)..]);
    }

    [SuppressMessage("Security", "CA5351:Do not use broken cryptographic algorithms", Justification = "The digest that the configuration names.")]
    private bool IsPassword(string password)
    {
        byte[] text = Encoding.UTF8.GetBytes(password);
        return login.Algorithm switch
        {
            PasswordDigest.Bcrypt => IsBcrypt(password),
            PasswordDigest.Scrypt => IsHash(SCrypt.Generate(text, login.Salt, N: 32768, r: 8, p: 1, dkLen: 32)),
            PasswordDigest.Md5 => IsHash(MD5.HashData(text)),
            _ => IsHash(SHA256.HashData(text)),
        };
    }

    private bool IsHash(byte[] digest) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Convert.ToBase64String(digest)), Encoding.UTF8.GetBytes(login.PasswordHash));

    private bool IsBcrypt(string password)
    {
        try
        {
            // The text of the digest may be in base64 as well, as those of the other algorithms are.
            string hash = login.PasswordHash.StartsWith('$') ? login.PasswordHash : Encoding.UTF8.GetString(Convert.FromBase64String(login.PasswordHash));
            return BCrypt.Net.BCrypt.Verify(password, hash);
        }
        catch (Exception error) when (error is FormatException or BCrypt.Net.SaltParseException)
        {
            return false;
        }
    }
}
