using System.Text;
using Mapping.Functions;
using Mapping.Pipeline.Messages;
using Microsoft.AspNetCore.Http;

namespace Mapping.Pipeline.Tests.Http;

public class HttpProcessorTests
{
    private static async Task<Message[]> RunAsync(string fields, params Message[] messages)
    {
        var written = new List<Message>();
        var input = new TestInput([() => new Batch(messages)]);
        var output = new TestOutput
        {
            Before = (_, batch, _) =>
            {
                written.AddRange(batch);
                return ValueTask.CompletedTask;
            },
        };
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync(
            $"input: {{ test: {{}} }}\nerror_handling: {{ strategy: none }}\npipeline: {{ processors: [ {{ http: {{ {fields}, retries: 0 }} }} ] }}\noutput: {{ test: {{}} }}\n", more: [input.Type, output.Type]);
        Assert.True(outcome.Finished);
        Assert.Null(input.Outcomes[0]);
        return [.. written];
    }

    private static string[] Texts(Message[] messages) => [.. messages.Select(m => Encoding.UTF8.GetString(m.Body.Span))];

    private static Task<StubServer> EchoAsync() => StubServer.StartAsync(async (_, context) =>
    {
        context.Response.Headers.Append("X-One", "1");
        context.Response.Headers.Append("X-Two", "a");
        context.Response.Headers.Append("X-Two", "b");
        await context.Response.WriteAsync($"{context.Request.Method} {context.Request.Path}");
    });

    [Fact]
    public async Task The_response_replaces_the_body_and_marks_the_message()
    {
        await using StubServer server = await EchoAsync();
        Message message = TestInput.Message("""{"id":7}""");
        message.SetMetadata("kept", "yes");
        Message[] made = await RunAsync($"url: \"{server.Url}/${{! this.id }}\", verb: PUT, extract_headers: {{ include_prefixes: [ x- ] }}", message);
        Assert.Equal(["PUT /7"], Texts(made));
        Assert.Equal(("yes", "200", "1", """["a","b"]"""), (made[0].GetMetadata("kept"), made[0].GetMetadata("http_status_code"), made[0].GetMetadata("x-one"), made[0].GetMetadata("x-two")));
        Assert.Null(made[0].GetMetadata("date"));
    }

    [Fact]
    public async Task A_message_whose_request_failed_keeps_its_content_and_says_why()
    {
        await using StubServer server = await StubServer.StartAsync((_, context) => StubServer.AnswerAsync(context, 503, "busy", ("X-Reason", "full")));
        Message[] made = await RunAsync($"url: \"{server.Url}\", extract_headers: {{ include_prefixes: [ x- ] }}", TestInput.Message("a"));
        Assert.Equal(["a"], Texts(made));
        Assert.Equal("HTTP request returned unexpected response code (503): 503 Service Unavailable, Error: busy", made[0].Error!.Text);
        Assert.Equal("http", made[0].Error!.SourceName);
        Assert.Equal(FailureKind.Transient, FailureKinds.Of(made[0].Error!));
        Assert.Equal(("503", "full"), (made[0].GetMetadata("http_status_code"), made[0].GetMetadata("x-reason")));
    }

    [Fact]
    public async Task One_failure_is_none_of_the_others()
    {
        await using StubServer server = await StubServer.StartAsync((call, context) => StubServer.AnswerAsync(context, call == 2 ? 400 : 200, "ok"));
        Message[] made = await RunAsync($"url: \"{server.Url}\"", TestInput.Message("a"), TestInput.Message("b"), TestInput.Message("c"));
        Assert.Equal(["ok", "b", "ok"], Texts(made));
        Assert.Equal([false, true, false], made.Select(m => m.Error is not null));
    }

    [Fact]
    public async Task Parallel_requests_are_under_way_together_and_keep_their_order()
    {
        var all = new CountdownEvent(3);
        var go = new TaskCompletionSource();
        await using StubServer server = await StubServer.StartAsync(async (call, context) =>
        {
            if (all.Signal())
            {
                go.SetResult();
            }

            await go.Task;
            await context.Response.WriteAsync(context.Request.Path);
        });
        Message[] made = await RunAsync($"url: \"{server.Url}/${{! content() }}\", parallel: true", TestInput.Message("1"), TestInput.Message("2"), TestInput.Message("3"));
        Assert.Equal(["/1", "/2", "/3"], Texts(made));
    }

    [Fact]
    public async Task Requests_see_the_batch_as_it_was()
    {
        await using StubServer server = await EchoAsync();
        Message[] made = await RunAsync($"url: \"{server.Url}/${{! json(\\\"n\\\").from(0) }}\"", TestInput.Message("""{"n":1}"""), TestInput.Message("""{"n":2}"""));
        Assert.Equal(["POST /1", "POST /1"], Texts(made));
    }

    [Fact]
    public async Task A_batch_as_multipart_is_answered_part_by_part()
    {
        await using StubServer server = await StubServer.StartAsync((_, context) =>
        {
            context.Response.ContentType = "multipart/mixed; boundary=xx";
            return context.Response.WriteAsync("--xx\r\n\r\none\r\n--xx\r\n\r\ntwo\r\n--xx--\r\n");
        });
        Message[] made = await RunAsync($"url: \"{server.Url}\", batch_as_multipart: true", TestInput.Message("a"), TestInput.Message("b"));
        Assert.Equal(["one", "two"], Texts(made));
        Assert.Contains("\r\n\r\na\r\n", Assert.Single(server.Bodies));
    }

    [Fact]
    public async Task A_multipart_response_is_several_messages()
    {
        await using StubServer server = await StubServer.StartAsync((_, context) =>
        {
            context.Response.ContentType = "multipart/mixed; boundary=xx";
            return context.Response.WriteAsync("--xx\r\n\r\none\r\n--xx\r\n\r\ntwo\r\n--xx--\r\n");
        });
        Assert.Equal(["one", "two"], Texts(await RunAsync($"url: \"{server.Url}\"", TestInput.Message("a"))));
    }

    [Fact]
    public async Task A_multipart_response_that_is_none_is_a_failure()
    {
        await using StubServer server = await StubServer.StartAsync((_, context) =>
        {
            context.Response.ContentType = "multipart/mixed; boundary=xx";
            return context.Response.WriteAsync("nothing");
        });
        Message made = Assert.Single(await RunAsync($"url: \"{server.Url}\"", TestInput.Message("a")));
        Assert.StartsWith("the multipart body ", made.Error!.Text);
        Assert.Equal(["a"], Texts([made]));
    }

    [Theory]
    [InlineData("parallel: true")]
    [InlineData("batch_as_multipart: true")]
    public async Task A_tombstone_passes_without_a_request(string fields)
    {
        await using StubServer server = await EchoAsync();
        Message made = Assert.Single(await RunAsync($"url: \"{server.Url}\", {fields}", Message.WithoutBody()));
        Assert.True(made.IsNull);
        Assert.Null(made.Error);
        Assert.Empty(server.Requests);
    }
}
