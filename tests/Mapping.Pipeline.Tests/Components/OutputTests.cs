using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Tests.Components;

public class OutputTests
{
    private static async Task<(TestInput Input, PipelineTest.Outcome Outcome)> RunAsync(string output, TestOutput test, params string[] bodies)
    {
        var input = new TestInput([() => Batch.Of(bodies.Select(TestInput.Message))]);
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync($"input: {{ test: {{}} }}\npipeline: {{ threads: 1 }}\n{output}", more: [input.Type, test.Type]);
        Assert.True(outcome.Finished);
        return (input, outcome);
    }

    [Fact]
    public async Task Reject_gives_its_text_for_every_message()
    {
        (TestInput input, _) = await RunAsync("output: { reject: 'no ${! this.n }' }\n", new TestOutput(), """{"n":1}""", """{"n":2}""");
        Assert.Equal("no 1", input.Outcomes[0]!.ReasonOf(0));
        Assert.Equal("no 2", input.Outcomes[0]!.ReasonOf(1));
    }

    [Fact]
    public async Task Drop_is_done() => Assert.Null((await RunAsync("output: { drop: {} }\n", new TestOutput(), "1")).Input.Outcomes[0]);

    [Fact]
    public async Task Retry_writes_only_what_failed_again()
    {
        var output = new TestOutput { Before = (call, _, _) => call <= 2 ? throw new BatchException(new Dictionary<int, string> { [0] = "busy" }) : ValueTask.CompletedTask };
        (TestInput input, _) = await RunAsync("output: { retry: { backoff: { initial_interval: 1ms }, output: { test: {} } } }\n", output, "a", "b");
        Assert.Equal(["b", "a"], output.Written);
        Assert.Equal(3, output.Calls);
        Assert.Null(input.Outcomes[0]);
    }

    [Fact]
    public async Task Retry_gives_up_after_so_many_attempts()
    {
        var output = new TestOutput { Before = (_, _, _) => throw new IOException("busy") };
        (TestInput input, _) = await RunAsync("output: { retry: { max_retries: 2, backoff: { initial_interval: 1ms }, output: { test: {} } } }\n", output, "a");
        Assert.Equal(3, output.Calls);
        Assert.Equal("busy", input.Outcomes[0]!.Reason);
    }

    [Fact]
    public async Task Fallback_moves_on_only_what_failed()
    {
        var output = new TestOutput { Before = (_, _, _) => throw new BatchException(new Dictionary<int, string> { [1] = "full" }) };
        (TestInput input, PipelineTest.Outcome outcome) = await RunAsync("output: { fallback: [ { test: {} }, { stdout: {}, processors: [ { mapping: root = content() + \" \" + @fallback_error } ] } ] }\n", output, "a", "b", "c");
        Assert.Equal(["b full"], outcome.Lines);
        Assert.Null(input.Outcomes[0]);
    }

    [Fact]
    public async Task The_last_failure_of_a_fallback_is_the_reason()
    {
        var output = new TestOutput { Before = (_, _, _) => throw new IOException("first") };
        (TestInput input, _) = await RunAsync("output: { fallback: [ { test: {} }, { reject: second } ] }\n", output, "a", "b");
        Assert.Equal("second", input.Outcomes[0]!.ReasonOf(1));
    }

    [Fact]
    public async Task A_switch_splits_a_batch_and_gathers_its_failures()
    {
        var output = new TestOutput();
        (TestInput input, PipelineTest.Outcome outcome) = await RunAsync("output: { switch: { cases: [ { check: this == 1, output: { reject: one } }, { check: this == 2, continue: true, output: { test: {} } }, { check: this < 4, output: { stdout: {} } } ] } }\n", output, "1", "2", "3", "4");
        Assert.Equal(["2"], output.Written);
        Assert.Equal(["2", "3"], outcome.Lines);
        Assert.Equal([0], input.Outcomes[0]!.Failures!.Keys);
    }

    [Fact]
    public async Task A_strict_switch_rejects_what_fits_no_case()
    {
        (TestInput input, _) = await RunAsync("output: { switch: { strict_mode: true, cases: [ { check: this == 1, output: { drop: {} } } ] } }\n", new TestOutput(), "1", "2");
        Assert.Equal([1], input.Outcomes[0]!.Failures!.Keys);
    }

    [Fact]
    public async Task A_switch_can_write_again_until_it_succeeds()
    {
        var output = new TestOutput { Before = (call, _, _) => call == 1 ? throw new IOException("busy") : ValueTask.CompletedTask };
        (TestInput input, _) = await RunAsync("output: { switch: { retry_until_success: true, cases: [ { output: { test: {} } } ] } }\n", output, "a");
        Assert.Equal(["a"], output.Written);
        Assert.Null(input.Outcomes[0]);
    }

    [Fact]
    public async Task Sync_response_fails_where_nobody_waits_for_an_answer()
    {
        (TestInput input, _) = await RunAsync("output: { sync_response: {} }\n", new TestOutput(), "a");
        Assert.Equal("the input of these messages has no caller to answer", input.Outcomes[0]!.Reason);
    }

    [Fact]
    public async Task Sync_response_leaves_a_copy_for_the_caller()
    {
        var responses = new ResponseStore();
        var output = new Mapping.Pipeline.Components.Outputs.SyncResponseOutput();
        Delivery delivery = new Delivery(new Batch(TestInput.Message("a")), responses: responses).Track();
        await output.WriteAsync(delivery.Messages, CancellationToken.None);
        delivery.Messages[0].Body = "changed"u8.ToArray();
        Assert.Equal("a"u8.ToArray(), responses.ToList().Single()[0].Body.ToArray());
    }

    [Fact]
    public async Task Inproc_hands_over_and_waits_for_the_other_end()
    {
        var channels = new Mapping.Pipeline.Running.InternalChannels();
        using IDisposable sender = channels.Open("x");
        ValueTask sent = channels.SendAsync("x", new Batch(TestInput.Message("a")), CancellationToken.None);
        Delivery received = (await channels.ReceiveAsync("x", CancellationToken.None))!;
        Assert.False(sent.IsCompleted);
        await received.SettleAsync(new Rejection("no"));
        BatchException error = await Assert.ThrowsAsync<BatchException>(async () => await sent);
        Assert.Equal("no", error.Message);
        sender.Dispose();
        Assert.Null(await channels.ReceiveAsync("x", CancellationToken.None));
    }
}
