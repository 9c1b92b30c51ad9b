using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Pipeline.Service;

namespace Mapping.Pipeline.Tests.Service;

public class ServiceTests
{
    private const string Endless = """
        input: { generate: { interval: 10ms, mapping: root.id = counter() } }
        pipeline: { processors: [ { label: double, mapping: root.id = this.id * 2 } ] }
        output: { drop: {} }
        """;

    [Fact]
    public async Task Pages_answer_with_and_without_the_prefix()
    {
        await using RunningService service = await RunningService.StartAsync(Endless);
        Assert.Equal((200, "pong"), await service.GetAsync("/ping"));
        Assert.Equal((200, "pong"), await service.GetAsync("/benthos/ping"));
        Assert.Equal(404, (await service.GetAsync("/nothing")).Status);
        Assert.Equal(404, (await service.GetAsync("/debug/config/yaml")).Status);
        using JsonDocument version = JsonDocument.Parse((await service.GetAsync("/version")).Content);
        Assert.NotEmpty(version.RootElement.GetProperty("version").GetString()!);
        using JsonDocument endpoints = JsonDocument.Parse((await service.GetAsync("/endpoints")).Content);
        Assert.Equal(["/endpoints", "/metrics", "/ping", "/ready", "/stats", "/version"], endpoints.RootElement.EnumerateObject().Select(m => m.Name));
        using HttpResponseMessage posted = await service.Client.PostAsync("/ping", null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.StatusCode);
    }

