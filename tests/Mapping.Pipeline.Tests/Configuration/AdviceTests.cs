namespace Mapping.Pipeline.Tests.Configuration;

/// <summary>Warnings of <c>blobl lint</c> about what is right but unwise.</summary>
public class AdviceTests
{
    [Fact]
    public void Failures_that_nothing_takes_aside_are_told_with_a_remedy() => Assert.Equal(
        """
        pipeline.yaml:3:1: warning P530: a message that fails is delivered again and again: nothing takes it aside
          3 | output:
            | ^^^^^^ give the output a dead-letter output beside it: fallback: [ THIS OUTPUT, { file: { path: failed.ndjson } } ]
        """.ReplaceLineEndings("\n"),
        Advice("input: { stdin: {} }\npipeline: { processors: [ { mapping: root = this.a.uppercase() } ] }\noutput:\n  stdout: {}\n").TrimEnd());

    [Theory]
    [InlineData("output: { fallback: [ { stdout: {} }, { file: { path: failed.ndjson } } ] }")]
    [InlineData("output: { resource: safe }\noutput_resources: [ { label: safe, fallback: [ { stdout: {} }, { file: { path: failed.ndjson } } ] } ]")]
    [InlineData("output: { switch: { cases: [ { check: errored(), output: { file: { path: failed.ndjson } } }, { output: { stdout: {} } } ] } }")]
    [InlineData("output: { drop: {} }")]
    [InlineData("error_handling: { strategy: none }")]
    public void Failures_that_are_taken_aside_are_fine(string rest) => Assert.Empty(Advice($"pipeline: {{ processors: [ {{ mapping: root = this.a.uppercase() }} ] }}\n{rest}\n"));

    [Theory]
    [InlineData("{ noop: {} }")]
    [InlineData("{ mapping: root = this }, { catch: [ { log: {} } ] }")]
    public void Processors_that_do_not_leave_failures_are_fine(string processors) => Assert.Empty(Advice($"pipeline: {{ processors: [ {processors} ] }}\n"));

    [Fact]
    public void A_batch_that_only_check_closes_is_told_also_where_it_runs() => Assert.Equal(
        """
        pipeline.yaml:3:52: warning P531: a batch may wait for ever: only check closes it
          3 |   broker: { outputs: [ { drop: {} } ], batching: { check: this.end } }
            |                                                    ^^^^^ set count, byte_size or period as well
        """.ReplaceLineEndings("\n"),
        PipelineTest.Lint("input: { stdin: {} }\noutput:\n  broker: { outputs: [ { drop: {} } ], batching: { check: this.end } }\n").TrimEnd());

    [Theory]
    [InlineData("count: 1000")]
    [InlineData("byte_size: 1MB")]
    [InlineData("period: 1s")]
    public void A_batch_that_something_else_closes_too_is_fine(string bound) =>
        Assert.Empty(PipelineTest.Lint($"output: {{ broker: {{ outputs: [ {{ drop: {{}} }} ], batching: {{ check: this.end, {bound} }} }} }}\n"));

    [Fact]
    public async Task A_warning_keeps_nothing_from_running()
    {
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync("output: { broker: { outputs: [ { stdout: {} } ], batching: { check: this.end } } }\n", "{\"end\":false}\n{\"end\":true}\n");
        Assert.Equal(2, outcome.Lines.Length);
    }

    private static string Advice(string yaml) => PipelineTest.Lint(PipelineTest.Configured(yaml) with { Advises = true });
}
