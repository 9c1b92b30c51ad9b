using System.Net;
using System.Net.Sockets;
using Mapping.Functions;
using Mapping.Pipeline.Messages;
using Mapping.Pipeline.Tests.Http;

namespace Mapping.Connectors.Tests.SchemaRegistry;

/// <summary>How the registry is asked, and what happens when it does not answer.</summary>
public class LookupTests
{
    private const string Number = "\"int\"";

    [Fact]
    public async Task An_id_is_looked_up_once_for_all_messages_and_workers()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int id = registry.Register("a-value", Number);
        var gate = new TaskCompletionSource();
        registry.Gate = gate.Task;
        var run = new SchemaRun();
        Task running = run.RunAsync(
            $"pipeline: {{ threads: 8, processors: [ schema_registry_decode: {{ url: \"{registry.Url}\" }} ] }}\n",
            [.. Enumerable.Range(0, 1000).Select(_ => new Batch(new Message(RegistryStub.Framed(id, 2))))]);
        while (registry.Requests.Length == 0)
        {
            await Task.Delay(10);
        }

        gate.SetResult();
        await running;
        Assert.Equal(1000, run.Written.Count);
        Assert.All(run.Written, static m => Assert.Equal("1", SchemaRun.Text(m)));
        Assert.Equal([$"GET /schemas/ids/{id}", $"GET /schemas/ids/{id}/versions"], registry.Requests);
    }

    [Fact]
    public async Task An_unknown_id_is_an_error_of_its_own_and_asked_for_once_by_a_batch()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        IReadOnlyList<Message> failed = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\" }}", [.. Enumerable.Range(0, 50).Select(static _ => new Message(RegistryStub.Framed(42, 2)))]);
        Assert.All(failed, static m =>
        {
            Assert.Equal("the schema id 42 is unknown to the registry", m.Error!.Text);
            Assert.Equal(FailureKind.Permanent, m.Error.Cause);
            Assert.Equal("\"unknown_schema\"", SchemaRun.Metadata(m, "schema_error"));
            Assert.Equal("42", SchemaRun.Metadata(m, "schema_id"));
            Assert.Equal(RegistryStub.Framed(42, 2), m.Body.ToArray());
        });
        Assert.Equal(["GET /schemas/ids/42"], registry.Requests);
    }

    [Theory]
    [InlineData(new byte[] { }, "has 0 bytes")]
    [InlineData(new byte[] { 0, 0, 0, 1 }, "has 4 bytes")]
    [InlineData(new byte[] { (byte)'{', 0, 0, 0, 1, 2 }, "does not begin with")]
    public async Task A_body_without_a_frame_fails_unless_its_schema_is_said(byte[] body, string reason)
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int id = registry.Register("a-value", """{"type":"array","items":"string"}""");
        Message failed = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\" }}", body);
        Assert.Contains(reason, failed.Error!.Text);
        Assert.Equal("\"no_header\"", SchemaRun.Metadata(failed, "schema_error"));
        Assert.Empty(registry.Requests);
        Message decoded = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\", default_schema_id: {id} }}", [2, 2, (byte)'x', 0]);
        Assert.Equal("""["x"]""", SchemaRun.Text(decoded));
        Assert.Equal($"{id}", SchemaRun.Metadata(decoded, "schema_id"));
    }

    [Fact]
    public async Task Failures_of_the_registry_are_tried_again_within_a_look_up()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int id = registry.Register("a-value", Number);
        registry.FailNext(3);
        Message decoded = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\" }}", RegistryStub.Framed(id, 2));
        Assert.Equal("1", SchemaRun.Text(decoded));
        Assert.Equal(4, registry.Requests.Count(r => r == $"GET /schemas/ids/{id}"));
    }

    [Fact]
    public async Task A_registry_that_is_down_fails_messages_for_now_and_they_go_through_when_it_is_up()
    {
        int port = FreePort();
        var run = new SchemaRun();
        Task running = run.RunAsync(
            $"pipeline: {{ processors: [ schema_registry_decode: {{ url: \"http://127.0.0.1:{port}\" }} ] }}\n",
            new Batch(new Message(RegistryStub.Framed(1, 2))));
        while (!run.Log.Contains("a message failed", StringComparison.Ordinal))
        {
            await Task.Delay(20);
        }

        Assert.Contains($"GET http://127.0.0.1:{port}/schemas/ids/1 failed: Connection refused", run.Log);
        Assert.Empty(run.Written);
        await using RegistryStub registry = await RegistryStub.StartAsync(port);
        registry.Register("a-value", Number);
        await running;
        Message decoded = Assert.Single(run.Written);
        Assert.Equal("1", SchemaRun.Text(decoded));
        Assert.Null(SchemaRun.Metadata(decoded, "schema_error"));
    }

    [Fact]
    public async Task A_wrong_login_is_told_and_held_against_the_registry_not_the_message()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int id = registry.Register("a-value", Number);
        registry.Login = "Basic " + Convert.ToBase64String("ada:s:é"u8);
        string url = $"url: \"{registry.Url}\"";
        Message failed = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ {url} }}", RegistryStub.Framed(id, 2));
        Assert.Contains("401 Unauthorized: Unauthorized", failed.Error!.Text);
        Assert.Equal(FailureKind.Transient, failed.Error.Cause);
        Assert.Equal("\"registry\"", SchemaRun.Metadata(failed, "schema_error"));
        Assert.Single(registry.Requests);
        Message decoded = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ {url}, basic_auth: {{ enabled: true, username: ada, password: \"s:é\" }} }}", RegistryStub.Framed(id, 2));
        Assert.Equal("1", SchemaRun.Text(decoded));
    }

    [Fact]
    public async Task A_login_in_the_address_is_used_unless_another_is_set()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int id = registry.Register("a-value", Number);
        string url = $"url: \"{registry.Url.Replace("://", "://ada:s%3A%C3%A9@", StringComparison.Ordinal)}/\"";
        registry.Login = "Basic " + Convert.ToBase64String("ada:s:é"u8);
        Assert.Equal("1", SchemaRun.Text(await SchemaRun.ProcessAsync($"schema_registry_decode: {{ {url} }}", RegistryStub.Framed(id, 2))));
        registry.Login = "Basic " + Convert.ToBase64String("eve:t"u8);
        Assert.Equal("1", SchemaRun.Text(await SchemaRun.ProcessAsync($"schema_registry_decode: {{ {url}, basic_auth: {{ enabled: true, username: eve, password: t }} }}", RegistryStub.Framed(id, 2))));
    }

    [Fact]
    public async Task A_login_in_the_address_is_told_nobody()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        registry.Login = "Basic other";
        string url = registry.Url.Replace("://", "://ada:s3cret@", StringComparison.Ordinal);
        Message refused = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{url}/sub/\" }}", RegistryStub.Framed(1, 2));
        Assert.Contains($"GET {registry.Url}/sub/schemas/ids/1 was answered with 401", refused.Error!.Text);
        int port = FreePort();
        Message failed = await SchemaRun.ProcessAsync($"schema_registry_encode: {{ url: \"http://ada:s3cret@127.0.0.1:{port}\", subject: a }}", "1"u8.ToArray());
        Assert.Contains($"GET http://127.0.0.1:{port}/subjects/a/versions/latest failed", failed.Error!.Text);
        Assert.DoesNotContain("s3cret", refused.Error.Text + failed.Error.Text);
        foreach (string wrong in new[] { "ftp://ada:s3cret@x", "http://ada:s3cret@x:port" })
        {
            // On a line of its own, because the line of the key is shown as it stands in the file.
            Assert.Null(new SchemaRun().Read($"pipeline:\n  processors:\n    - schema_registry_decode:\n        url:\n          \"{wrong}\"", out string diagnostics));
            Assert.Contains("is no URL of http or https", diagnostics);
            Assert.DoesNotContain("s3cret", diagnostics);
        }
    }

    [Fact]
    public async Task Connections_are_secured()
    {
        using var certificate = new TestCertificate();
        await using RegistryStub registry = await RegistryStub.StartAsync(certificate: certificate.Certificate);
        int id = registry.Register("a-value", Number);
        string roots = certificate.CertificatePem.ReplaceLineEndings("\\n");
        Message decoded = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}/\", tls: {{ enabled: true, root_cas: \"{roots}\" }} }}", RegistryStub.Framed(id, 2));
        Assert.Equal("1", SchemaRun.Text(decoded));
    }

    [Fact]
    public async Task A_404_of_another_server_does_not_make_an_id_unknown()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        registry.Register("a-value", Number);
        Message failed = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}/wrong\" }}", RegistryStub.Framed(1, 2));
        Assert.Equal("\"registry\"", SchemaRun.Metadata(failed, "schema_error"));
        Assert.Contains("/wrong/schemas/ids/1 was answered with 404", failed.Error!.Text);
    }

    [Fact]
    public async Task Tombstones_pass_both_ways_without_a_look_up()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        foreach (string processor in new[] { "schema_registry_decode: { url: \"{0}\" }", "schema_registry_decode: { url: \"{0}\", mode: envelope }", "schema_registry_encode: { url: \"{0}\", subject: a }" })
        {
            Message passed = (await SchemaRun.ProcessAsync(processor.Replace("{0}", registry.Url, StringComparison.Ordinal), Message.WithoutBody()))[0];
            Assert.True(passed.IsNull);
            Assert.Null(passed.Error);
        }

        Assert.Empty(registry.Requests);
    }

    [Fact]
    public async Task Of_several_subjects_the_one_of_the_topic_is_told()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        registry.Register("z-value", "\"long\"");
        int id = registry.Register("z-value", Number);
        registry.Register("b-value", Number);
        byte[] body = RegistryStub.Framed(id, 2);
        IReadOnlyList<Message> decoded = await SchemaRun.ProcessAsync(
            $"schema_registry_decode: {{ url: \"{registry.Url}\" }}",
            new Message(body), SchemaRun.With(body, "kafka_topic", "z"), SchemaRun.With(body, "kafka_topic", "other"), SchemaRun.With(body, "schema_error", "of an earlier run"));
        Assert.Equal(["\"b-value\" 1", "\"z-value\" 2", "\"b-value\" 1", "\"b-value\" 1"], decoded.Select(static m => $"{SchemaRun.Metadata(m, "schema_subject")} {SchemaRun.Metadata(m, "schema_version")}"));
        Assert.Null(SchemaRun.Metadata(decoded[3], "schema_error"));
    }

    [Fact]
    public async Task A_registry_that_does_not_tell_versions_tells_subjects()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        registry.TellsVersions = false;
        int id = registry.Register("a-value", Number);
        Message decoded = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\" }}", RegistryStub.Framed(id, 2));
        Assert.Equal("\"a-value\"", SchemaRun.Metadata(decoded, "schema_subject"));
        Assert.Null(SchemaRun.Metadata(decoded, "schema_version"));
        Assert.Contains($"GET /schemas/ids/{id}/subjects", registry.Requests);
    }

    [Fact]
    public async Task The_envelope_is_read_and_never_the_payload()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int id = registry.Register("a-value", Number);
        int broken = registry.Register("b-value", "no schema at all");
        string processor = $"schema_registry_decode: {{ url: \"{registry.Url}\", mode: envelope }}";
        byte[] nonsense = RegistryStub.Framed(id, 0xFF, 0xFF, 0xFF);
        Message read = await SchemaRun.ProcessAsync(processor, nonsense);
        Assert.Null(read.Error);
        Assert.Equal(nonsense, read.Body.ToArray());
        Assert.Equal([$"GET /schemas/ids/{id}/versions"], registry.Requests);
        Assert.Equal(($"{id}", "\"a-value\"", "1"), (SchemaRun.Metadata(read, "schema_id"), SchemaRun.Metadata(read, "schema_subject"), SchemaRun.Metadata(read, "schema_version")));
        Assert.Null((await SchemaRun.ProcessAsync(processor, RegistryStub.Framed(broken))).Error);
        Assert.Equal("\"unknown_schema\"", SchemaRun.Metadata(await SchemaRun.ProcessAsync(processor, RegistryStub.Framed(7, 1)), "schema_error"));

        // Deleted schemas are still good to read old payloads with, but not in use.
        registry.Delete("a-value");
        Message gone = await SchemaRun.ProcessAsync(processor, nonsense);
        Assert.Equal("\"unknown_schema\"", SchemaRun.Metadata(gone, "schema_error"));
        Assert.Contains("no subject of the registry uses", gone.Error!.Text);
        Message old = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\" }}", RegistryStub.Framed(id, 2));
        Assert.Equal("1", SchemaRun.Text(old));
        Assert.Null(SchemaRun.Metadata(old, "schema_subject"));
    }

    [Fact]
    public async Task Subjects_are_made_for_each_message_and_an_unknown_one_is_told()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        registry.Register("a/b-value", "\"long\"");
        int newest = registry.Register("a/b-value", Number);
        byte[] body = "5"u8.ToArray();
        IReadOnlyList<Message> encoded = await SchemaRun.ProcessAsync(
            $"schema_registry_encode: {{ url: \"{registry.Url}\", subject: \"${{! @kafka_topic }}-value\" }}",
            SchemaRun.With(body, "kafka_topic", "a/b"), SchemaRun.With(body, "kafka_topic", "c"));
        Assert.Equal(RegistryStub.Framed(newest, 10), encoded[0].Body.ToArray());
        Assert.Equal("the registry has no version latest of the subject \"c-value\"", encoded[1].Error!.Text);
        Assert.Equal("\"unknown_schema\"", SchemaRun.Metadata(encoded[1], "schema_error"));
        Assert.Contains("GET /subjects/a%2Fb-value/versions/latest", registry.Requests);
    }

    [Theory]
    [InlineData("schema_registry_decode: { url: ftp://x }", "\"ftp://x\" is no URL of http or https")]
    [InlineData("schema_registry_decode: { url: http://x, cache_duration: 0s }", "cache_duration must be longer than nothing")]
    [InlineData("schema_registry_decode: { url: http://x, mode: head }", "mode")]
    [InlineData("schema_registry_decode: { url: http://x, oauth2: {} }", "unknown field \"oauth2\"")]
    [InlineData("schema_registry_encode: { url: http://x }", "the field \"subject\" is required")]
    [InlineData("schema_registry_encode: { url: http://x, subject: a, schema_metadata: s }", "schema_metadata needs a format")]
    [InlineData("schema_registry_encode: { url: http://x, subject: a, schema_metadata: s, format: avro }", "avro.raw_json must be said")]
    public void Mistakes_are_told(string processor, string told)
    {
        Assert.Null(new SchemaRun().Read($"pipeline: {{ processors: [ {processor} ] }}", out string diagnostics));
        Assert.Contains(told, diagnostics);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
