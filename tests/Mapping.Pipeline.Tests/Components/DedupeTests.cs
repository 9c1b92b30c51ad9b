using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Tests.Components;

public class DedupeTests
{
    private const string Cache = "cache_resources: [ { label: seen, memory: {} } ]\n";

    [Fact]
    public async Task Only_the_first_of_a_key_passes()
    {
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync("pipeline: { threads: 1, processors: [ { dedupe: { cache: seen, key: '${! content() }' } } ] }\n" + Cache, "a\nb\na\nc\nb\n");
        Assert.Equal(["a", "b", "c"], outcome.Lines);
    }

    [Fact]
    public async Task Duplicates_within_a_batch_are_dropped_too()
    {
        var input = new TestInput([() => Batch.Of(new[] { "a", "b", "a" }.Select(TestInput.Message))]);
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync("input: { test: {} }\npipeline: { threads: 1, processors: [ { dedupe: { cache: seen, key: '${! content() }' } } ] }\n" + Cache, more: [input.Type]);
        Assert.Equal(["a", "b"], outcome.Lines);
        Assert.Null(input.Outcomes[0]);
    }

    /// <summary>A message that was rejected is no duplicate of itself when it comes again.</summary>
    [Theory]
    [InlineData("threads: 1")]
    [InlineData("threads: 2, partition_by: content().string()")]
    public async Task Nothing_that_is_rejected_is_lost(string pipeline)
    {
        var random = new Random(11);
        var input = new TestInput(Enumerable.Range(0, 300).Select(i => (Func<Batch>)(() => Batch.Of([TestInput.Message($"{i}"), TestInput.Message($"x{i}")])))) { ReplaysRejected = true };
        var output = new TestOutput
        {
            Before = (_, batch, _) => random.Next(3) == 0 ? throw (random.Next(2) == 0 ? new IOException("no") : new BatchException(new Dictionary<int, string> { [batch.Count - 1] = "no" })) : ValueTask.CompletedTask,
        };
        await PipelineTest.RunAsync($"input: {{ test: {{}} }}\nlogger: {{ level: OFF }}\npipeline: {{ {pipeline}, processors: [ {{ dedupe: {{ cache: seen, key: '${{! content() }}' }} }} ] }}\noutput: {{ test: {{}} }}\n{Cache}", more: [input.Type, output.Type]);
        Assert.Equal(Enumerable.Range(0, 300).SelectMany(i => new[] { $"{i}", $"x{i}" }).Order(), output.Written.Order());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(", drop_on_err: false", "the key of dedupe failed: no")]
    public async Task A_key_that_cannot_be_made_drops_or_fails(string field, string expected)
    {
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync(
            $"pipeline: {{ threads: 1, processors: [ {{ dedupe: {{ cache: seen, key: '${{! throw(\"no\") }}'{field} }} }}, {{ catch: [ {{ mapping: root = error() }} ] }} ] }}\n{Cache}", "a\n");
        Assert.Equal(expected, string.Join('|', outcome.Lines));
    }
}
