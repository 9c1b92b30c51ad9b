using Mapping.Functions;
using Mapping.Pipeline.Components.Inputs;
using Mapping.Pipeline.Messages;
using Microsoft.AspNetCore.Http;

namespace Mapping.Pipeline.Tests.Http;

public class HttpClientInputTests
{
    private const string Quick = "retries: 0, retry_period: 1ms";

    /// <summary>Runs until so many messages are written; they may be more.</summary>
    private static async Task<(Message[] Messages, string Log)> ReadAsync(string fields, int count, Func<int, Batch, ValueTask>? before = null)
    {
        using var stop = new CancellationTokenSource();
        var written = new List<Message>();
        var output = new TestOutput
        {
            Before = async (call, batch, _) =>
            {
                await (before?.Invoke(call, batch) ?? ValueTask.CompletedTask);
                written.AddRange(batch);
                if (written.Count >= count)
                {
                    await stop.CancelAsync();
                }
            },
        };
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync(
            PipelineTest.Read($"input:\n  http_client: {{ {fields} }}\npipeline: {{ threads: 1 }}\noutput: {{ test: {{}} }}\n", more: [output.Type]), "", stop.Token);
        Assert.True(outcome.Finished, outcome.Log);
        return ([.. written], outcome.Log);
    }

    private static string[] Texts(IEnumerable<Message> messages) => [.. messages.Select(m => System.Text.Encoding.UTF8.GetString(m.Body.Span))];

    [Fact]
    public async Task Every_response_is_a_message_with_its_status_and_headers()
    {
        await using StubServer server = await StubServer.StartAsync((call, context) => StubServer.AnswerAsync(context, 200, $"body {call}", ("X-Call", $"{call}")));
        (Message[] messages, _) = await ReadAsync($"url: \"{server.Url}/items\", extract_headers: {{ include_prefixes: [ x- ] }}, {Quick}", 2);
        Assert.Equal(["body 1", "body 2"], Texts(messages.Take(2)));
        Assert.Equal(("200", "2"), (messages[1].GetMetadata("http_status_code"), messages[1].GetMetadata("x-call")));
        Assert.Equal(("GET", "/items", ""), (server.Requests[0].Method, server.Requests[0].Target, server.Requests[0].Body));
    }

    [Fact]
    public async Task A_request_sees_the_response_before_it()
    {
        await using StubServer server = await StubServer.StartAsync((call, context) => StubServer.AnswerAsync(context, 200, $$"""{"next":{{call}}}""", ("X-Page", $"p{call}")));
        await ReadAsync(
            $$$"""url: "{{{server.Url}}}/?after=${! this.next | \"start\" }", verb: POST, payload: "${! content().length() }", headers: { X-Seen: "${! @http_status_code | 0 }" }, metadata: { include_prefixes: [ x- ] }, extract_headers: { include_prefixes: [ x- ] }, {{{Quick}}}""",
            2);
        Assert.Equal([("POST", "/?after=start", "0", "0"), ("POST", "/?after=1", "10", "200")], server.Requests.Take(2).Select(r => (r.Method, r.Target, r.Body, r.Headers["X-Seen"])));
        Assert.Equal("p1", server.Requests[1].Headers["x-page"]);
        Assert.False(server.Requests[0].Headers.ContainsKey("x-page"));
    }

    [Fact]
    public async Task Responses_without_a_body_are_skipped_unless_they_are_wanted()
    {
        static Task<StubServer> StartAsync() => StubServer.StartAsync((call, context) => call % 2 == 1 ? StubServer.AnswerAsync(context, 204) : StubServer.AnswerAsync(context, 200, "x"));
        await using StubServer first = await StartAsync();
        Assert.Equal(["x", "x"], Texts((await ReadAsync($"url: \"{first.Url}\", {Quick}", 2)).Messages.Take(2)));
        await using StubServer second = await StartAsync();
        Assert.Equal(["", "x"], Texts((await ReadAsync($"url: \"{second.Url}\", drop_empty_bodies: false, {Quick}", 2)).Messages.Take(2)));
    }

    [Fact]
    public async Task A_multipart_response_is_a_batch()
    {
        await using StubServer server = await StubServer.StartAsync((_, context) =>
        {
            context.Response.ContentType = "multipart/mixed; boundary=xx";
            return context.Response.WriteAsync("--xx\r\n\r\none\r\n--xx\r\n\r\ntwo\r\n--xx--\r\n");
        });
        int size = 0;
        (Message[] messages, _) = await ReadAsync($"url: \"{server.Url}\", {Quick}", 2, (call, batch) =>
        {
            size = batch.Count;
            return ValueTask.CompletedTask;
        });
        Assert.Equal(["one", "two"], Texts(messages.Take(2)));
        Assert.Equal(2, size);
    }

