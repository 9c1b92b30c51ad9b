using System.Globalization;
using System.Threading.Channels;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Service;

namespace Mapping.Pipeline.Tests.Service;

/// <summary>A service that goes over to changed configurations while it runs.</summary>
public sealed class ChangeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Channel<PipelineGraph> changes = Channel.CreateUnbounded<PipelineGraph>();
    private readonly EndlessSource source = new();
    private readonly ListLog log = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("threads: 1", "none: {}")]
    [InlineData("threads: 2", "none: {}")]
    [InlineData("threads: 2, partition_by: 'content().slice(0, 1)'", "none: {}")]
    [InlineData("threads: 1", "memory: { limit: 10000 }")]
    public async Task Every_record_arrives_when_the_configuration_changes_in_the_middle(string pipeline, string buffer)
    {
        PipelineGraph Graph(string kind) => Read(kind, pipeline, buffer, folder.PathOf("out"));
        using var stop = new CancellationTokenSource();
        Task<bool> run = RunAsync(Graph("a"), stop.Token);
        await UntilWrittenAsync("a");
        changes.Writer.TryWrite(Graph("b"));
        await UntilWrittenAsync("b");
        changes.Writer.TryWrite(Graph("c"));
        await UntilWrittenAsync("c");
        await stop.CancelAsync();
        Assert.True(await run);
        string[][] written = Written();
        Assert.Equal(["a", "b", "c"], written.Select(w => w[0]).Distinct());
        AssertAll(written);
    }

    [Theory]
    [InlineData("the folder itself")]
    [InlineData("a component that cannot be made")]
    [InlineData("an input that cannot be read")]
    public async Task Where_the_changed_one_cannot_start_the_one_before_goes_on(string kind)
    {
        using var stop = new CancellationTokenSource();
        Task<bool> run = RunAsync(Read("a", "threads: 1", "none: {}", folder.PathOf("out")), stop.Token);
        await UntilWrittenAsync("a");
        changes.Writer.TryWrite(kind switch
        {
            "the folder itself" => Read("b", "threads: 1", "none: {}", folder.Path),
            "an input that cannot be read" => PipelineTest.Read($"input: {{ file: {{ paths: [ '{folder.Path}' ] }} }}\noutput: {{ drop: {{}} }}\n"),
            _ => Read("b", "threads: 1", $"sqlite: {{ path: '{folder.Path}' }}", folder.PathOf("out")),
        });
        await UntilAsync(() => log.Lines.Any(static l => l.Contains("the changed configuration is not taken over, the one before is started again: pipeline.yaml:", StringComparison.Ordinal)));
        long before = source.Count;
        await UntilAsync(() => source.Count > before);
        await stop.CancelAsync();
        Assert.True(await run);
        string[][] written = Written();
        Assert.All(written, w => Assert.Equal("a", w[0]));
        AssertAll(written);
    }

    [Fact]
    public async Task A_stop_ends_it_in_order_also_after_a_change()
    {
        using var stop = new CancellationTokenSource();
        Task<bool> run = RunAsync(Read("a", "threads: 1", "none: {}", folder.PathOf("out")), stop.Token);
        await UntilWrittenAsync("a");
        changes.Writer.TryWrite(Read("b", "threads: 1", "none: {}", folder.PathOf("out")));
        await UntilWrittenAsync("b");
        await stop.CancelAsync();
        Assert.True(await run);
        AssertAll(Written());
    }

    [Fact]
    public async Task Pages_of_the_service_stay_and_those_of_components_come_again()
    {
        PipelineGraph Graph(string kind, string more) => PipelineTest.Read($"input: {{ http_server: {{ path: /post }} }}\npipeline: {{ processors: [ {{ mapping: 'root = \"{kind}\"' }} ] }}\noutput: {{ sync_response: {{}} }}\nhttp: {{ address: '127.0.0.1:0'{more} }}\n");
        using var stop = new CancellationTokenSource();
        await using var service = new PipelineService(Graph("a", string.Empty), log, TimeProvider.System, new PipelineTest.Streams(string.Empty));
        service.Serve();
        using var client = new HttpClient { BaseAddress = new Uri(service.Address!) };
        Task<bool> run = service.RunAsync(changes.Reader, stop.Token);
        await UntilAnsweredAsync(client, "a");
        changes.Writer.TryWrite(Graph("b", ", debug_endpoints: true"));
        await UntilAnsweredAsync(client, "b");
        Assert.Equal(System.Net.HttpStatusCode.OK, (await client.GetAsync("ready")).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await client.GetAsync("debug/config/yaml")).StatusCode);
        await stop.CancelAsync();
        Assert.True(await run);
    }

    [Fact]
    public async Task Standard_input_is_not_handed_over()
    {
        // What a reader of a stream has read ahead would be lost with it.
        const string Yaml = "input: { broker: { inputs: [ { stdin: {} }, { generate: { mapping: root = 1, interval: 1h } } ] } }\noutput: { drop: {} }\nhttp: { enabled: false }\n";
        using var stop = new CancellationTokenSource();
        Task<bool> run = RunAsync(PipelineTest.Read(Yaml), stop.Token);
        changes.Writer.TryWrite(PipelineTest.Read(Yaml));
        await UntilAsync(() => log.Lines.Any(l => l.Contains("needs a restart to count", StringComparison.Ordinal)));
        await stop.CancelAsync();
        Assert.True(await run);
        Assert.DoesNotContain(log.Lines, l => l.Contains("anew", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Standard_input_is_not_gone_over_to_either()
    {
        // It would be taken for an empty one, and the service end with it.
        using var stop = new CancellationTokenSource();
        Task<bool> run = RunAsync(Read("a", "threads: 1", "none: {}", folder.PathOf("out")), stop.Token);
        await UntilWrittenAsync("a");
        changes.Writer.TryWrite(PipelineTest.Read("output: { drop: {} }\n"));
        await UntilAsync(() => log.Lines.Any(static l => l.Contains("it reads standard input, which needs a restart", StringComparison.Ordinal)));
        await stop.CancelAsync();
        Assert.True(await run);
        AssertAll(Written());
        Assert.DoesNotContain(log.Lines, static l => l.Contains("anew", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sections_that_need_a_restart_are_told_when_they_differ()
    {
        using var stop = new CancellationTokenSource();
        Task<bool> run = RunAsync(Read("a", "threads: 1", "none: {}", folder.PathOf("out")), stop.Token);
        changes.Writer.TryWrite(Read("b", "threads: 1", "none: {}", folder.PathOf("out")));
        await UntilWrittenAsync("b");
        Assert.DoesNotContain(log.Lines, static l => l.Contains("need a restart", StringComparison.Ordinal));
        changes.Writer.TryWrite(Read("c", "threads: 1", "none: {}", folder.PathOf("out"), "logger: { level: DEBUG }\nshutdown_delay: 1s\n"));
        await UntilWrittenAsync("c");
        Assert.Contains("Warn logger, shutdown_delay of the changed configuration need a restart to count, the rest is taken over", log.Lines);
        await stop.CancelAsync();
        Assert.True(await run);
    }

    /// <summary>Slow enough that a file does not grow large.</summary>
    private PipelineGraph Read(string kind, string pipeline, string buffer, string output, string more = "") => PipelineTest.Read(
        $$"""
        input: { endless: {} }
        buffer: { {{buffer}} }
        pipeline: { {{pipeline}}, processors: [ { sleep: { duration: 3ms } }, { mapping: 'root = "{{kind}} " + content().string()' } ] }
        output: { file: { path: '{{output}}' } }
        http: { enabled: false }

        """ + more,
        null,
        source.Type);

    private void AssertAll(string[][] written) =>
        Assert.Equal(Enumerable.Range(0, (int)source.Count).Select(static n => (long)n), written.Select(static w => long.Parse(w[1], CultureInfo.InvariantCulture)).Union(source.Left).Order());

    private async Task<bool> RunAsync(PipelineGraph graph, CancellationToken stop = default)
    {
        await using var service = new PipelineService(graph, log, TimeProvider.System, new PipelineTest.Streams("1\n"));
        return await service.RunAsync(changes.Reader, stop);
    }

    private static async Task UntilAnsweredAsync(HttpClient client, string expected)
    {
        for (int i = 0; ; i++)
        {
            using HttpResponseMessage response = await client.PostAsync("post", new StringContent("x"));
            if (response.IsSuccessStatusCode && await response.Content.ReadAsStringAsync() == expected)
            {
                return;
            }

            Assert.True(i < 4500, "it never came");
            await Task.Delay(20);
        }
    }

    private string[][] Written() => File.Exists(folder.PathOf("out")) ? [.. folder.Read("out").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => l.Split(' '))] : [];

    private Task UntilWrittenAsync(string kind) => UntilAsync(() => Written().Any(w => w[0] == kind));

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (int i = 0; !holds(); i++)
        {
            Assert.True(i < 4500, "it never came");
            await Task.Delay(20);
        }
    }
}
