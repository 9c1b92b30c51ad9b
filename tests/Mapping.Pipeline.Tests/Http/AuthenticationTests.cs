using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Mapping.Pipeline.Components.Http;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Tests.Http;

public class AuthenticationTests
{
    [Fact]
    public async Task A_user_in_the_url_is_sent_and_never_shown()
    {
        await using StubServer server = await StubServer.WithStatusesAsync(200);
        string url = server.Url.Replace("http://", "http://ada:open%3Asesame@", StringComparison.Ordinal);
        await PipelineTest.RunAsync($"output: {{ http_client: {{ url: \"{url}\" }} }}\n", "1\n");
        Assert.Equal("Basic " + Convert.ToBase64String("ada:open:sesame"u8), Assert.Single(server.Requests).Headers["Authorization"]);
        PipelineTest.Outcome failed = await PipelineTest.RunAsync("input: { generate: { count: 1, interval: \"\", mapping: root = 1 } }\noutput: { drop_on: { error: true, output: { http_client: { url: \"http://ada:sesame@127.0.0.1:1/x\", retries: 0, dump_request_log_level: INFO } } } }\n");
        Assert.Contains("http://127.0.0.1:1/x failed", failed.Log);
        Assert.DoesNotContain("sesame", failed.Log);
    }

    private static async Task<Rejection?> SendAsync(string fields, params string[] bodies)
    {
        var input = new TestInput([() => Batch.Of(bodies.Select(TestInput.Message))]);
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync($"input: {{ test: {{}} }}\noutput:\n  http_client: {{ {fields}, retry_period: 1ms }}\n", more: [input.Type]);
        Assert.True(outcome.Finished);
        return input.Outcomes[0];
    }

    [Fact]
    public async Task A_user_and_a_password()
    {
        await using StubServer server = await StubServer.WithStatusesAsync(200);
        await SendAsync($"url: \"{server.Url}\", basic_auth: {{ enabled: true, username: ada, password: \"s:é\" }}", "x");
        Assert.Equal("Basic " + Convert.ToBase64String("ada:s:é"u8), server.Requests[0].Headers["Authorization"]);
    }