    [Fact]
    public async Task A_server_that_fails_is_asked_again_until_it_does_not()
    {
        await using StubServer server = await StubServer.StartAsync((call, context) => StubServer.AnswerAsync(context, call is 1 or 3 ? 500 : 200, "x"));
        (Message[] messages, string log) = await ReadAsync($"url: \"{server.Url}\", {Quick}", 2);
        Assert.Equal(["x", "x"], Texts(messages.Take(2)));
        Assert.Contains("cannot connect: HTTP request returned unexpected response code (500)", log);
        Assert.Contains("the connection is lost: HTTP request returned unexpected response code (500)", log);
    }

    [Fact]
    public async Task A_rejected_message_is_delivered_again_without_a_request()
    {
        // Nothing else is there to read until the first message has come again.
        var again = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StubServer server = await StubServer.StartAsync(async (call, context) =>
        {
            if (call > 1)
            {
                await again.Task;
            }

            await StubServer.AnswerAsync(context, 200, $"{call}");
        });
        (Message[] messages, _) = await ReadAsync($"url: \"{server.Url}\", {Quick}", 2, (call, _) =>
        {
            if (call == 1)
            {
                throw new InvalidOperationException("no");
            }

            again.TrySetResult();
            return ValueTask.CompletedTask;
        });
        Assert.Equal("1", Texts(messages).First());
    }

    [Fact]
    public async Task A_stream_is_cut_while_it_arrives_and_asked_for_again()
    {
        var seen = new TaskCompletionSource();
        await using StubServer server = await StubServer.StartAsync(async (call, context) =>
        {
            await context.Response.WriteAsync($"{call}a\n");
            await context.Response.Body.FlushAsync();
            if (call == 1)
            {
                await seen.Task;
            }

            await context.Response.WriteAsync($"{call}b\n");
        });
        (Message[] messages, _) = await ReadAsync($"url: \"{server.Url}/${{! content() }}\", stream: {{ enabled: true }}, {Quick}", 4, (_, batch) =>
        {
            seen.TrySetResult();
            return ValueTask.CompletedTask;
        });
        Assert.Equal(["1a", "1b", "2a", "2b"], Texts(messages.Take(4)));
        Assert.Equal("200", messages[0].GetMetadata("http_status_code"));
        Assert.Equal(["/", "/1b"], server.Requests.Take(2).Select(r => r.Target));
    }

    [Fact]
    public async Task A_stream_that_is_not_asked_for_again_ends_the_input()
    {
        await using StubServer server = await StubServer.StartAsync((_, context) => StubServer.AnswerAsync(context, 200, """[{"n":1},{"n":2}]"""));
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync($"input:\n  http_client: {{ url: \"{server.Url}\", stream: {{ enabled: true, reconnect: false, scanner: {{ json_array: {{}} }} }} }}\npipeline: {{ threads: 1 }}\n");
        Assert.Equal(["""{"n":1}""", """{"n":2}"""], outcome.Lines);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_stream_that_breaks_is_opened_again()
    {
        var seen = new TaskCompletionSource();
        await using StubServer server = await StubServer.StartAsync(async (call, context) =>
        {
            await context.Response.WriteAsync($"{call}\n");
            await context.Response.Body.FlushAsync();
            if (call == 1)
            {
                await seen.Task;
                context.Abort();
            }
        });
        (Message[] messages, string log) = await ReadAsync($"url: \"{server.Url}\", stream: {{ enabled: true }}, {Quick}", 2, (_, _) =>
        {
            seen.TrySetResult();
            return ValueTask.CompletedTask;
        });
        Assert.Equal(["1", "2"], Texts(messages.Take(2)));
        Assert.Contains("the connection is lost: ", log);
    }

    [Fact]
    public async Task The_example_of_the_reference_reads()
    {
        await using StubServer server = await StubServer.StartAsync((call, context) => StubServer.AnswerAsync(context, 200, $$"""{"next":"{{call}}"}"""));
        using var stop = new CancellationTokenSource();
        var output = new TestOutput { Before = async (_, _, _) => await stop.CancelAsync() };
        string yaml = HttpClientInput.Type.Example!.Replace("http://localhost:1", server.Url, StringComparison.Ordinal).Replace("stdout", "test", StringComparison.Ordinal);
        Assert.True((await PipelineTest.RunAsync(PipelineTest.Read(yaml, more: [output.Type]), "", stop.Token)).Finished);
        Assert.Equal("/orders?after=0", server.Requests[0].Target);
    }

    [Theory]
    [InlineData("url: ftp://x", "\"ftp://x\" is no URL of http or https")]
    [InlineData("url: http://x, idempotency_key: a", "unknown field \"idempotency_key\"")]
    public void What_cannot_be_asked_is_told(string fields, string problem) => Assert.Contains(problem, PipelineTest.Lint($"input:\n  http_client: {{ {fields} }}\n"));
}
