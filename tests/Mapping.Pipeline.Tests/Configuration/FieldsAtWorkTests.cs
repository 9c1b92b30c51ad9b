using Mapping.Pipeline.Tests.Http;

namespace Mapping.Pipeline.Tests.Configuration;

/// <summary>Fields that are tested elsewhere by what they do are written here as users write them.</summary>
public sealed class FieldsAtWorkTests
{
    [Theory]
    [InlineData("lines: { custom_delimiter: \"|\", omit_empty: true }", "a||b|", "a,b")]
    [InlineData("lines: { custom_delimiter: \"|\" }", "a||b|", "a,,b")]
    [InlineData("csv: { custom_delimiter: \";\" }", "x;y\n1;2\n", "{\"x\":\"1\",\"y\":\"2\"}")]
    [InlineData("csv: { parse_header_row: false }", "x,y\n", "[\"x\",\"y\"]")]
    [InlineData("csv: { parse_header_row: false, lazy_quotes: true }", "a \"b\"\n", "[\"a \\\"b\\\"\"]")]
    [InlineData("csv: { continue_on_error: true }", "x,y\n1\n1,2\n", ",{\"x\":\"1\",\"y\":\"2\"}")]
    [InlineData("to_the_end: {}", "a\nb", "a\nb")]
    [InlineData("json_documents: {}", "{} 1", "{},1")]
    [InlineData("json_array: {}", "[1,2]", "1,2")]
    public async Task Scanners_cut_as_they_are_told(string scanner, string text, string expected)
    {
        var output = new TestOutput();
        await PipelineTest.RunAsync($"error_handling: {{ strategy: none }}\ninput: {{ stdin: {{ scanner: {{ {scanner} }} }} }}\npipeline: {{ threads: 1 }}\noutput: {{ test: {{}} }}\n", text, more: [output.Type]);
        Assert.Equal(expected, string.Join(',', output.Written));
    }

    [Fact]
    public void A_line_that_is_longer_than_it_may_be_is_told() =>
        Assert.Contains("max_buffer_size", PipelineTest.Lint("input: { stdin: { scanner: { lines: { max_buffer_size: many } } } }\n"));

    [Fact]
    public async Task The_error_goes_where_error_metadata_says()
    {
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync(
            "pipeline:\n  processors:\n    - try_catch:\n        processors: [ { mapping: 'root = throw(\"no\")' } ]\n        catch: [ { mapping: 'root = @problem.what' } ]\n        error_metadata: problem\n", "{}\n");
        Assert.Equal(["failed assignment (line 1): no"], outcome.Lines);
    }

    [Fact]
    public async Task Attempts_end_with_max_elapsed_time()
    {
        var input = TestInput.Of("1");
        var output = new TestOutput { Before = (_, _, _) => throw new IOException("no") };
        await PipelineTest.RunAsync("logger: { level: OFF }\ninput: { test: {} }\noutput: { retry: { backoff: { initial_interval: 1ms, max_interval: 2ms, max_elapsed_time: 30ms }, output: { test: {} } } }\n", more: [input.Type, output.Type]);
        Assert.Equal("no", input.Outcomes[0]!.Reason);
        Assert.True(output.Calls > 1);
    }

    [Fact]
    public async Task Requests_go_through_the_proxy()
    {
        await using StubServer proxy = await StubServer.WithStatusesAsync(200);
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync($"output: {{ http_client: {{ url: \"http://nowhere.invalid/a?b=c\", proxy_url: \"http://ada:open%3Asesame@127.0.0.1:{proxy.Port}\", retries: 0 }} }}\n", "1\n");
        Assert.True(outcome.Finished);
        StubServer.Request request = Assert.Single(proxy.Requests);
        Assert.Equal(("/a?b=c", "nowhere.invalid"), (request.Target, request.Headers["Host"]));
    }

    [Theory]
    [InlineData("", "HTTP/2")]
    [InlineData(", disable_http2: true", "HTTP/1.1")]
    public async Task The_version_of_HTTP_is_the_highest_both_speak(string more, string expected)
    {
        using var certificate = new TestCertificate();
        string spoken = "";
        await using StubServer server = await StubServer.StartAsync(
            (_, context) =>
            {
                spoken = context.Request.Protocol;
                return Task.CompletedTask;
            },
            certificate.Certificate);
        await PipelineTest.RunAsync($"output: {{ http_client: {{ url: \"{server.Url}\", tls: {{ skip_cert_verify: true }}{more} }} }}\n", "1\n");
        Assert.Equal(expected, spoken);
    }
}
