using Mapping.Functions;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Tests.Running;

/// <summary>A message without a body passes every processor that has nothing to read in it.</summary>
public class TombstoneTests
{
    [Theory]
    [InlineData("mapping: 'root.a = this.a'")]
    [InlineData("mutation: 'root.a = this.a.uppercase()'")]
    [InlineData("bloblang: 'root = this'")]
    [InlineData("branch: { request_map: 'root = this.a', processors: [ { noop: {} } ] }")]
    [InlineData("try: [ { mapping: 'root = this.a' } ]")]
    [InlineData("catch: [ { mapping: 'root = \"caught\"' } ]")]
    [InlineData("try_catch: { processors: [ { mapping: 'root = this.a' } ], catch: [ { mapping: 'root = \"caught\"' } ] }")]
    [InlineData("switch: [ { processors: [ { mapping: 'root = this.a' } ] } ]")]
    [InlineData("for_each: [ { mapping: 'root = this.a' } ]")]
    [InlineData("processors: [ { mapping: 'root = this.a' } ]")]
    [InlineData("log: { message: seen }")]
    [InlineData("noop: {}")]
    [InlineData("sync_response: {}")]
    [InlineData("split: {}")]
    [InlineData("unarchive: { format: json_array }")]
    [InlineData("sleep: { duration: 1ms }")]
    [InlineData("retry: { processors: [ { mapping: 'root = this.a' } ] }")]
    [InlineData("sample: { ratio: 1 }")]
    [InlineData("partition: this.a")]
    [InlineData("metric: { type: counter, name: n }")]
    [InlineData("dedupe: { cache: c, key: k }")]
    [InlineData("cache: { resource: c, operator: set, key: k, value: '${! content() }' }")]
    [InlineData("cache: { resource: c, operator: delete, key: k }")]
    [InlineData("rate_limit: { resource: r }")]
    [InlineData("resource: p")]
    [InlineData("http: { url: 'http://localhost:1', retries: 0 }")]
    [InlineData("debezium: {}")]
    public async Task It_passes(string processor)
    {
        Message? written = null;
        var input = new TestInput([() => new Batch(Message.WithoutBody())]);
        var output = new TestOutput
        {
            Before = (_, batch, _) =>
            {
                written = batch[0];
                return ValueTask.CompletedTask;
            },
        };
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync($"input: {{ test: {{}} }}\npipeline: {{ processors: [ {{ {processor} }} ] }}\noutput: {{ test: {{}} }}\ncache_resources: [ {{ label: c, memory: {{}} }} ]\nrate_limit_resources: [ {{ label: r, local: {{}} }} ]\nprocessor_resources: [ {{ label: p, mapping: root = this.a }} ]\n", more: [input.Type, output.Type]);
        Assert.True(outcome.Finished);
        Assert.Null(input.Outcomes[0]);
        Assert.True(written!.IsNull);
        Assert.Null(written.Error);
    }

    [Fact]
    public void Every_processor_is_looked_at()
    {
        IEnumerable<string> tested = typeof(TombstoneTests).GetMethod(nameof(It_passes))!.GetCustomAttributes(typeof(InlineDataAttribute), false)
            .Select(static a => ((string)((InlineDataAttribute)a).GetData(null!).Single()[0]).Split(':')[0]);

        // An archive has a body, whatever it is made of.
        Assert.Equal(["archive"], StandardCatalogue.Instance.NamesOf(ComponentKind.Processor).Except(tested));
    }

    [Theory]
    [InlineData("json_array", "[null,1]")]
    [InlineData("lines", "\n1")]
    public async Task An_archive_of_some_has_a_place_for_each(string format, string expected)
    {
        var input = new TestInput([() => new Batch(Message.WithoutBody(), TestInput.Message("1"))]);
        var output = new TestOutput();
        await PipelineTest.RunAsync($"input: {{ test: {{}} }}\npipeline: {{ processors: [ {{ archive: {{ format: {format} }} }} ] }}\noutput: {{ test: {{}} }}\n", more: [input.Type, output.Type]);
        Assert.Equal([expected], output.Written);
    }

    [Fact]
    public async Task A_mapping_that_fails_for_another_reason_fails()
    {
        var input = new TestInput([() => new Batch(Message.WithoutBody())]);
        await PipelineTest.RunAsync("input: { test: {} }\npipeline: { processors: [ { mapping: 'root = throw(\"no\")' } ] }\noutput: { stdout: {} }\n", more: [input.Type]);
        Assert.NotNull(input.Outcomes[0]);
    }

    [Fact]
    public async Task An_empty_body_is_none()
    {
        var input = new TestInput([() => new Batch(TestInput.Message(""))]);
        await PipelineTest.RunAsync("input: { test: {} }\npipeline: { processors: [ { mapping: 'root = this.a' } ] }\noutput: { stdout: {} }\n", more: [input.Type]);
        Assert.NotNull(input.Outcomes[0]);
    }
}