    [Fact]
    public async Task Metrics_count_what_runs()
    {
        await using RunningService service = await RunningService.StartAsync(Endless);
        string text = await service.UntilAsync("/metrics", t => Value(t, "output_sent{label=\"\",path=\"root.output\"}") >= 5);
        Assert.True(Value(text, "input_received{label=\"\",path=\"root.input\"}") >= 5);
        Assert.True(Value(text, "processor_received{label=\"double\",path=\"root.pipeline.processors.0\"}") >= 5);
        Assert.True(Value(text, "input_latency_ns_count{label=\"\",path=\"root.input\"}") >= 5);
        Assert.True(Value(text, "processor_latency_ns{label=\"double\",path=\"root.pipeline.processors.0\",quantile=\"0.5\"}") > 0);
        Assert.Equal(0, Value(text, "processor_error{label=\"double\",path=\"root.pipeline.processors.0\"}"));
        Assert.Equal(1, Value(text, "output_connection_up{label=\"\",path=\"root.output\"}"));
        using HttpResponseMessage response = await service.Client.GetAsync("/stats");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task It_is_ready_when_the_output_is_connected()
    {
        bool isUp = false;
        ComponentType slow = Component.Output<bool>("slow", "A test.", Component.NoFields, (_, _) => new SlowOutput(() => Volatile.Read(ref isUp)));
        await using RunningService service = await RunningService.StartAsync("input: { generate: { interval: 10ms, mapping: root = 1 } }\noutput: { label: far, slow: {} }", slow);
        string before = await service.UntilAsync("/ready", t => t.Contains("nobody is there", StringComparison.Ordinal));
        Assert.Equal(503, (await service.GetAsync("/ready")).Status);
        Assert.Equal("""{"error":"not every input and output is connected","statuses":[{"label":"far","path":"root.output","connected":false,"error":"nobody is there"}]}""", before);
        Volatile.Write(ref isUp, true);
        string after = await service.UntilAsync("/ready", t => !t.Contains("error", StringComparison.Ordinal));
        Assert.Equal("""{"statuses":[{"label":"","path":"root.input","connected":true},{"label":"far","path":"root.output","connected":true}]}""", after);
    }

    [Fact]
    public async Task A_login_is_asked_for()
    {
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes("open:sesame")));
        await using RunningService service = await RunningService.StartAsync(Endless + "\nhttp: { address: \"127.0.0.1:0\", basic_auth: { enabled: true, realm: ours, username: ali, password_hash: \"" + hash + "\" } }");
        using HttpResponseMessage refused = await service.Client.GetAsync("/ping");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("Basic realm=\"ours\"", refused.Headers.WwwAuthenticate.Single().ToString());
        foreach ((string login, int status) in new[] { ("ali:open:sesame", 200), ("ali:open", 401), ("baba:open:sesame", 401), ("ali", 401) })
        {
            service.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(login)));
            Assert.Equal(status, (await service.GetAsync("/ping")).Status);
        }
    }

    [Theory]
    [InlineData("Md5", "Xr4ilOzQ4PCOq3aQ0qbuaQ==", "hello", false)]
    [InlineData("Md5", "XUFAKrxLKna5cZ2REBfFkg==", "hello", true)]
    [InlineData("Bcrypt", "no digest", "hello", false)]
    [InlineData("Scrypt", "ffX01RbzPFLw8RF9cTedQ40nN+Mx1QeWcrnp5KVZrRE=", "open:sesame", true)]
    [InlineData("Scrypt", "ffX01RbzPFLw8RF9cTedQ40nN+Mx1QeWcrnp5KVZrRE=", "open:sesam", false)]
    public void Digests_are_compared(string algorithm, string hash, string password, bool admits) =>
        Assert.Equal(admits, new LoginGuard(new LoginOptions(true, "r", "u", hash, Enum.Parse<PasswordDigest>(algorithm), "pinch"u8.ToArray())).Admits("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("u:" + password))));

    [Fact]
    public void Passwords_digested_by_bcrypt_are_understood_as_text_and_as_base64()
    {
        string hash = BCrypt.Net.BCrypt.HashPassword("hello", 4);
        foreach (string given in new[] { hash, Convert.ToBase64String(Encoding.UTF8.GetBytes(hash)) })
        {
            var guard = new LoginGuard(new LoginOptions(true, "r", "u", given, PasswordDigest.Bcrypt, []));
            Assert.True(guard.Admits("Basic " + Convert.ToBase64String("u:hello"u8)));
            Assert.False(guard.Admits("Basic " + Convert.ToBase64String("u:hallo"u8)));
        }
    }

    [Fact]
    public async Task Other_origins_are_answered_when_allowed()
    {
        await using RunningService service = await RunningService.StartAsync(Endless + "\nhttp: { address: \"127.0.0.1:0\", cors: { enabled: true, allowed_origins: [ \"https://a.example\" ] } }");
        foreach ((string origin, bool isAllowed) in new[] { ("https://a.example", true), ("https://b.example", false) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/ping") { Headers = { { "Origin", origin } } };
            using HttpResponseMessage response = await service.Client.SendAsync(request);
            Assert.Equal(isAllowed, response.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task It_serves_with_TLS()
    {
        using var folder = new TemporaryFolder();
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        folder.Write("cert.pem", certificate.ExportCertificatePem());
        folder.Write("key.pem", key.ExportPkcs8PrivateKeyPem());
        await using RunningService service = await RunningService.StartAsync($"{Endless}\nhttp: {{ address: \"127.0.0.1:0\", cert_file: {folder.PathOf("cert.pem")}, key_file: {folder.PathOf("key.pem")} }}");
        Assert.StartsWith("https://", service.Address);
        using var handler = new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetCertHashString() == certificate.GetCertHashString() } };
        using var client = new HttpClient(handler);
        Assert.Equal("pong", await client.GetStringAsync(service.Address + "/ping"));
    }

    [Fact]
    public async Task A_port_in_use_is_an_error_when_it_was_asked_for()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        ServiceStartException error = await Assert.ThrowsAsync<ServiceStartException>(() => RunningService.StartAsync($"input: {{ stdin: {{}} }}\nhttp:\n  address: 127.0.0.1:{port}\n"));
        Assert.Equal(
            $"""
            pipeline.yaml:3:12: error P519: the HTTP service cannot listen at 127.0.0.1:{port}: the address is in use
              3 |   address: 127.0.0.1:{port}
                |            {new string('^', $"127.0.0.1:{port}".Length)} set http.address to another one, or http.enabled to false
            """.ReplaceLineEndings("\n"),
            error.Diagnostic.ToString());
    }

    [Fact]
    public async Task The_default_port_in_use_is_told_and_the_run_goes_on()
    {
        TcpListener? taken = new(IPAddress.Any, 4195);
        try
        {
            taken.Start();
        }
        catch (SocketException)
        {
            // Taken by somebody else, which does as well.
            taken = null;
        }

        await using RunningService service = await RunningService.StartAsync("input: { stdin: {} }\noutput: { drop: {} }\nhttp: { enabled: true }\n");
        Assert.True(await service.Ended);
        Assert.Contains("Warn the HTTP service cannot listen at 0.0.0.0:4195: the address is in use; the run goes on without it", service.Log.Lines);
        taken?.Dispose();
    }

    [Theory]
    [InlineData("address: here", "\"here\" is no address to listen at")]
    [InlineData("cert_file: a.pem", "TLS needs both a certificate and its key")]
    [InlineData("cors: { enabled: true }", "no origin is allowed")]
    [InlineData("basic_auth: { enabled: true }", "a login needs a user and the digest of a password")]
    [InlineData("basic_auth: { algorithm: sha1 }", "\"sha1\" is not one of sha256, md5, bcrypt and scrypt")]
    [InlineData("basic_auth: { enabled: true, username: u, password_hash: aGk=, algorithm: scrypt }", "scrypt needs a salt in base64")]
    [InlineData("basic_auth: { enabled: true, username: u, password_hash: aGk=, algorithm: scrypt, salt: \"?\" }", "scrypt needs a salt in base64")]
    public void Mistakes_of_the_section_are_told(string fields, string told) => Assert.Contains(told, PipelineTest.Lint($"http: {{ {fields} }}\n"));

    [Fact]
    public async Task The_configuration_is_shown_with_secrets_masked()
    {
        await using RunningService service = await RunningService.StartAsync(Endless + "\nhttp: { address: \"127.0.0.1:0\", debug_endpoints: true }\nmetrics: { prometheus: { push_basic_auth: { username: u, password: hidden } } }");
        string yaml = (await service.GetAsync("/debug/config/yaml")).Content;
        Assert.Contains("password: \"!!!SECRET_SCRUBBED!!!\"", yaml);
        Assert.DoesNotContain("hidden", yaml);
    }

    [Fact]
    public async Task Metrics_as_JSON_and_none()
    {
        await using RunningService json = await RunningService.StartAsync(Endless + "\nmetrics: { json_api: {} }");
        using JsonDocument numbers = JsonDocument.Parse(await json.UntilAsync("/metrics", t => t.Contains("\"p50\"", StringComparison.Ordinal)));
        Assert.True(numbers.RootElement.TryGetProperty("input_received{label=\"\",path=\"root.input\"}", out JsonElement _));
        await using RunningService none = await RunningService.StartAsync(Endless + "\nmetrics: { none: {} }");
        Assert.Equal(404, (await none.GetAsync("/metrics")).Status);
    }

    internal static double Value(string text, string series)
    {
        string? line = text.Split('\n').FirstOrDefault(l => l.StartsWith(series + " ", StringComparison.Ordinal));
        return line is null ? double.NaN : double.Parse(line[(series.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private sealed class SlowOutput(Func<bool> isUp) : IOutput
    {
        public ValueTask ConnectAsync(CancellationToken cancellation) => isUp() ? ValueTask.CompletedTask : throw new IOException("nobody is there");

        public ValueTask WriteAsync(Batch batch, CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
