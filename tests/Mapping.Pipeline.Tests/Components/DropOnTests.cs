using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Pipeline.Observability;
using Mapping.Pipeline.Running;

namespace Mapping.Pipeline.Tests.Components;

public class DropOnTests
{
    private static async Task<(TestInput Input, PipelineTest.Outcome Outcome)> RunAsync(string fields, TestOutput output, params string[] bodies)
    {
        var input = TestInput.Of(bodies);
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync($"input: {{ test: {{}} }}\npipeline: {{ threads: 1 }}\noutput: {{ drop_on: {{ {fields}, output: {{ test: {{}} }} }} }}\n", more: [input.Type, output.Type]);
        Assert.True(outcome.Finished);
        return (input, outcome);
    }

    private static TestOutput Failing(string reason) => new() { Before = (_, _, _) => throw new IOException(reason) };

    [Fact]
    public async Task Any_error_drops()
    {
        (TestInput input, PipelineTest.Outcome outcome) = await RunAsync("error: true", Failing("status 500"), "a");
        Assert.Null(input.Outcomes[0]);
        Assert.Contains("1 messages are dropped: status 500", outcome.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status 404", true)]
    [InlineData("status 500", false)]
    public async Task Errors_that_look_like_a_pattern_drop(string reason, bool drops)
    {
        (TestInput input, _) = await RunAsync("error_patterns: [ 'status 4\\d\\d', gone ]", Failing(reason), "a");
        Assert.Equal(drops, input.Outcomes[0] is null);
    }

    [Fact]
    public async Task Only_the_messages_whose_error_fits_are_dropped()
    {
        var input = new TestInput([() => Batch.Of(new[] { "a", "b", "c" }.Select(TestInput.Message))]);
        var output = new TestOutput { Before = (_, _, _) => throw new BatchException(new Dictionary<int, string> { [0] = "bad", [2] = "busy" }) };
        await PipelineTest.RunAsync("input: { test: {} }\noutput: { drop_on: { error_patterns: bad, output: { test: {} } } }\n", more: [input.Type, output.Type]);
        Assert.Equal(["b"], output.Written);
        Assert.Equal([2], input.Outcomes[0]!.Failures!.Keys);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(", error: true", true)]
    public async Task What_takes_too_long_is_given_up_and_so_is_what_follows(string field, bool drops)
    {
        var blocked = new TaskCompletionSource();
        var output = new TestOutput { Before = async (call, _, _) => await (call == 1 ? blocked.Task : Task.CompletedTask) };
        PipelineGraph graph = PipelineTest.Read($"logger: {{ level: OFF }}\noutput: {{ drop_on: {{ back_pressure: 20ms{field}, output: {{ test: {{}} }} }} }}\n", null, output.Type);
        await using var run = new PipelineRun(graph, new TextLog(TextWriter.Null, graph.Logger, TimeProvider.System), NoMetrics.Instance, TimeProvider.System, new PipelineTest.Streams(""));
        Assert.Equal(drops, await WriteAsync("a"));
        Assert.Equal(drops, await WriteAsync("b"));
        Assert.Equal(1, output.Calls);
        blocked.SetResult();

        // On a busy machine one that is free may be too slow, too.
        foreach (string body in new[] { "c", "d" })
        {
            for (bool accepted = false; !accepted || !output.Written.Contains(body);)
            {
                accepted = await WriteAsync(body);
            }
        }

        Assert.Equal(["a", "c", "d"], output.Written.Distinct());

        async Task<bool> WriteAsync(string body)
        {
            try
            {
                await run.Output.WriteAsync(new Batch(TestInput.Message(body)), CancellationToken.None);
                return true;
            }
            catch (Exception error) when (error.Message == "the output is too slow")
            {
                return false;
            }
        }
    }

    [Theory]
    [InlineData("error: true, error_patterns: [ a ]", "error drops whatever the reason, so patterns have no meaning")]
    [InlineData("error: false", "nothing says when to drop")]
    [InlineData("error_patterns: [ '(' ]", "\"(\" is no regular expression")]
    public void Fields_that_contradict_each_other_are_told(string fields, string problem) =>
        Assert.Contains($"P517: {problem}", PipelineTest.Lint($"output: {{ drop_on: {{ {fields}, output: {{ drop: {{}} }} }} }}\n"), StringComparison.Ordinal);
}
