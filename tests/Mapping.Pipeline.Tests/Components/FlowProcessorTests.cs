using System.Collections.Concurrent;
using System.Globalization;
using Mapping.Pipeline.Messages;
using Mapping.Pipeline.Observability;
using Mapping.Pipeline.Running;

namespace Mapping.Pipeline.Tests.Components;

public class FlowProcessorTests
{
    private static async Task<string> RunAsync(string processors, params string[] batch)
    {
        var input = new TestInput([() => Batch.Of(batch.Select(TestInput.Message))]);
        var output = new TestOutput();
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync(
            $"input: {{ test: {{}} }}\nlogger: {{ level: OFF }}\nerror_handling: {{ strategy: none }}\npipeline:\n  threads: 1\n  processors:\n{processors}\noutput: {{ test: {{}} }}\n", more: [input.Type, output.Type]);
        Assert.True(outcome.Finished);
        Assert.Null(input.Outcomes[0]);
        return string.Join(" / ", output.WrittenBatches.Select(b => string.Join(" ", b)));
    }

    [Theory]
    [InlineData("split: {}", "1 / 2 / 333 / 4 / 5")]
    [InlineData("split: { size: 2 }", "1 2 / 333 4 / 5")]
    [InlineData("split: { size: 9 }", "1 2 333 4 5")]
    [InlineData("split: { byte_size: 2 }", "1 2 / 333 / 4 5")]
    public async Task Split_makes_smaller_batches(string split, string expected) => Assert.Equal(expected, await RunAsync($"    - {split}", "1", "2", "333", "4", "5"));

    [Fact]
    public async Task Parts_of_a_split_are_one_delivery_still()
    {
        var input = new TestInput([() => Batch.Of(new[] { "1", "2", "3" }.Select(TestInput.Message))]);
        var output = new TestOutput { Before = (_, batch, _) => batch[0].Body.Span[0] == '2' ? throw new IOException("no two") : ValueTask.CompletedTask };
        await PipelineTest.RunAsync("input: { test: {} }\nlogger: { level: OFF }\npipeline: { threads: 1, processors: [ { split: {} } ] }\noutput: { test: {} }\n", more: [input.Type, output.Type]);
        Assert.Equal([1], input.Outcomes[0]!.Failures!.Keys);
    }

    [Fact]
    public async Task Sleep_waits_for_every_message_and_a_text_that_is_no_time_does_not()
    {
        var clock = new HastyClock();
        Mapping.Pipeline.Graph.PipelineGraph graph = PipelineTest.Read("pipeline: { threads: 1, processors: [ { sleep: { duration: '${! content() }m' } } ] }\n");
        var streams = new PipelineTest.Streams("1\nx\n20\n");
        var lines = new StringWriter();
        await using var run = new PipelineRun(graph, new TextLog(lines, graph.Logger, clock), NoMetrics.Instance, clock, streams);
        Assert.True(await run.RunAsync(default));
        Assert.Equal("1\nx\n20\n", System.Text.Encoding.UTF8.GetString(streams.Written.ToArray()));
        Assert.Equal([TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(20)], clock.Waits.Where(w => w >= TimeSpan.FromMinutes(1)));
        Assert.Contains("\"xm\" is no duration", lines.ToString().Replace("\\\"", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_begins_anew_with_the_message_as_it_came() => Assert.Equal(
        "done after 2 of a",
        await RunAsync("    - retry:\n        backoff: { initial_interval: 1ms }\n        processors:\n          - mapping: root = content() + @retry_count.string()\n          - mapping: 'root = if content() != \"a2\".bytes() { throw(\"not yet\") } else { \"done after \" + @retry_count.string() + \" of a\" }'", "a"));

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task Retry_gives_up_with_the_last_error_and_the_message_as_it_came(string parallel) => Assert.Equal(
        "a no 2 b no 2",
        await RunAsync($"    - retry:\n        max_retries: 2\n        parallel: {parallel}\n        backoff: {{ initial_interval: 1ms }}\n        processors: [ {{ mapping: 'root = \"changed\"' }}, {{ mapping: 'root = throw(\"no \" + @retry_count.string())' }} ]\n    - mapping: 'root = content() + \" \" + error().split(\": \").index(-1)'", "a", "b"));

    [Fact]
    public async Task Sample_keeps_a_share_of_the_keys_always_the_same()
    {
        string[] numbers = [.. Enumerable.Range(0, 2000).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        string small = await RunAsync("    - sample: { ratio: 0.1 }", numbers);
        string[] kept = small.Split(' ');
        Assert.InRange(kept.Length, 140, 260);
        Assert.Equal(small, await RunAsync("    - sample: { ratio: 0.1, key: '${! content() }' }", numbers));
        Assert.Empty(kept.Except((await RunAsync("    - sample: { ratio: 0.3 }", numbers)).Split(' ')));
        Assert.NotEqual(small, await RunAsync("    - sample: { ratio: 0.1, seed: 1 }", numbers));
        Assert.Equal(2000, (await RunAsync("    - sample: { ratio: 1 }", numbers)).Split(' ').Length);
        Assert.Equal("", await RunAsync("    - sample: { ratio: 0 }", numbers));
    }

    [Fact]
    public async Task Messages_with_one_key_share_their_fate_in_a_sample()
    {
        string[] messages = [.. Enumerable.Range(0, 400).Select(i => $"{{\"k\":{i % 40},\"n\":{i}}}")];
        string kept = await RunAsync("    - sample: { ratio: 0.5, key: '${! this.k }' }\n    - mapping: root = this.k", messages);
        Assert.All(kept.Split(' ').GroupBy(k => k), g => Assert.Equal(10, g.Count()));
    }

    [Fact]
    public async Task A_key_of_a_sample_that_fails_is_not_lost() =>
        Assert.Equal("the key of sample failed: no", await RunAsync("    - sample: { ratio: 0, key: '${! throw(\"no\") }' }\n    - catch: [ { mapping: root = error() } ]", "a"));

    [Fact]
    public async Task A_partition_at_the_head_is_partition_by()
    {
        Mapping.Pipeline.Graph.PipelineGraph graph = PipelineTest.Read("pipeline:\n  processors:\n    - partition: this.k\n    - mapping: root = this\n");
        Assert.NotNull(graph.Processing.PartitionBy);
        Assert.Equal("mapping", Assert.Single(graph.Processing.Processors).Type);
        Assert.Equal("{\"k\":1}", await RunAsync("    - partition: this.k", "{\"k\":1}"));
    }

    [Theory]
    [InlineData("pipeline:\n  processors:\n    - noop: {}\n    - partition: this.k\n", 4)]
    [InlineData("pipeline:\n  partition_by: this.a\n  processors:\n    - partition: this.k\n", 4)]
    public void A_partition_elsewhere_is_a_mistake(string yaml, int line) => Assert.Equal(
        $"pipeline.yaml:{line}:18: error P517: a partition may only be the first processor of the pipeline, in the place of partition_by\n  {line} |     - partition: this.k\n    |                  ^^^^^^ messages are given to workers by their keys before anything else is done with them",
        PipelineTest.Lint(yaml).ReplaceLineEndings("\n"));

    /// <summary>A clock whose waits end at once and are noted.</summary>
    private sealed class HastyClock : TimeProvider
    {
        public ConcurrentQueue<TimeSpan> Waits { get; } = new();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Enqueue(dueTime);
            return base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
        }
    }
}
