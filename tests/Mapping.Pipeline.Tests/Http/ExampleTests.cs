using Mapping.Pipeline.Components.Inputs;
using Mapping.Pipeline.Components.Outputs;
using Mapping.Pipeline.Components.Processors;
using Mapping.Pipeline.Components.RateLimits;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Tests.Http;

/// <summary>What the reference shows runs.</summary>
public class ExampleTests
{
    [Fact]
    public async Task Http_client() => Assert.Equal(["""{"id":1}"""], await RunAsync(HttpClientOutput.Type));

    [Fact]
    public async Task Http() => Assert.Equal(["""{"id":1,"item":"unknown"}"""], await RunAsync(HttpProcessor.Type));

    [Fact]
    public async Task Rate_limit() => Assert.Equal(3, (await RunAsync(RateLimitProcessor.Type)).Length);

    [Fact]
    public async Task Sync_response() => Assert.Equal(["""{"n":1}"""], await RunAsync(SyncResponseProcessor.Type));

    [Fact]
    public async Task Local() => Assert.Equal(["""{"n":1}""", """{"n":2}""", """{"n":3}"""], (await RunAsync(LocalRateLimit.Type)).Order());

    [Fact]
    public async Task Http_server()
    {
        await using ServerRun run = await ServerRun.StartAsync(HttpServerInput.Type.Example!);
        Assert.Equal((200, """{"n":1,"id":"7"}"""), await run.PostAsync("""{"n":1}""", "/orders/7"));
        Assert.Equal(422, (await run.PostAsync("no json", "/orders/7")).Status);
        Assert.Equal("""{"n":1,"id":"7"}""" + "\n", run.Output);
    }

    private static async Task<string[]> RunAsync(ComponentType type)
    {
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync(type.Example!);
        Assert.True(outcome.Finished);
        return outcome.Lines;
    }
}
