using System.IO.Compression;
using System.Net;
using System.Text;
using Mapping.Pipeline.Contracts;
using Mapping.Testing;
using Microsoft.AspNetCore.Http;

namespace Mapping.Pipeline.Tests.Http;

public class HttpServerTests
{
    private const string Answer = "pipeline:\n  threads: 1\n  processors: [ { sync_response: {} } ]\noutput: { stdout: {} }\n";

    private static byte[] Zipped(string text)
    {
        using var buffer = new MemoryStream();
        using (var zip = new GZipStream(buffer, CompressionMode.Compress))
        {
            zip.Write(Encoding.UTF8.GetBytes(text));
        }

        return buffer.ToArray();
    }

    [Fact]
    public async Task The_caller_is_answered_when_its_message_is_written()
    {
        var mayWrite = new TaskCompletionSource();
        var output = new TestOutput { Before = async (_, _, _) => await mayWrite.Task };
        await using ServerRun run = await ServerRun.StartAsync("timeout: 60s", "output: { test: {} }\n", output.Type);
        Task<(int, string)> answer = run.PostAsync("{}");
        while (output.Calls == 0)
        {
            await Task.Delay(1);
        }

        Assert.False(answer.IsCompleted);
        mayWrite.SetResult();
        Assert.Equal((200, ""), await answer);
        Assert.Equal(["{}"], output.Written);
    }

    [Fact]
    public async Task A_response_that_was_kept_is_the_answer()
    {
        await using ServerRun run = await ServerRun.StartAsync(
            "sync_response: { status: \"${! this.status }\", headers: { Content-Type: text/plain, X-Id: \"${! @id }\" }, metadata_headers: { include_prefixes: [ out_ ] } }",
            "pipeline: { processors: [ { mapping: \"meta id = 7\\nmeta out_a = 1\\nmeta b = 2\\nroot = this\" }, { sync_response: {} } ] }\noutput: { drop: {} }\n");
        using HttpResponseMessage response = await run.SendAsync("""{"status":201}""");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("""{"status":201}""", await response.Content.ReadAsStringAsync());
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(["7"], response.Headers.GetValues("X-Id"));
        Assert.Equal(["1"], response.Headers.GetValues("out_a"));
        Assert.False(response.Headers.Contains("b"));
        Assert.Equal((502, "the status \"none\" of the response is no number from 200 to 599"), await run.PostAsync("""{"status":"none"}"""));
    }

    [Fact]
    public async Task The_output_sync_response_answers_too()
    {
        await using ServerRun run = await ServerRun.StartAsync("", "pipeline: { processors: [ { mapping: 'root = content().uppercase()' } ] }\noutput: { sync_response: {} }\n");
        Assert.Equal((200, "ABC"), await run.PostAsync("abc"));
    }

    [Fact]
    public async Task Several_responses_are_multipart()
    {
        await using ServerRun run = await ServerRun.StartAsync("body_form: lines", Answer);
        using HttpResponseMessage response = await run.SendAsync("a\r\n\nb\n");
        string[] type = response.Content.Headers.ContentType!.ToString().Split("; boundary=");
        Assert.Equal("multipart/mixed", type[0]);
        string part = $"--{type[1]}\r\nContent-Type: application/octet-stream\r\n\r\n";
        Assert.Equal($"{part}a\r\n{part}b\r\n--{type[1]}--\r\n", await response.Content.ReadAsStringAsync());
        Assert.Equal("a\nb\n", run.Output.TrimEnd('\n') + "\n");
    }

