using System.Net.Http.Headers;
using System.Text;
using Mapping.Pipeline.Config;

namespace Mapping.Pipeline.Components.Http;

/// <summary>A user and a password.</summary>
internal sealed record BasicLogin(bool Enabled, string User, string Password);

/// <summary>How requests prove who sends them; each way is null when it is off.</summary>
internal sealed record HttpAuthentication(OAuth1Login? OAuth1, OAuth2Login? OAuth2, BasicLogin? Basic, JwtLogin? Jwt)
{
    private static readonly Field<bool> Enabled = Fields.Bool("enabled", "Whether it is used.").Default("false");
    private static readonly Field<string> Username = Fields.Text("username", "The user.").Default("\"\"");
    private static readonly Field<string> Password = Fields.Text("password", "The password.").Default("\"\"").Secret();

    private static readonly Field<BasicLogin> BasicAuth = Fields.Group(
        "basic_auth",
        new Shape<BasicLogin>([Enabled, Username, Password], static read => new BasicLogin(read.Get(Enabled), read.Get(Username), read.Get(Password))),
        "A user and a password with every request.").Default("{}").Advanced();

    /// <summary>In the order of the reference.</summary>
    public static IReadOnlyList<Field> All { get; } = [OAuth1Login.Field, OAuth2Login.Field, BasicAuth, JwtLogin.Field];

    /// <summary>For services that give out no tokens.</summary>
    public static IReadOnlyList<Field> WithoutOAuth2 { get; } = [OAuth1Login.Field, BasicAuth, JwtLogin.Field];

    public static HttpAuthentication Read(FieldValues read)
    {
        OAuth2Login second = read.Get(OAuth2Login.Field);
        return ReadWithoutOAuth2(read) with { OAuth2 = second.Enabled ? second : null };
    }

    public static HttpAuthentication ReadWithoutOAuth2(FieldValues read)
    {
        OAuth1Login first = read.Get(OAuth1Login.Field);
        BasicLogin basic = read.Get(BasicAuth);
        JwtLogin jwt = read.Get(JwtLogin.Field);
        return new HttpAuthentication(first.Enabled ? first : null, null, basic.Enabled ? basic : null, jwt.Enabled ? jwt : null);
    }
}

/// <summary>Puts credentials on requests.</summary>
internal sealed class HttpCredentials(HttpAuthentication authentication, HttpMessageInvoker client, TimeProvider clock, Random random) : IDisposable
{
    private readonly OAuth2Tokens? tokens = authentication.OAuth2 is { } login ? new OAuth2Tokens(login, client, clock) : null;
    private readonly JwtSigner? signer = authentication.Jwt is { } jwt ? new JwtSigner(jwt) : null;

    public async ValueTask AddAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        if (authentication.Basic is { } basic)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{basic.User}:{basic.Password}")));
        }

        if (authentication.OAuth1 is { } first)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("OAuth", OAuth1Signature.Of(first, request.Method.Method, request.RequestUri!, clock.GetUtcNow(), random));
        }

        if (signer is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", signer.Sign());
        }

        if (tokens is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(cancellation).ConfigureAwait(false));
        }
    }

    /// <summary>The server took the credentials for wrong: the next attempt gets new ones, where that is possible.</summary>
    public void Refused() => tokens?.Forget();

    public void Dispose()
    {
        tokens?.Dispose();
        signer?.Dispose();
    }
}
