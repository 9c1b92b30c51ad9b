using Confluent.Kafka;
using Mapping.Diagnostics;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Service;
using Mapping.Pipeline.Tests;
using Mapping.Text;

namespace Mapping.Connectors.Tests.Kafka;

/// <summary>Traces that go on from one pipeline to the next, in headers that mappings choose.</summary>
public sealed class KafkaTraceTests(KafkaServer server) : IClassFixture<KafkaServer>
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    /// <summary>Nobody listens there: spans are made, and lost.</summary>
    private const string Tracer = "http: { enabled: false }\ntracer: { open_telemetry_collector: { http: [ { address: \"http://127.0.0.1:9\" } ] } }";

    [Theory]
    [InlineData("kafka: { metadata: { exclude_prefixes: [ traceparent ] }, addresses", "kafka: { consumer_group: classic, addresses")]
    [InlineData("redpanda: { metadata: { include_prefixes: [ b3 ] }, seed_brokers", "redpanda: { consumer_group: modern, start_offset: earliest, seed_brokers")]
    public async Task Mappings_put_the_trace_into_a_record_and_find_it_there(string output, string input)
    {
        string topic = await server.CreateTopicAsync();
        using var stop = new CancellationTokenSource();
        await RunAsync(
            $$"""
            input: { generate: { count: 1, interval: "", mapping: "root.id = 1\nmeta traceparent = \"00-{{Id}}-0123456789abcdef-01\"" } }
            output: { {{output}}: ["{{server.Address}}"], topic: {{topic}}, inject_tracing_map: "meta b3 = this.traceparent" } }
            {{Tracer}}
            """,
            new ListLog(),
            stop.Token);
        ConsumeResult<byte[]?, byte[]?> record = Assert.Single(await server.ReadAsync(topic, 1));
        Assert.Equal("""{"id":1}""", KafkaServer.Text(record.Message.Value));
        Assert.Equal(["b3"], record.Message.Headers.Select(static h => h.Key));

        string folder = Directory.CreateTempSubdirectory().FullName;
        string file = Path.Combine(folder, "ids.txt");
        var log = new ListLog();
        Task reading = RunAsync(
            $$"""
            input: { {{input}}: ["{{server.Address}}"], topics: [ {{topic}} ], extract_tracing_map: "root.traceparent = @b3" } }
            pipeline: { processors: [ { mapping: 'root = tracing_id() + " " + @b3' } ] }
            output: { file: { path: {{file}} } }
            {{Tracer}}
            """,
            log,
            stop.Token);
        stop.CancelAfter(TimeSpan.FromSeconds(90));
        while (!(File.Exists(file) && (await File.ReadAllTextAsync(file)).EndsWith('\n')))
        {
            Assert.False(reading.IsCompleted, string.Join("\n", log.Lines));
            await Task.Delay(20);
        }

        await stop.CancelAsync();
        await reading;
        Assert.Matches($"^{Id} 00-{Id}-(?!0123456789abcdef)[0-9a-f]{{16}}-01\n$", await File.ReadAllTextAsync(file));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_record_whose_trace_cannot_be_put_in_is_written_without_it()
    {
        string topic = await server.CreateTopicAsync();
        var log = new ListLog();
        await RunAsync(
            $$"""
            input: { generate: { count: 1, interval: "", mapping: root.id = 1 } }
            output: { kafka: { addresses: ["{{server.Address}}"], topic: {{topic}}, inject_tracing_map: 'meta trace = this.nothing.number()' } }
            {{Tracer}}
            """,
            log,
            CancellationToken.None);
        Assert.Empty(Assert.Single(await server.ReadAsync(topic, 1)).Message.Headers);
        Assert.Contains("the trace context of a message is left out, for inject_tracing_map failed: failed assignment (line 1)", string.Join("\n", log.Lines), StringComparison.Ordinal);
    }

    private static async Task RunAsync(string yaml, ListLog log, CancellationToken stop)
    {
        PipelineGraph? graph = GraphReader.Read(
            AllConnectors.Catalogue,
            new Pipeline.Graph.Configuration { Main = new SourceText(yaml, "pipeline.yaml"), Variables = static _ => null, Environment = MappingEnvironment.Full },
            out IReadOnlyList<Diagnostic> diagnostics);
        Assert.True(graph is not null, string.Join("\n", diagnostics));
        await using var service = new PipelineService(graph, log, TimeProvider.System, new NoStreams());
        await service.RunAsync(stop);
    }
}
