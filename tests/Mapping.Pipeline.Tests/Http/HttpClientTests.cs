using System.Net;
using System.Net.Sockets;
using Mapping.Functions;
using Mapping.Pipeline.Messages;
using Mapping.Testing;

namespace Mapping.Pipeline.Tests.Http;

public class HttpClientTests
{
    private const string Quick = "retry_period: 1ms, max_retry_backoff: 5ms";

    /// <summary>Sends one batch; every message of it has its number as metadata.</summary>
    private static async Task<(Rejection? Rejection, string Log)> SendAsync(string fields, params string[] bodies)
    {
        Batch batch = Batch.Of(bodies.Select(TestInput.Message));
        for (int i = 0; i < batch.Count; i++)
        {
            batch[i].SetMetadata("number", $"{i}");
        }

        return await SendAsync(fields, batch);
    }

    private static async Task<(Rejection? Rejection, string Log)> SendAsync(string fields, Batch batch)
    {
        var input = new TestInput([() => batch]);
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync($"input: {{ test: {{}} }}\noutput:\n  http_client: {{ {fields} }}\n", more: [input.Type]);
        Assert.True(outcome.Finished);
        return (input.Outcomes[0], outcome.Log);
    }

    [Fact]
    public async Task A_message_is_a_request_with_its_url_headers_and_metadata()
    {
        await using StubServer server = await StubServer.WithStatusesAsync(200);
        (Rejection? rejection, _) = await SendAsync(
            $"url: \"{server.Url}/items/${{! this.id }}?q=1\", verb: put, headers: {{ Content-Type: application/json, X-Id: \"${{! this.id }}\", Host: example.com }}, metadata: {{ include_patterns: [ \"^num\" ] }}, idempotency_key: \"key ${{! this.id }}\"",
            """{"id":"a b"}""");
        Assert.Null(rejection);
        StubServer.Request request = Assert.Single(server.Requests);
        Assert.Equal(("PUT", "/items/a%20b?q=1", """{"id":"a b"}"""), (request.Method, request.Target, request.Body));
        Assert.Equal(("application/json", "a b", "example.com", "0", "key a b"), (request.Headers["Content-Type"], request.Headers["X-Id"], request.Headers["Host"], request.Headers["number"], request.Headers["Idempotency-Key"]));
    }

    [Fact]
    public async Task Without_a_type_a_body_is_bytes_and_metadata_stays_at_home()
    {
        await using StubServer server = await StubServer.WithStatusesAsync(201);
        await SendAsync($"url: \"{server.Url}\"", "x");
        Assert.Equal("application/octet-stream", server.Requests[0].Headers["Content-Type"]);
        Assert.False(server.Requests[0].Headers.ContainsKey("number"));
    }

    [Fact]
    public async Task A_tombstone_is_a_request_without_a_body()
    {
        await using StubServer server = await StubServer.WithStatusesAsync(200);
        (Rejection? rejection, _) = await SendAsync($"url: \"{server.Url}\"", new Batch(Message.WithoutBody()));
        Assert.Null(rejection);
        Assert.Equal("", Assert.Single(server.Requests).Body);
        Assert.False(server.Requests[0].Headers.ContainsKey("Content-Type"));
    }