    [Fact]
    public async Task The_response_of_an_output_can_be_the_answer()
    {
        await using StubServer server = await StubServer.StartAsync((_, context) => StubServer.AnswerAsync(context, 202, "taken", ("X-Trace", "t1")));
        await using ServerRun run = await ServerRun.StartAsync(
            "sync_response: { status: \"${! @http_status_code }\", metadata_headers: { include_prefixes: [ x- ] } }",
            $"output:\n  http_client: {{ url: \"{server.Url}\", propagate_response: true, extract_headers: {{ include_prefixes: [ x- ] }} }}\n");
        using HttpResponseMessage response = await run.SendAsync("a");
        Assert.Equal((HttpStatusCode.Accepted, "taken"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal(["t1"], response.Headers.GetValues("x-trace"));
    }

    [Fact]
    public async Task Metadata_tells_of_the_request()
    {
        await using ServerRun run = await ServerRun.StartAsync("path: \"/orders/{id}\", allowed_verbs: [ PUT ]", "pipeline: { processors: [ { mapping: 'root = @' }, { sync_response: {} } ] }\noutput: { drop: {} }\n");
        using HttpResponseMessage response = await run.SendAsync("x", "/orders/a%20b?page=2&page=3", "text/plain", request =>
        {
            request.Method = HttpMethod.Put;
            request.Headers.Add("x-request-id", "r1, r2");
            request.Headers.Add("User-Agent", "test/1");
            request.Headers.Add("Cookie", "session=s1");
        });
        var metadata = System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        string[] expected =
        [
            "http_server_user_agent test/1", "http_server_request_path /orders/a b", "http_server_verb PUT", "http_server_remote_ip 127.0.0.1",
            "Content-Type text/plain", "X-Request-Id r1, r2", "page 2", "id a b", "session s1",
        ];
        Assert.All(expected, e => Assert.Equal(e.Split(' ', 2)[1], (string?)metadata[e.Split(' ', 2)[0]]));
        Assert.False(metadata.ContainsKey("Host"));
    }

    [Theory]
    [InlineData("body_form: lines", "text/plain", "a\nb", "a b")]
    [InlineData("body_form: json_array", "application/json", "[ {\"a\": [1]}, \"b\" ,3]", "{\"a\": [1]} \"b\" 3")]
    [InlineData("", "multipart/form-data; boundary=\"xx\"", "--xx\r\nX: y\r\n\r\none\r\n--xx\r\n\r\ntwo\r\n--xx--\r\n", "one two")]
    [InlineData("", "text/plain", "a\nb", "a\nb")]
    public async Task A_request_can_be_a_batch(string fields, string type, string body, string expected)
    {
        var output = new TestOutput();
        await using ServerRun run = await ServerRun.StartAsync(fields, "output: { test: {} }\n", output.Type);
        Assert.Equal(200, (await run.PostAsync(body, type: type)).Status);
        Assert.Equal(expected, string.Join(' ', Assert.Single(output.WrittenBatches)));
    }

    [Theory]
    [InlineData("body_form: json_array", "application/json", "{}", "the body is no JSON array")]
    [InlineData("body_form: json_array", "application/json", "[1] 2", "the body is no JSON array: ")]
    [InlineData("body_form: json_array", "application/json", "[1", "the body is no JSON array: ")]
    [InlineData("", "multipart/mixed", "x", "the multipart content type names no boundary")]
    [InlineData("", "multipart/mixed; boundary=xx", "x", "the multipart body ")]
    public async Task A_body_that_cannot_be_read_is_a_bad_request(string fields, string type, string body, string expected)
    {
        await using ServerRun run = await ServerRun.StartAsync(fields, Answer);
        (int status, string text) = await run.PostAsync(body, type: type);
        Assert.Equal(400, status);
        Assert.StartsWith(expected, text);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Compressed_bodies_are_decompressed_up_to_the_bound()
    {
        await using ServerRun run = await ServerRun.StartAsync("max_body_size: 1000", Answer);
        void Zip(HttpRequestMessage request, string text)
        {
            request.Content = new ByteArrayContent(Zipped(text));
            request.Content.Headers.ContentEncoding.Add("gzip");
        }

        using HttpResponseMessage fine = await run.SendAsync("", change: r => Zip(r, "hello"));
        Assert.Equal("hello", await fine.Content.ReadAsStringAsync());
        using HttpResponseMessage bomb = await run.SendAsync("", change: r => Zip(r, new string('x', 5000)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, bomb.StatusCode);
        using HttpResponseMessage broken = await run.SendAsync("no zip", change: r => r.Content!.Headers.ContentEncoding.Add("gzip"));
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        Assert.Equal(413, (await run.PostAsync(new string('x', 1001))).Status);
        Assert.Equal("hello\n", run.Output);
    }

    [Fact]
    public async Task What_is_not_taken_is_told()
    {
        await using ServerRun run = await ServerRun.StartAsync("ws_path: \"\"", Answer);
        using HttpResponseMessage get = await run.Client.GetAsync(new Uri(run.Url + "/post"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
        Assert.Equal(["POST"], get.Content.Headers.Allow);
        Assert.Equal(404, (await run.PostAsync("x", "/other")).Status);
        Assert.Equal(404, (await run.PostAsync("x", "/post/")).Status);
        Assert.Equal(404, (await run.PostAsync("x", "/post/ws")).Status);
    }

    [Theory]
    [InlineData("", "output: { reject: not this }\n", 502, "not this")]
    [InlineData("error_status: classified", "output: { reject: not this }\n", 422, "not this")]
    [InlineData("error_status: classified", "pipeline: { processors: [ { mapping: 'root = this.a.uppercase()' } ] }\noutput: { drop: {} }\n", 200, "")]
    [InlineData("error_status: classified", "pipeline: { processors: [ { mapping: 'root = throw(\"bad\")' } ] }\noutput: { stdout: {} }\n", 422, "mapping (root.pipeline.processors.0) failed: failed assignment (line 1): bad")]
    [InlineData("error_status: classified", "pipeline: { processors: [ { http: { url: \"http://127.0.0.1:1\", retries: 0 } } ] }\noutput: { stdout: {} }\n", 503, "http (root.pipeline.processors.0) failed: POST http://127.0.0.1:1/ failed: ")]
    [InlineData("error_status: classified", "output: { http_client: { url: \"http://127.0.0.1:1\", retries: 0 } }\n", 503, "POST http://127.0.0.1:1/ failed: ")]
    [InlineData("error_status: classified", "output: { fallback: [ { http_client: { url: \"http://127.0.0.1:1\", retries: 0 } }, { reject: no } ] }\n", 422, "no")]
    [InlineData("error_status: classified", "output: { switch: { cases: [ { check: 'this == 1', output: { reject: one } }, { output: { http_client: { url: \"http://127.0.0.1:1\", retries: 0 } } } ] } }\n", 503, "POST http://127.0.0.1:1/ failed: ")]
    [InlineData("error_status: classified", "output: { test: {} }\n", 502, "disk full")]
    public async Task A_rejection_is_told_with_a_status(string fields, string rest, int status, string text)
    {
        var output = new TestOutput { Before = (_, _, _) => throw new IOException("disk full") };
        await using ServerRun run = await ServerRun.StartAsync(fields, rest, output.Type);
        using HttpResponseMessage response = await run.SendAsync("{\"a\":\"x\"}");
        Assert.Equal(status, (int)response.StatusCode);
        Assert.StartsWith(text, (await response.Content.ReadAsStringAsync()).TrimEnd('\n'));
        Assert.Equal(status == 503, response.Headers.RetryAfter is not null);
    }

    [Fact]
    public async Task A_batch_of_which_a_part_may_be_sent_again_is_no_bad_request()
    {
        await using ServerRun run = await ServerRun.StartAsync(
            "error_status: classified, body_form: lines",
            "output: { switch: { cases: [ { check: 'this == 1', output: { reject: one } }, { check: 'this == 2', output: { http_client: { url: \"http://127.0.0.1:1\", retries: 0 } } }, { output: { drop: {} } } ] } }\n");
        Assert.Equal(503, (await run.PostAsync("1\n2\n3")).Status);
        Assert.Equal(422, (await run.PostAsync("1\n3")).Status);
        Assert.Equal(200, (await run.PostAsync("3\n4")).Status);
    }

    [Fact]
    public async Task A_write_that_takes_too_long_is_a_timeout_and_what_waits_is_not_delivered()
    {
        // More than fit between the input and an output that stands still: four groups of deliveries.
        const int Callers = 1500;
        var mayWrite = new TaskCompletionSource();
        var output = new TestOutput { Before = async (_, _, _) => await mayWrite.Task };
        await using ServerRun run = await ServerRun.StartAsync("timeout: 2s, max_in_flight: 5000", "pipeline: { threads: 1 }\noutput: { test: {} }\n", output.Type);
        (int Status, string Body)[] answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(i => run.PostAsync($"{i}")));
        int taken = answers.Count(a => a == (408, "the messages were not written in time; they may still be"));
        int refused = answers.Count(a => a == (503, "the pipeline is busy"));
        Assert.Equal(Callers, taken + refused);
        Assert.InRange(taken, 1, Callers - 1);
        mayWrite.SetResult();
        Assert.True(await run.StopAsync());
        Assert.Equal(taken, output.Written.Count);
    }

    [Fact]
    public async Task More_than_may_be_under_way_is_refused_at_once()
    {
        var mayWrite = new TaskCompletionSource();
        var output = new TestOutput { Before = async (_, _, _) => await mayWrite.Task };
        await using ServerRun run = await ServerRun.StartAsync("max_in_flight: 3, timeout: 60s", "output: { test: {} }\n", output.Type);
        List<Task<(int Status, string Body)>> answers = [.. Enumerable.Range(0, 10).Select(_ => run.PostAsync("x"))];
        for (int i = 0; i < 7; i++)
        {
            Task<(int Status, string Body)> first = await Task.WhenAny(answers);
            answers.Remove(first);
            Assert.Equal((503, "too many requests are under way"), await first);
        }

        mayWrite.SetResult();
        Assert.All(await Task.WhenAll(answers), a => Assert.Equal(200, a.Status));
        Assert.Equal(200, (await run.PostAsync("x")).Status);
        Assert.Equal(4, output.Written.Count);
    }

    [Fact]
    public async Task A_rate_limit_refuses_with_the_time_to_wait()
    {
        var limit = new TestRateLimit();
        await using ServerRun run = await ServerRun.StartAsync("rate_limit: gentle", $"{Answer}rate_limit_resources: [ {{ label: gentle, test: {{}} }} ]\n", limit.Type);
        using HttpResponseMessage refused = await run.SendAsync("x");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        Assert.Equal(200, (await run.PostAsync("x")).Status);
        limit.Failure = new IOException("gone");
        Assert.Equal((502, "the rate limit failed: gone"), await run.PostAsync("x"));
    }

    [Fact]
    public async Task Async_answers_when_the_pipeline_has_it_and_delivers_until_it_is_written()
    {
        var mayWrite = new TaskCompletionSource();
        var output = new TestOutput
        {
            Before = async (call, _, _) =>
            {
                await mayWrite.Task;
                _ = call == 1 ? throw new IOException("busy") : 0;
            },
        };
        await using ServerRun run = await ServerRun.StartAsync("mode: async", "pipeline: { processors: [ { sync_response: {} } ] }\noutput: { test: {} }\n", output.Type);
        Assert.Equal((202, ""), await run.PostAsync("x"));
        Assert.Empty(output.Written);
        mayWrite.SetResult();
        while (output.Written.IsEmpty)
        {
            await Task.Delay(1);
        }

        Assert.True(await run.StopAsync());
        Assert.Equal(["x"], output.Written);
        Assert.Equal(2, output.Calls);
    }

    [Fact]
    public async Task A_stop_finishes_what_was_taken_and_refuses_what_comes()
    {
        var mayWrite = new TaskCompletionSource();
        var output = new TestOutput { Before = async (_, _, _) => await mayWrite.Task };
        await using ServerRun run = await ServerRun.StartAsync("timeout: 60s", "output: { test: {} }\n", output.Type);
        Task<(int Status, string Body)> taken = run.PostAsync("a");
        while (output.Calls == 0)
        {
            await Task.Delay(1);
        }

        await run.BeginStopAsync();
        (int Status, string Body) refused;
        do
        {
            refused = await run.PostAsync("b").WaitAsync(TimeSpan.FromSeconds(90));
        }
        while (refused.Status == 200);
        Assert.Equal((503, "the pipeline is stopping"), refused);
        mayWrite.SetResult();
        Assert.Equal(200, (await taken).Status);
        Assert.True(await run.StopAsync());
        Assert.Equal(["a"], output.Written);
    }

    [Fact]
    public async Task Https_tells_how_it_is_secured()
    {
        using var folder = new TemporaryFolder();
        using var certificate = new TestCertificate();
        await using ServerRun run = await ServerRun.StartAsync(
            $"cert_file: \"{folder.Write("cert.pem", certificate.CertificatePem)}\", key_file: \"{folder.Write("key.pem", certificate.KeyPem)}\"",
            "pipeline: { processors: [ { mapping: 'root = @http_server_tls_version + \" \" + @http_server_tls_cipher_suite' }, { sync_response: {} } ] }\noutput: { drop: {} }\n");
        Assert.StartsWith("https://", run.Url);
        Assert.Matches("^TLS 1\\.[23] TLS_", (await run.PostAsync("x")).Body);
    }

    [Fact]
    public async Task Browsers_of_allowed_origins_are_answered()
    {
        await using ServerRun run = await ServerRun.StartAsync("cors: { enabled: true, allowed_origins: [ \"https://a.example\" ] }", Answer);
        using HttpResponseMessage asked = await run.SendAsync("", change: r =>
        {
            r.Method = HttpMethod.Options;
            r.Headers.Add("Origin", "https://a.example");
            r.Headers.Add("Access-Control-Request-Method", "POST");
        });
        Assert.Equal(HttpStatusCode.NoContent, asked.StatusCode);
        Assert.Equal(["POST"], asked.Headers.GetValues("Access-Control-Allow-Methods"));
        using HttpResponseMessage other = await run.SendAsync("x", change: r => r.Headers.Add("Origin", "https://b.example"));
        Assert.False(other.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Without_an_address_it_is_served_by_the_service()
    {
        var endpoints = new HttpEndpoints();
        await using ServerRun run = ServerRun.Within("input: { http_server: { path: \"/in/\" } }\n" + Answer, endpoints);
        while (endpoints.All.Count < 2)
        {
            await Task.Delay(1);
        }

        Assert.Equal(["/post/ws", "/in/"], endpoints.All.Select(e => e.Path).Order().Reverse());
        var context = new DefaultHttpContext { Request = { Method = "POST", Body = new MemoryStream("hello"u8.ToArray()) }, Response = { Body = new MemoryStream() } };
        Assert.True(await endpoints.TryServeAsync(context, "/in/a/b"));
        Assert.False(await endpoints.TryServeAsync(context, "/elsewhere"));
        Assert.Equal(200, context.Response.StatusCode);
        Assert.Equal("hello"u8.ToArray(), ((MemoryStream)context.Response.Body).ToArray());
    }

    [Fact]
    public async Task A_port_in_use_is_told_with_its_place()
    {
        await using StubServer server = await StubServer.WithStatusesAsync(200);
        var error = await Assert.ThrowsAsync<Mapping.Pipeline.Running.ComponentStartException>(() =>
            PipelineTest.RunAsync($"input:\n  http_server: {{ address: \"127.0.0.1:{server.Port}\" }}\n"));
        Assert.Equal(
            $"pipeline.yaml:2:3: error P519: the input http_server cannot start: cannot listen on 127.0.0.1:{server.Port}: Address already in use", error.Diagnostic.ToString().Split('\n')[0]);
        Assert.Contains("choose a port that is free", error.Diagnostic.ToString());
    }

    [Fact]
    public async Task Without_address_and_service_it_cannot_start()
    {
        var error = await Assert.ThrowsAsync<Mapping.Pipeline.Running.ComponentStartException>(() => PipelineTest.RunAsync("input: { http_server: {} }\n"));
        Assert.Contains("this run has no HTTP server of a service that it could use", error.Message);
    }

    [Theory]
    [InlineData("http_server_fields", "address: nowhere, cert_file: a.pem")]
    [InlineData("http_server_service", "cert_file: a.pem, key_file: b.pem, cors: { enabled: true, allowed_origins: [ \"*\" ] }, path: \"\", ws_path: \"\"")]
    [InlineData("http_server_cors", "address: \":80\", cors: { enabled: true }")]
    [InlineData("http_server_choices", "mode: asynch, error_status: 500, body_form: csv, max_body_size: big, max_in_flight: 0, rate_limit: nobody, tcp: { reuse_addr: true, reuse_port: true }")]
    public void A_mistake_is_told_with_its_place_and_a_remedy(string name, string fields) => Snapshot.Verify(PipelineTest.Lint($"input:\n  http_server: {{ {fields} }}\n"), name);
}
