using System.Collections.Concurrent;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Observability;
using Mapping.Pipeline.Running;

namespace Mapping.Pipeline.Tests.Components;

public class MetricTests
{
    [Theory]
    [InlineData("type: counter, name: n, labels: { a: '${! this.a }' }", "n{a=x}=2 n{a=y}=1")]
    [InlineData("type: counter_by, name: n, value: '${! this.v }'", "n{}=6")]
    [InlineData("type: gauge, name: n, value: '${! this.v }'", "n{}=3")]
    [InlineData("type: timing, name: n, value: '${! this.v * 1000 }', labels: { a: '${! this.a }' }", "n{a=x}=00:00:00.0000040 n{a=y}=00:00:00.0000020")]
    public async Task Messages_are_counted_and_measured(string fields, string expected)
    {
        var metrics = new Recorded();
        await RunAsync($"pipeline: {{ threads: 1, processors: [ {{ metric: {{ {fields} }} }} ] }}\n", "{\"a\":\"x\",\"v\":1}\n{\"a\":\"y\",\"v\":2}\n{\"a\":\"x\",\"v\":3}\n", metrics);
        Assert.Equal(expected, string.Join(' ', metrics.Values.Where(v => v.Key.StartsWith("n{", StringComparison.Ordinal)).OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value}")));
    }

    [Theory]
    [InlineData("type: counter_by, name: n, value: '-1'")]
    [InlineData("type: gauge, name: n, value: high")]
    [InlineData("type: counter, name: n, labels: { a: '${! throw(\"no\") }' }")]
    public async Task What_cannot_be_measured_is_left_out_and_the_message_passes(string fields)
    {
        var metrics = new Recorded();
        (string output, string log) = await RunAsync($"pipeline: {{ threads: 1, processors: [ {{ metric: {{ {fields} }} }} ] }}\n", "{}\n", metrics);
        Assert.Equal("{}\n", output);
        Assert.Contains("the metric n leaves out a message", log, StringComparison.Ordinal);
        Assert.DoesNotContain(metrics.Values, v => v.Key.StartsWith("n{", StringComparison.Ordinal) && v.Value is not 0L);
    }

    [Fact]
    public async Task What_is_dropped_on_purpose_is_counted()
    {
        var metrics = new Recorded();
        await RunAsync(
            "pipeline: { threads: 1, processors: [ { dedupe: { cache: c, key: '${! this }' } }, { sample: { ratio: 0, key: k } } ] }\ncache_resources: [ { label: c, lru: {} } ]\n", "1\n1\n2\n", metrics);
        Assert.Equal(1L, metrics.Values["messages_dropped{label=,path=root.pipeline.processors.0,reason=dedupe}"]);
        Assert.Equal(2L, metrics.Values["messages_dropped{label=,path=root.pipeline.processors.1,reason=sample}"]);
        Assert.Equal(2L, metrics.Values["cache_success{label=c,path=root.cache_resources.0,operation=add}"]);
        Assert.Equal(1L, metrics.Values["cache_duplicate{label=c,path=root.cache_resources.0,operation=add}"]);
    }

    [Fact]
    public async Task An_archive_counts_as_the_messages_it_was_made_of()
    {
        var metrics = new Recorded();
        await RunAsync(
            """
            input: { generate: { count: 6, batch_size: 3, interval: "", mapping: root.id = counter() } }
            output: { broker: { outputs: [ { drop: {}, processors: [ { archive: { format: lines } } ] }, { drop: {}, processors: [ { archive: { format: lines } }, { unarchive: { format: lines } } ] } ] } }
            """,
            "",
            metrics);
        Assert.Equal(6L, metrics.Values["output_sent{label=,path=root.output.broker.outputs.0}"]);
        Assert.Equal(6L, metrics.Values["output_sent{label=,path=root.output.broker.outputs.1}"]);
        Assert.Equal(2L, metrics.Values["output_batch_sent{label=,path=root.output.broker.outputs.0}"]);
    }

    private static async Task<(string Output, string Log)> RunAsync(string yaml, string input, IMetrics metrics)
    {
        PipelineGraph graph = PipelineTest.Read(yaml);
        var streams = new PipelineTest.Streams(input);
        var lines = new StringWriter();
        await using var run = new PipelineRun(graph, new TextLog(lines, graph.Logger, TimeProvider.System), metrics, TimeProvider.System, streams);
        Assert.True(await run.RunAsync(default));
        return (System.Text.Encoding.UTF8.GetString(streams.Written.ToArray()), lines.ToString());
    }

    /// <summary>Metrics with the labels of components left out of the user's own.</summary>
    private sealed class Recorded : IMetrics
    {
        private readonly (string Name, string Value)[] labels;

        public Recorded()
            : this(new(), [])
        {
        }

        private Recorded(ConcurrentDictionary<string, object> values, (string, string)[] labels)
        {
            Values = values;
            this.labels = labels;
        }

        public ConcurrentDictionary<string, object> Values { get; }

        public ICounter Counter(string name, params ReadOnlySpan<(string Name, string Value)> own) => new Instrument(Values, Key(name, own));

        public IGauge Gauge(string name, params ReadOnlySpan<(string Name, string Value)> own) => new Instrument(Values, Key(name, own));

        public ITiming Timing(string name, params ReadOnlySpan<(string Name, string Value)> own) => new Instrument(Values, Key(name, own));

        public IMetrics With(params ReadOnlySpan<(string Name, string Value)> more) => new Recorded(Values, [.. labels, .. more]);

        private string Key(string name, ReadOnlySpan<(string Name, string Value)> own)
        {
            (string Name, string Value)[] all = name == "n" ? own.ToArray() : [.. labels, .. own];
            return $"{name}{{{string.Join(',', all.Select(l => $"{l.Name}={l.Value}"))}}}";
        }

        private sealed class Instrument(ConcurrentDictionary<string, object> values, string key) : ICounter, IGauge, ITiming
        {
            public void Add(long count) => values.AddOrUpdate(key, count, (_, old) => (long)old + count);

            public void Set(double value) => values[key] = value;

            public void Record(TimeSpan elapsed, int times) => values.AddOrUpdate(key, elapsed, (_, old) => (TimeSpan)old + elapsed);
        }
    }
}
