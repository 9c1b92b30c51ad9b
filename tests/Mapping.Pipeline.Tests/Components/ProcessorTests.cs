using System.Text;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Tests.Components;

public class ProcessorTests
{
    /// <summary>What becomes of one batch.</summary>
    private static async Task<string> RunAsync(string processors, params string[] batch)
    {
        var input = new TestInput([() => Batch.Of(batch.Select(TestInput.Message))]);
        var output = new TestOutput();
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync(
            $"input: {{ test: {{}} }}\nerror_handling: {{ strategy: none }}\npipeline:\n  threads: 1\n  processors:\n{processors}\noutput: {{ test: {{}} }}\n", more: [input.Type, output.Type]);
        Assert.True(outcome.Finished);
        return string.Join(" / ", output.WrittenBatches.Select(b => string.Join(" ", b)));
    }

    [Fact]
    public async Task A_mapping_sees_the_batch_as_it_was() =>
        Assert.Equal("""{"n":[1,2]} {"n":[1,2]}""", await RunAsync("    - mapping: root.n = json(\"n\").from_all()", """{"n":1}""", """{"n":2}"""));

    [Fact]
    public async Task A_mapping_sees_metadata_as_it_was() =>
        Assert.Equal("none none", await RunAsync("    - mapping: |\n        meta k = \"set\"\n        root = metadata(\"k\").from(0).or(\"none\")", "{}", "{}"));

    [Fact]
    public async Task A_mutation_changes_the_document() => Assert.Equal("""{"a":1,"b":2}""", await RunAsync("    - mutation: root.b = this.a + 1", """{"a":1}"""));

    [Fact]
    public async Task A_branch_brings_back_only_what_is_asked_for() => Assert.Equal(
        """{"id":"x","name":"keep","found":"X"}""",
        await RunAsync("    - branch:\n        request_map: root = this.id\n        processors: [ { mapping: root = content().uppercase() } ]\n        result_map: root.found = content().string()", """{"id":"x","name":"keep"}"""));

    [Fact]
    public async Task A_branch_skips_messages_its_request_removes() => Assert.Equal(
        """{"n":1} {"n":2,"r":"2!"}""",
        await RunAsync("    - branch:\n        request_map: root = if this.n == 1 { deleted() } else { this.n }\n        processors: [ { mapping: 'root = content().string() + \"!\"' } ]\n        result_map: root.r = content().string()", """{"n":1}""", """{"n":2}"""));

    [Theory]
    [InlineData("request_map: root = throw(\"a\"), processors: [ { noop: {} } ]", "request mapping failed: failed assignment (line 1): a")]
    [InlineData("processors: [ { mapping: root = throw(\"b\") } ]", "processors failed: failed assignment (line 1): b")]
    [InlineData("processors: [ { mapping: root = deleted() } ]", "processors failed: they made 0 messages of 1")]
    [InlineData("processors: [ { noop: {} } ], result_map: root = throw(\"c\")", "result mapping failed: failed assignment (line 1): c")]
    public async Task A_branch_that_fails_keeps_the_content_and_says_which_part_failed(string branch, string expected) => Assert.Equal(
        $"{{\"a\":1}} {expected}",
        await RunAsync($"    - branch: {{ {branch} }}\n    - catch: [ {{ mapping: 'root = content().string() + \" \" + error()' }} ]", """{"a":1}"""));

    [Fact]
    public async Task A_branch_sets_metadata_of_the_original_from_that_of_the_copy() => Assert.Equal(
        "copied",
        await RunAsync("    - branch:\n        processors: [ { mapping: meta k = \"copied\" } ]\n        result_map: meta k = metadata(\"k\")\n    - mapping: root = @k", "{}"));

    [Theory]
    [InlineData("{ \"a\" : 1, \"a\" : 2 }")]
    [InlineData("\"hello\"")]
    [InlineData("no JSON")]
    public async Task A_branch_that_only_sets_metadata_leaves_the_body_byte_for_byte(string body) => Assert.Equal(
        body,
        await RunAsync("    - branch:\n        request_map: root = \"x\"\n        processors: [ { noop: {} } ]\n        result_map: meta k = content().string()", body));

    [Fact]
    public async Task A_switch_runs_the_first_case_that_fits_and_keeps_the_order() => Assert.Equal(
        "odd1 even2 odd3 4",
        await RunAsync("    - switch:\n        - check: this == 4\n          processors: [ { noop: {} } ]\n        - check: this % 2 == 1\n          processors: [ { mapping: 'root = \"odd\" + content().string()' } ]\n        - processors: [ { mapping: 'root = \"even\" + content().string()' } ]", "1", "2", "3", "4"));

    [Fact]
    public async Task A_case_may_fall_through_or_go_on_testing() => Assert.Equal(
        "1ab 2ac",
        await RunAsync("    - switch:\n        - check: this == 1\n          fallthrough: true\n          processors: [ { mapping: root = content() + \"a\" } ]\n        - check: this == 9\n          processors: [ { mapping: root = content() + \"b\" } ]\n        - check: this == 2\n          continue: true\n          processors: [ { mapping: root = content() + \"a\" } ]\n        - check: content().string() == \"2a\"\n          processors: [ { mapping: root = content() + \"c\" } ]", "1", "2"));

    [Fact]
    public async Task A_check_that_fails_flags_the_message() => Assert.StartsWith(
        "the check of a case failed: failed assignment (line 1): cannot compare types ",
        await RunAsync("    - switch: [ { check: 'this > 1', processors: [ { noop: {} } ] } ]\n    - catch: [ { mapping: root = error() } ]", "\"x\""));

    [Fact]
    public async Task For_each_gives_each_message_alone() => Assert.Equal("1 1", await RunAsync("    - for_each: [ { mapping: root = batch_size() } ]", "{}", "{}"));

    [Fact]
    public async Task Processors_gives_them_together() => Assert.Equal("2 2", await RunAsync("    - processors: [ { mapping: root = batch_size() } ]", "{}", "{}"));

    [Fact]
    public async Task Log_writes_a_line_with_fields_and_passes_on()
    {
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync("pipeline: { processors: [ { label: seen, log: { level: WARN, message: 'got ${! this.a }', fields_mapping: 'root = {\"id\": this.a, \"s\": \"x y\"}' } } ] }\n", "{\"a\":1}\n");
        Assert.Equal("level=warn msg=\"got 1\" label=seen path=root.pipeline.processors.0 custom_source=true id=1 s=\"x y\"\n", outcome.Log.ReplaceLineEndings("\n"));
        Assert.Equal(["{\"a\":1}"], outcome.Lines);
    }

    [Fact]
    public async Task Shared_processors_are_named()
    {
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync("pipeline: { processors: [ { resource: up } ] }\nprocessor_resources: [ { label: up, mapping: root = content().uppercase() } ]\n", "a\n");
        Assert.Equal(["A"], outcome.Lines);
    }

    [Fact]
    public async Task Processors_beside_input_and_output_run_too()
    {
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync("input: { stdin: {}, processors: [ { mapping: root = content() + \"i\" } ] }\npipeline: { processors: [ { mapping: root = content() + \"p\" } ] }\noutput: { stdout: {}, processors: [ { mapping: root = content() + \"o\" } ] }\n", "a\n");
        Assert.Equal(["aipo"], outcome.Lines);
    }

    [Fact]
    public void A_body_stays_what_it_was_for_the_reader_of_it() => Assert.Equal("x", Encoding.UTF8.GetString(TestInput.Message("x").Copy().Body.Span));
}
