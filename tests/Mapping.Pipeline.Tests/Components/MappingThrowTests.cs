using System.Text;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Tests.Components;

/// <summary>A mapping that throws, which none should: here because of the clock that it asks.</summary>
public class MappingThrowTests
{
    private const string Failing = "mapping: 'root = if this == 2 { now() } else { this * 10 }'";

    [Fact]
    public async Task A_line_fails_alone()
    {
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync(
            Graph($"input: {{ stdin: {{ auto_replay_nacks: false }} }}\npipeline: {{ threads: 1, processors: [ {{ {Failing} }} ] }}\noutput: {{ stdout: {{}} }}\n"),
            "1\n2\n3\n",
            default);
        Assert.Equal(["10", "30"], outcome.Lines);
        Assert.Contains("a message failed: no time", outcome.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_message_of_a_batch_fails_alone(int size)
    {
        var input = new TestInput(Enumerable.Range(1, 3).Chunk(size).Select(bodies => (Func<Batch>)(() => Batch.Of(bodies.Select(n => TestInput.Message($"{n}"))))));
        var output = new TestOutput();
        await PipelineTest.RunAsync(Graph($"input: {{ test: {{}} }}\npipeline: {{ threads: 1, processors: [ {{ {Failing} }} ] }}\noutput: {{ test: {{}} }}\n", input.Type, output.Type), string.Empty, default);
        Assert.Equal(["10", "30"], output.Written);
        Assert.Contains("no time", Assert.Single(input.Outcomes.Values.OfType<Rejection>()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_body_that_was_broken_off_left_behind_is_in_no_other()
    {
        var bodies = new BodyWriter();
        "half a bo"u8.CopyTo(bodies.GetSpan(9));
        bodies.Advance(9);
        var batch = new Batch(TestInput.Message("1"));
        Assert.True(MappingResult.Of(MappingEnvironment.Full.Compile("root = this + 1"), batch, 0, bodies: bodies).ApplyTo(batch[0]));
        Assert.Equal("2", Encoding.UTF8.GetString(batch[0].Body.Span));
    }

    private static Pipeline.Graph.PipelineGraph Graph(string yaml, params Pipeline.Graph.ComponentType[] more) =>
        PipelineTest.Read(PipelineTest.Configured(yaml) with { Environment = MappingEnvironment.Full.WithClock(new BrokenClock()) }, more);

    private sealed class BrokenClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => throw new InvalidOperationException("no time");
    }
}
