namespace Mapping.Pipeline.Tests.Running;

/// <summary>Lines that travel together, where each is a batch of its own.</summary>
public class LooseTests
{
    private const string Input = "1\n2\n3\n4\n5\n";

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Every_line_is_alone_in_its_batch(int threads)
    {
        PipelineTest.Outcome outcome = await RunAsync("root = content() + \" is %v of %v\".format(batch_index(), batch_size())", threads);
        Assert.Equal(["1 is 0 of 1", "2 is 0 of 1", "3 is 0 of 1", "4 is 0 of 1", "5 is 0 of 1"], outcome.Lines.Order());
    }

    [Fact]
    public async Task Lines_that_are_removed_leave_the_others_in_order()
    {
        PipelineTest.Outcome outcome = await RunAsync("root = if this % 2 == 0 { deleted() }");
        Assert.Equal(["1", "3", "5"], outcome.Lines);
    }

    [Fact]
    public async Task A_line_that_fails_is_rejected_alone()
    {
        PipelineTest.Outcome outcome = await RunAsync("root = if this == 3 { throw(\"no three\") }");
        Assert.Equal(["1", "2", "4", "5"], outcome.Lines);
        Assert.Equal(0, outcome.Open);
        Assert.Contains("no three", outcome.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_rejected_is_delivered_again_and_nothing_else()
    {
        // The second attempt succeeds: a count is a state of the mapping.
        PipelineTest.Outcome outcome = await RunAsync("root = if this == 3 && counter() < 2 { throw(\"not yet\") }", replays: true);
        Assert.Equal(["1", "2", "4", "5", "3"], outcome.Lines);
    }

    private static Task<PipelineTest.Outcome> RunAsync(string mapping, int threads = 1, bool replays = false) => PipelineTest.RunAsync(
        $"input: {{ stdin: {{ auto_replay_nacks: {(replays ? "true" : "false")} }} }}\npipeline:\n  threads: {threads}\n  processors:\n    - mapping: |\n        {mapping}\noutput: {{ stdout: {{}} }}\n",
        Input);
}
