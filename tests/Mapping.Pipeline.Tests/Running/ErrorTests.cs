using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Tests.Running;

/// <summary>What becomes of a message that failed.</summary>
public class ErrorTests
{
    private const string Failing = "mapping: 'root = if this.n == 2 { throw(\"bad\") } else { this }'";

    private static async Task<(TestInput Input, TestOutput Output)> RunAsync(string rest)
    {
        var input = TestInput.Of("""{"n":1}""", """{"n":2}""", """{"n":3}""");
        var output = new TestOutput();
        await PipelineTest.RunAsync($"input: {{ test: {{}} }}\n{rest}", more: [input.Type, output.Type]);
        return (input, output);
    }

    [Fact]
    public async Task By_default_it_is_rejected_and_the_reason_names_the_component()
    {
        (TestInput input, TestOutput output) = await RunAsync($"pipeline:\n  threads: 1\n  processors: [ {{ {Failing} }} ]\noutput: {{ test: {{}} }}\n");
        Assert.Equal(["""{"n":1}""", """{"n":3}"""], output.Written);
        Assert.Null(input.Outcomes[0]);
        Assert.Null(input.Outcomes[2]);
        Assert.Equal("mapping (root.pipeline.processors.0) failed: failed assignment (line 1): bad", input.Outcomes[1]!.Reason);
    }

    [Fact]
    public async Task With_strategy_none_it_is_written_like_any_other()
    {
        (TestInput input, TestOutput output) = await RunAsync($"error_handling: {{ strategy: none }}\npipeline:\n  threads: 1\n  processors: [ {{ {Failing} }} ]\noutput: {{ test: {{}} }}\n");
        Assert.Equal(3, output.Written.Count);
        Assert.All(input.Outcomes.Values, Assert.Null);
    }

    [Theory]
    [InlineData("catch: [ { mapping: 'root.error = error()' } ]")]
    [InlineData("switch: [ { check: errored(), processors: [ { catch: [ { mapping: 'root.error = error()' } ] } ] } ]")]
    public async Task A_processor_can_put_it_right(string recovery)
    {
        (TestInput input, TestOutput output) = await RunAsync($"pipeline:\n  threads: 1\n  processors: [ {{ {Failing} }}, {{ {recovery} }} ]\noutput: {{ test: {{}} }}\n");
        Assert.Equal(["""{"n":1}""", """{"error":"failed assignment (line 1): bad"}""", """{"n":3}"""], output.Written);
        Assert.All(input.Outcomes.Values, Assert.Null);
    }

    [Fact]
    public async Task Try_catch_tells_the_recovery_what_went_wrong_and_where()
    {
        (_, TestOutput output) = await RunAsync($"pipeline:\n  threads: 1\n  processors:\n    - try_catch:\n        processors: [ {{ label: check, {Failing} }}, {{ mapping: 'root.ok = this.n' }} ]\n        catch: [ {{ mapping: 'root = @error' }} ]\noutput: {{ test: {{}} }}\n");
        Assert.Equal(["""{"ok":1}""", """{"what":"failed assignment (line 1): bad","name":"mapping","label":"check","path":"root.pipeline.processors.0.try_catch.processors.0"}""", """{"ok":3}"""], output.Written);
    }

    [Fact]
    public async Task In_a_try_it_skips_the_steps_that_follow()
    {
        (_, TestOutput output) = await RunAsync($"error_handling: {{ strategy: none }}\npipeline:\n  threads: 1\n  processors:\n    - try: [ {{ {Failing} }}, {{ mapping: 'root = content().string() + \"!\"' }} ]\noutput: {{ test: {{}} }}\n");
        Assert.Equal(["""{"n":1}!""", """{"n":2}""", """{"n":3}!"""], output.Written);
    }

    [Fact]
    public async Task An_output_switch_that_asks_for_errors_gets_it()
    {
        (TestInput input, TestOutput output) = await RunAsync($"pipeline:\n  threads: 1\n  processors: [ {{ {Failing} }} ]\noutput:\n  switch:\n    cases:\n      - check: errored()\n        output: {{ test: {{}} }}\n      - output: {{ drop: {{}} }}\n");
        Assert.Equal(["""{"n":2}"""], output.Written);
        Assert.All(input.Outcomes.Values, Assert.Null);
    }

    [Fact]
    public async Task Reject_errored_within_a_fallback_is_a_dead_letter_queue()
    {
        (TestInput input, TestOutput output) = await RunAsync($$"""
            pipeline:
              threads: 1
              processors: [ { {{Failing}} } ]
            output:
              fallback:
                - reject_errored: { drop: {} }
                - processors: [ { mapping: 'root = @fallback_error + "|" + error() + "|" + content().string()' } ]
                  test: {}
            """);
        Assert.Equal(["""failed assignment (line 1): bad|failed assignment (line 1): bad|{"n":2}"""], output.Written);
        Assert.All(input.Outcomes.Values, Assert.Null);
    }

    [Fact]
    public async Task A_fallback_to_a_shared_output_writes_it()
    {
        (_, TestOutput output) = await RunAsync($"pipeline:\n  threads: 1\n  processors: [ {{ {Failing} }} ]\noutput:\n  fallback: [ {{ stdout: {{}} }}, {{ resource: dead }} ]\noutput_resources:\n  - label: dead\n    test: {{}}\n");
        Assert.Equal(["""{"n":2}"""], output.Written);
    }

    [Fact]
    public async Task Strict_skips_the_processors_that_follow_and_rejects()
    {
        (TestInput input, TestOutput output) = await RunAsync($"error_handling: {{ strict: true }}\npipeline:\n  threads: 1\n  processors: [ {{ {Failing} }}, {{ catch: [ {{ mapping: 'root = 0' }} ] }} ]\noutput: {{ test: {{}} }}\n");
        Assert.Equal(["""{"n":1}""", """{"n":3}"""], output.Written);
        Assert.NotNull(input.Outcomes[1]);
    }

    [Fact]
    public async Task Only_the_failing_message_of_a_batch_is_rejected()
    {
        var input = new TestInput([() => new Batch(TestInput.Message("""{"n":1}"""), TestInput.Message("""{"n":2}"""), TestInput.Message("""{"n":3}"""))]);
        var output = new TestOutput();
        await PipelineTest.RunAsync($"input: {{ test: {{}} }}\npipeline: {{ threads: 1, processors: [ {{ {Failing} }} ] }}\noutput: {{ test: {{}} }}\n", more: [input.Type, output.Type]);
        Assert.Equal([1], input.Outcomes[0]!.Failures!.Keys);
        Assert.Equal(["""{"n":1}""", """{"n":3}"""], output.Written);
    }
}