    [Fact]
    public async Task The_example_tries_again_and_gives_up_on_client_errors()
    {
        await using StubServer server = await StubServer.StartAsync((call, context) => call switch
        {
            1 => StubServer.AnswerAsync(context, 500, "broken"),
            2 => StubServer.AnswerAsync(context, 429, "slow down", ("Retry-After", "1")),
            3 => StubServer.AnswerAsync(context, 200),
            _ => StubServer.AnswerAsync(context, 404, "no such thing"),
        });
        await using var proxy = new FaultProxy(server.Port, resets: 1);
        var input = new TestInput([() => new Batch(TestInput.Message("first")), () => new Batch(TestInput.Message("second"))]);
        Graph.Configuration configuration = PipelineTest.Configured("input: { test: {} }\n" + await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Examples", "http_retries.yaml"))) with
        {
            Overrides = [$"output.http_client.url=http://127.0.0.1:{proxy.Port}/v1/events", "output.http_client.max_in_flight=1", "pipeline.threads=1"],
        };
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync(PipelineTest.Read(configuration, input.Type), "", default);
        Assert.True(outcome.Finished);
        Assert.Equal(1, proxy.Reset);
        Assert.Equal(["first", "first", "first", "second"], server.Bodies);
        Assert.All(server.Requests, r => Assert.Equal(("POST", "/v1/events"), (r.Method, r.Target)));
        Assert.Null(input.Outcomes[0]);
        Assert.Equal("HTTP request returned unexpected response code (404): 404 Not Found, Error: no such thing", input.Outcomes[1]!.Reason);
        Assert.Equal(FailureKind.Permanent, input.Outcomes[1]!.Kind);
    }

    [Theory]
    [InlineData("drop_on: [ 500 ]", 1, "Ambiguous", 500)]
    [InlineData("retries: 2", 3, "Ambiguous", 500)]
    [InlineData("retries: 2", 3, "Transient", 503)]
    [InlineData("retries: 2", 3, "Permanent", 400)]
    [InlineData("retries: 2", 3, "Ambiguous", 500, 400, 503)]
    [InlineData("retries: 2, backoff_on: [ 503 ]", 3, "Transient", 503)]
    public async Task What_failed_for_good_is_rejected_with_what_is_known_of_it(string fields, int attempts, string kind, params int[] statuses)
    {
        await using StubServer server = await StubServer.WithStatusesAsync(statuses);
        (Rejection? rejection, _) = await SendAsync($"url: \"{server.Url}\", {Quick}, {fields}", "x");
        Assert.Equal(attempts, server.Requests.Length);
        Assert.Equal(kind, rejection!.Kind.ToString());
    }

    [Theory]
    [InlineData("successful_on: [ 404 ]", 404)]
    [InlineData("follow_redirects: false", 302)]
    public async Task Other_statuses_can_be_success(string fields, int status)
    {
        await using StubServer server = await StubServer.WithStatusesAsync(status);
        Assert.Null((await SendAsync($"url: \"{server.Url}\", {fields}", "x")).Rejection);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Redirects_are_followed()
    {
        await using StubServer server = await StubServer.StartAsync((call, context) =>
            call == 1 ? StubServer.AnswerAsync(context, 307, "", ("Location", "/other")) : StubServer.AnswerAsync(context, 200));
        Assert.Null((await SendAsync($"url: \"{server.Url}/one\"", "x")).Rejection);
        Assert.Equal(["POST /one x", "POST /other x"], server.Requests.Select(r => $"{r.Method} {r.Target} {r.Body}"));
    }

    [Fact]
    public async Task A_server_that_asks_for_a_pause_gets_one_up_to_the_bound()
    {
        await using StubServer server = await StubServer.StartAsync((call, context) => StubServer.AnswerAsync(context, call == 1 ? 503 : 200, "", ("Retry-After", "3600")));
        (Rejection? rejection, string log) = await SendAsync($"url: \"{server.Url}\", retry_period: 1ms, max_retry_backoff: 30ms", "x");
        Assert.Null(rejection);
        Assert.Contains("attempt 1 of a request failed, trying again in 0.03s: HTTP request returned unexpected response code (503): 503 Service Unavailable, Error: ", log);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_may_have_taken_it()
    {
        var never = new TaskCompletionSource();
        await using StubServer server = await StubServer.StartAsync((_, context) => never.Task.WaitAsync(context.RequestAborted));
        (Rejection? rejection, _) = await SendAsync($"url: \"{server.Url}/\", {Quick}, timeout: 1s, retries: 1", "x");
        Assert.Equal($"POST {server.Url}/ got no answer within 1s", rejection!.Reason);
        Assert.Equal(FailureKind.Ambiguous, rejection.Kind);
    }

    [Fact]
    public async Task A_server_that_is_not_there_has_not_taken_it()
    {
        // Its port is taken, so that nobody else listens there.
        using var taken = new Socket(SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        (Rejection? rejection, _) = await SendAsync($"url: \"http://127.0.0.1:{port}\", {Quick}, retries: 1", "x");
        Assert.StartsWith($"POST http://127.0.0.1:{port}/ failed: ", rejection!.Reason);
        Assert.Equal(FailureKind.Transient, rejection.Kind);
    }

    [Fact]
    public async Task A_key_is_the_same_for_every_attempt_and_new_for_every_request()
    {
        await using StubServer server = await StubServer.WithStatusesAsync(500, 500, 200);
        await SendAsync($"url: \"{server.Url}\", {Quick}, idempotency_key: \"${{! uuid_v4() }}\", idempotency_header: X-Key", "a", "b");
        string[] keys = [.. server.Requests.Select(r => r.Headers["X-Key"])];
        Assert.Equal(4, keys.Length);
        Assert.Equal(2, keys.Distinct().Count());
        Assert.Single(keys.Take(3).Distinct());
    }

    [Fact]
    public async Task Messages_of_a_batch_are_sent_in_order_and_none_after_one_that_failed()
    {
        await using StubServer server = await StubServer.WithStatusesAsync(200, 400);
        (Rejection? rejection, _) = await SendAsync($"url: \"{server.Url}\", drop_on: [ 400 ]", "a", "b", "c");
        Assert.Equal(["a", "b"], server.Bodies);
        Assert.Equal([1, 2], rejection!.Failures!.Keys.Order());
        Assert.StartsWith("not sent, because a message before it failed: HTTP request", rejection.ReasonOf(2));
        Assert.Equal(FailureKind.Transient, rejection.Kind);
    }

    [Theory]
    [InlineData("lines", "application/x-ndjson", "{\"a\":1}\n2\n")]
    [InlineData("json_array", "application/json", "[{\"a\":1},2]")]
    public async Task A_batch_can_be_one_request(string form, string type, string body)
    {
        await using StubServer server = await StubServer.WithStatusesAsync(200);
        Assert.Null((await SendAsync($"url: \"{server.Url}\", batch_form: {form}", """{"a":1}""", "2")).Rejection);
        StubServer.Request request = Assert.Single(server.Requests);
        Assert.Equal((type, body), (request.Headers["Content-Type"], request.Body));
    }

    [Theory]
    [InlineData("lines", "a\nb", "message 1 of the batch holds a line break and cannot be a line")]
    [InlineData("json_array", "{", "message 1 of the batch is no JSON document and cannot be an item of an array")]
    public async Task What_does_not_fit_a_batch_is_refused(string form, string body, string expected)
    {
        (Rejection? rejection, _) = await SendAsync($"url: \"http://localhost:1\", batch_form: {form}", "1", body);
        Assert.Equal((expected, FailureKind.Permanent), (rejection!.Reason, rejection.Kind));
    }

    [Fact]
    public async Task A_batch_can_be_one_multipart_request()
    {
        await using StubServer server = await StubServer.WithStatusesAsync(200);
        Assert.Null((await SendAsync($"url: \"{server.Url}\", batch_as_multipart: true", "a", "b")).Rejection);
        StubServer.Request request = Assert.Single(server.Requests);
        Assert.StartsWith("multipart/form-data; boundary=", request.Headers["Content-Type"]);
        string boundary = request.Headers["Content-Type"].Split('=')[1];
        Assert.Equal($"--{boundary}\r\nContent-Type: application/octet-stream\r\n\r\na\r\n--{boundary}\r\nContent-Type: application/octet-stream\r\n\r\nb\r\n--{boundary}--\r\n", request.Body);
    }

    [Fact]
    public async Task A_message_can_be_several_parts()
    {
        await using StubServer server = await StubServer.WithStatusesAsync(200);
        await SendAsync(
            $"url: \"{server.Url}\", headers: {{ Content-Type: multipart/mixed }}, multipart: [ {{ content_type: text/plain, content_disposition: \"form-data; name=id\", body: \"${{! @number }}\" }}, {{ body: \"${{! content() }}\" }} ]",
            "a");
        StubServer.Request request = Assert.Single(server.Requests);
        Assert.StartsWith("multipart/mixed; boundary=", request.Headers["Content-Type"]);
        string boundary = request.Headers["Content-Type"].Split('=')[1];
        Assert.Equal($"--{boundary}\r\nContent-Type: text/plain\r\nContent-Disposition: form-data; name=id\r\n\r\n0\r\n--{boundary}\r\n\r\na\r\n--{boundary}--\r\n", request.Body);
    }

    [Theory]
    [InlineData("url: \"http://localhost/${! this.id.uppercase() }\"", "interpolation failed: ")]
    [InlineData("url: \"${! this.url }\"", "\"ftp://x\" is no URL of http or https")]
    public async Task A_request_that_cannot_be_made_is_refused(string fields, string expected)
    {
        (Rejection? rejection, _) = await SendAsync(fields, """{"id":1,"url":"ftp://x"}""");
        Assert.StartsWith(expected, rejection!.Reason);
        Assert.Equal(FailureKind.Permanent, rejection.Kind);
    }

    [Fact]
    public async Task A_rate_limit_is_asked_before_every_attempt()
    {
        await using StubServer server = await StubServer.WithStatusesAsync(500, 500, 200);
        var limit = new TestRateLimit();
        var input = TestInput.Of("x");
        await PipelineTest.RunAsync(
            $"input: {{ test: {{}} }}\noutput:\n  http_client: {{ url: \"{server.Url}\", {Quick}, rate_limit: gentle }}\nrate_limit_resources: [ {{ label: gentle, test: {{}} }} ]\n", more: [input.Type, limit.Type]);
        Assert.Null(input.Outcomes[0]);
        Assert.Equal(3, limit.Granted);
    }

    [Fact]
    public async Task Requests_and_responses_are_logged_when_that_is_asked_for()
    {
        await using StubServer server = await StubServer.StartAsync((_, context) => StubServer.AnswerAsync(context, 200, "pong"));
        (_, string log) = await SendAsync($"url: \"{server.Url}/p\", dump_request_log_level: INFO", "ping");
        Assert.Contains($"POST {server.Url}/p\\n\\nping", log);
        Assert.Contains("200 OK\\n", log);
        Assert.Contains("\\n\\npong", log);
    }

    [Theory]
    [InlineData("http_url", "url: /v1/events")]
    [InlineData("http_verb", "url: \"http://x\", verb: \"PO ST\"")]
    [InlineData("http_codes", "url: \"http://x\", drop_on: [ 4000, x ]")]
    [InlineData("http_forms", "url: \"http://x\", batch_form: lines, batch_as_multipart: true, multipart: [ { body: x } ]")]
    [InlineData("http_tls", "url: \"http://x\", tls: { root_cas: a, root_cas_file: b }")]
    [InlineData("http_tls_client", "url: \"http://x\", tls: { client_certs: [ { cert: a }, { cert: a, key: b } ] }")]
    [InlineData("http_auth", "url: \"http://x\", oauth2: { enabled: true }, jwt: { enabled: true, signing_method: EdDSA }")]
    [InlineData("http_pattern", "url: \"http://x\", metadata: { include_patterns: [ \"(?=a)\" ] }")]
    public void A_mistake_is_told_with_its_place_and_a_remedy(string name, string fields) => Snapshot.Verify(PipelineTest.Lint($"output:\n  http_client: {{ {fields} }}\n"), name);
}
