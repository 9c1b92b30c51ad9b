using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mapping.Pipeline.Config;

namespace Mapping.Pipeline.Components.Http;

/// <summary>OAuth 1.0a: every request is signed.</summary>
internal sealed record OAuth1Login(bool Enabled, string ConsumerKey, string ConsumerSecret, string Token, string TokenSecret)
{
    private static readonly Field<bool> IsEnabled = Fields.Bool("enabled", "Whether it is used.").Default("false");
    private static readonly Field<string> Key = Fields.Text("consumer_key", "The key of the client.").Default("\"\"");
    private static readonly Field<string> Secret = Fields.Text("consumer_secret", "The secret of the client.").Default("\"\"").Secret();
    private static readonly Field<string> AccessToken = Fields.Text("access_token", "The token of the user.").Default("\"\"");
    private static readonly Field<string> AccessTokenSecret = Fields.Text("access_token_secret", "The secret of the token.").Default("\"\"").Secret();

    public static Field<OAuth1Login> Field { get; } = Fields.Group(
        "oauth",
        new Shape<OAuth1Login>(
            [IsEnabled, Key, Secret, AccessToken, AccessTokenSecret],
            static read => new OAuth1Login(read.Get(IsEnabled), read.Get(Key), read.Get(Secret), read.Get(AccessToken), read.Get(AccessTokenSecret))),
        "OAuth 1.0a: requests are signed (HMAC-SHA1).").Default("{}").Advanced();
}

/// <summary>The value of an <c>Authorization: OAuth</c> header, RFC 5849.</summary>
internal static class OAuth1Signature
{
    public static string Of(OAuth1Login login, string verb, Uri url, DateTimeOffset now, Random random)
    {
        var nonce = new byte[16];
        lock (random)
        {
            random.NextBytes(nonce);
        }

        List<(string Name, string Value)> fields =
        [
            ("oauth_consumer_key", login.ConsumerKey),
            ("oauth_nonce", Convert.ToHexStringLower(nonce)),
            ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            ("oauth_token", login.Token),
            ("oauth_version", "1.0"),
        ];
        IEnumerable<(string Name, string Value)> query = url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Split('=', 2)).Select(p => (Decoded(p[0]), Decoded(p.Length > 1 ? p[1] : string.Empty)));
        string[] all = [.. fields.Concat(query).Select(p => (Name: Uri.EscapeDataString(p.Name), Value: Uri.EscapeDataString(p.Value)))
            .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal).Select(p => $"{p.Name}={p.Value}")];
        string text = $"{verb.ToUpperInvariant()}&{Uri.EscapeDataString(url.GetLeftPart(UriPartial.Path))}&{Uri.EscapeDataString(string.Join('&', all))}";
        string key = $"{Uri.EscapeDataString(login.ConsumerSecret)}&{Uri.EscapeDataString(login.TokenSecret)}";
#pragma warning disable CA5350 // The algorithm is the protocol's.
        fields.Add(("oauth_signature", Convert.ToBase64String(HMACSHA1.HashData(Encoding.ASCII.GetBytes(key), Encoding.ASCII.GetBytes(text)))));
#pragma warning restore CA5350
        return string.Join(", ", fields.Select(f => $"{f.Name}=\"{Uri.EscapeDataString(f.Value)}\""));
    }

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