    [Fact]
    public async Task What_is_not_enabled_is_not_used()
    {
        await using StubServer server = await StubServer.WithStatusesAsync(200);
        await SendAsync($"url: \"{server.Url}\", basic_auth: {{ username: ada, password: secret }}", "x");
        Assert.False(server.Requests[0].Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task A_token_is_fetched_once_and_anew_when_it_is_refused()
    {
        int tokens = 0;
        await using StubServer server = await StubServer.StartAsync((_, context) => context.Request.Path == "/token"
            ? StubServer.AnswerAsync(context, 200, $$"""{"access_token":"t{{++tokens}}","token_type":"bearer","expires_in":3600}""")
            : StubServer.AnswerAsync(context, context.Request.Headers.Authorization == "Bearer t1" && context.Request.Path == "/b" ? 401 : 200));
        Rejection? rejection = await SendAsync(
            $"url: \"{server.Url}/${{! content() }}\", oauth2: {{ enabled: true, client_key: \"me\", client_secret: \"a b\", token_url: \"{server.Url}/token\", scopes: [ r, w ], endpoint_params: {{ audience: [ orders ] }} }}", "a", "a", "b", "c");
        Assert.Null(rejection);
        Assert.Equal(
            ["/token Basic", "/a Bearer t1", "/a Bearer t1", "/b Bearer t1", "/token Basic", "/b Bearer t2", "/c Bearer t2"],
            server.Requests.Select(r => $"{r.Target} {(r.Target == "/token" ? r.Headers["Authorization"].Split(' ')[0] : r.Headers["Authorization"])}"));
        Assert.Equal("grant_type=client_credentials&scope=r+w&audience=orders", server.Requests[0].Body);
        Assert.Equal("Basic " + Convert.ToBase64String("me:a%20b"u8), server.Requests[0].Headers["Authorization"]);
    }

    [Fact]
    public async Task A_token_endpoint_that_wants_the_secret_in_the_form_gets_it_there()
    {
        await using StubServer server = await StubServer.StartAsync((_, context) =>
            context.Request.Path != "/token" ? StubServer.AnswerAsync(context, 200)
            : context.Request.Headers.ContainsKey("Authorization") ? StubServer.AnswerAsync(context, 401)
            : StubServer.AnswerAsync(context, 200, """{"access_token":"t"}"""));
        Assert.Null(await SendAsync($"url: \"{server.Url}/a\", oauth2: {{ enabled: true, client_key: me, client_secret: secret, token_url: \"{server.Url}/token\" }}", "x"));
        Assert.Equal("grant_type=client_credentials&client_id=me&client_secret=secret", server.Requests[1].Body);
        Assert.Equal("Bearer t", server.Requests[2].Headers["Authorization"]);
    }

    [Theory]
    [InlineData(400, "no", "Permanent", " failed: no token from ")]
    [InlineData(503, "busy", "Transient", " failed: no token from ")]
    [InlineData(200, "{}", "Transient", " failed: the answer of ")]
    public async Task Without_a_token_nothing_is_sent(int status, string body, string kind, string told)
    {
        await using StubServer server = await StubServer.StartAsync((_, context) => StubServer.AnswerAsync(context, status, body));
        Rejection? rejection = await SendAsync($"url: \"{server.Url}/a\", retries: 1, oauth2: {{ enabled: true, token_url: \"{server.Url}/token\" }}", "x");
        Assert.Contains(told, rejection!.Reason);
        Assert.Equal(kind, rejection.Kind.ToString());
        Assert.DoesNotContain(server.Requests, r => r.Target == "/a");
    }

    [Fact]
    public async Task A_signed_token_says_what_is_claimed()
    {
        using var folder = new TemporaryFolder();
        using var key = RSA.Create(2048);
        string file = folder.Write("key.pem", key.ExportPkcs8PrivateKeyPem());
        await using StubServer server = await StubServer.WithStatusesAsync(200);
        await SendAsync($"url: \"{server.Url}\", jwt: {{ enabled: true, private_key_file: \"{file}\", signing_method: RS384, claims: {{ iss: me, n: 1, ok: true, list: [ 1.5, ~ ] }}, headers: {{ kid: k1 }} }}", "x");
        string[] parts = server.Requests[0].Headers["Authorization"]["Bearer ".Length..].Split('.');
        Assert.Equal("""{"alg":"RS384","typ":"JWT","kid":"k1"}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])));
        Assert.Equal("""{"iss":"me","n":1,"ok":true,"list":[1.5,null]}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])));
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1));
    }

    /// <summary>The signature is computed here by hand, step by step as RFC 5849 says.</summary>
    [Fact]
    public void A_request_is_signed_as_oauth_1_says()
    {
        var login = new OAuth1Login(true, "key", "consumer secret", "token", "token&secret");
        string header = OAuth1Signature.Of(login, "post", new Uri("http://example.com/r%20q?b5=%3D%253D&a3=a&c%40="), DateTimeOffset.FromUnixTimeSeconds(137131201), new Random(1));
        Dictionary<string, string> fields = header.Split(", ").Select(f => f.Split('=', 2)).ToDictionary(f => f[0], f => Uri.UnescapeDataString(f[1].Trim('"')));
        Assert.Equal(("key", "token", "137131201", "HMAC-SHA1", "1.0"), (fields["oauth_consumer_key"], fields["oauth_token"], fields["oauth_timestamp"], fields["oauth_signature_method"], fields["oauth_version"]));
        string text = "POST&http%3A%2F%2Fexample.com%2Fr%2520q&a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26oauth_consumer_key%3Dkey%26oauth_nonce%3D" + fields["oauth_nonce"]
            + "%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dtoken%26oauth_version%3D1.0";
#pragma warning disable CA5350 // The algorithm is the protocol's.
        Assert.Equal(Convert.ToBase64String(HMACSHA1.HashData("consumer%20secret&token%26secret"u8, Encoding.ASCII.GetBytes(text))), fields["oauth_signature"]);
#pragma warning restore CA5350
    }

    [Fact]
    public async Task A_server_is_trusted_when_its_certificate_is()
    {
        using var folder = new TemporaryFolder();
        using var certificate = new TestCertificate();
        await using StubServer server = await StubServer.StartAsync((_, context) => StubServer.AnswerAsync(context, 200), certificate.Certificate);
        Rejection? refused = await SendAsync($"url: \"{server.Url}\", retries: 0", "x");
        Assert.Contains(" failed: ", refused!.Reason);
        Assert.Equal(FailureKind.Transient, refused.Kind);
        Assert.Empty(server.Requests);
        Assert.Null(await SendAsync($"url: \"{server.Url}\", tls: {{ root_cas_file: \"{folder.Write("root.pem", certificate.CertificatePem)}\" }}", "x"));
        Assert.Null(await SendAsync($"url: \"{server.Url}\", tls: {{ enabled: true, skip_cert_verify: true }}", "x"));
        Assert.Equal(2, server.Requests.Length);
    }

    [Theory]
    [InlineData("tls: { root_cas_file: nowhere.pem }", "the certificates of tls cannot be read: ")]
    [InlineData("jwt: { enabled: true, private_key_file: nowhere.pem }", "the key nowhere.pem of jwt cannot be read: ")]
    public async Task A_file_that_is_not_there_is_told_at_the_start(string fields, string told)
    {
        var error = await Assert.ThrowsAsync<Mapping.Pipeline.Running.ComponentStartException>(() => SendAsync($"url: \"http://localhost\", {fields}", "x"));
        Assert.Contains(told, error.Message);
    }
}
