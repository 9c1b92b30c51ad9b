using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Http;

/// <summary>OAuth 2 with client credentials.</summary>
internal sealed record OAuth2Login(bool Enabled, string Key, string Secret, string TokenUrl, IReadOnlyList<string> Scopes, IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Parameters)
{
    private static readonly Field<bool> IsEnabled = Fields.Bool("enabled", "Whether it is used.").Default("false");
    private static readonly Field<string> ClientKey = Fields.Text("client_key", "The id of the client.").Default("\"\"");
    private static readonly Field<string> ClientSecret = Fields.Text("client_secret", "The secret of the client.").Default("\"\"").Secret();
    private static readonly Field<string> Url = Fields.Text("token_url", "Where tokens are given out.").Default("\"\"").Example("https://login.example.com/oauth2/token");
    private static readonly Field<IReadOnlyList<string>> Wanted = Fields.Texts("scopes", "What the token is to allow.").Default("[]");
    private static readonly Field<IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>>> EndpointParams =
        Fields.Map("endpoint_params", new ListType<string>(Fields.TextValue, mayBeOne: true), "Further parameters of the request for a token.").Default("{}").Example("{ audience: [ orders ] }");

    public static Field<OAuth2Login> Field { get; } = Fields.Group(
        "oauth2",
        new Shape<OAuth2Login>(
            [IsEnabled, ClientKey, ClientSecret, Url, Wanted, EndpointParams],
            static read => new OAuth2Login(read.Get(IsEnabled), read.Get(ClientKey), read.Get(ClientSecret), read.Get(Url), read.Get(Wanted), read.Get(EndpointParams)))
            .Rule(static (login, read) => !login.Enabled || Uri.TryCreate(login.TokenUrl, UriKind.Absolute, out _) ? null : new Breach("oauth2 needs the URL of a token endpoint", Url, "set token_url")),
        "OAuth 2, client credentials: a token is fetched, kept until shortly before it expires, and fetched anew when a server answers 401.").Default("{}").Advanced();
}

/// <summary>The token in use.</summary>
internal sealed class OAuth2Tokens(OAuth2Login login, HttpMessageInvoker client, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim gate = new(1);
    private volatile Token? current;

    public async ValueTask<string> GetAsync(CancellationToken cancellation)
    {
        if (current is { } kept && kept.Expiry > clock.GetUtcNow())
        {
            return kept.Text;
        }

        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (current is not { } other || other.Expiry <= clock.GetUtcNow())
            {
                current = other = await FetchAsync(cancellation).ConfigureAwait(false);
            }

            return other.Text;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Forget() => current = null;

    public void Dispose() => gate.Dispose();

    private async Task<Token> FetchAsync(CancellationToken cancellation)
    {
        // Some servers take the credentials only as a header, others only in the form.
        (HttpStatusCode status, string body) = await AskAsync(inHeader: true, cancellation).ConfigureAwait(false);
        if (status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized)
        {
            (status, body) = await AskAsync(inHeader: false, cancellation).ConfigureAwait(false);
        }

        if ((int)status is < 200 or > 299)
        {
            bool isPermanent = (int)status is >= 400 and < 500 and not 408 and not 429;
            throw new ClassifiedException($"no token from {login.TokenUrl}: {(int)status} {body}".TrimEnd(), isPermanent ? FailureKind.Permanent : FailureKind.Transient);
        }

        return Read(body);
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(bool inHeader, CancellationToken cancellation)
    {
        List<KeyValuePair<string, string>> form = [new("grant_type", "client_credentials")];
        if (login.Scopes.Count > 0)
        {
            form.Add(new("scope", string.Join(' ', login.Scopes)));
        }

        if (!inHeader)
        {
            form.AddRange([new("client_id", login.Key), new("client_secret", login.Secret)]);
        }

        form.AddRange(login.Parameters.SelectMany(p => p.Value.Select(v => new KeyValuePair<string, string>(p.Key, v))));
        using var request = new HttpRequestMessage(HttpMethod.Post, login.TokenUrl) { Content = new FormUrlEncodedContent(form) };
        if (inHeader)
        {
            string pair = $"{Uri.EscapeDataString(login.Key)}:{Uri.EscapeDataString(login.Secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }

        using HttpResponseMessage response = await client.SendAsync(request, cancellation).ConfigureAwait(false);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false));
    }

    private Token Read(string body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            string token = document.RootElement.GetProperty("access_token").GetString() ?? throw new JsonException("access_token is null");
            double seconds = !document.RootElement.TryGetProperty("expires_in", out JsonElement expiry) ? 0
                : expiry.ValueKind == JsonValueKind.Number ? expiry.GetDouble()
                : double.Parse(expiry.GetString()!, CultureInfo.InvariantCulture);
            return new Token(token, seconds <= 0 ? DateTimeOffset.MaxValue : clock.GetUtcNow() + TimeSpan.FromSeconds(seconds) - Margin);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ClassifiedException($"the answer of {login.TokenUrl} holds no token: {error.Message}", FailureKind.Transient);
        }
    }

    private sealed record Token(string Text, DateTimeOffset Expiry);
}
