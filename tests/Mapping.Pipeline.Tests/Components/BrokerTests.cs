using System.Collections.Concurrent;
using System.Text;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Tests.Components;

public class BrokerTests
{
    /// <summary>Outputs <c>test: N</c>, each with a script of its own.</summary>
    private sealed class Outputs(params Func<int, Batch, CancellationToken, ValueTask>[] scripts)
    {
        private readonly int[] calls = new int[scripts.Length];

        public ConcurrentQueue<string>[] Written { get; } = [.. scripts.Select(_ => new ConcurrentQueue<string>())];

        public int MaxInFlight { get; init; } = 1;

        public ComponentType Type => Component.Output("test", "A test.", Config.Fields.TextValue, (number, _) => new Output(this, int.Parse(number, System.Globalization.CultureInfo.InvariantCulture)));

        private sealed class Output(Outputs owner, int number) : IOutput
        {
            public int MaxInFlight => owner.MaxInFlight;

            public async ValueTask WriteAsync(Batch batch, CancellationToken cancellation)
            {
                await owner.Script(number)(Interlocked.Increment(ref owner.calls[number]), batch, cancellation);
                foreach (Mapping.Functions.Message message in batch)
                {
                    owner.Written[number].Enqueue(Encoding.UTF8.GetString(message.Body.Span));
                }
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }

        private Func<int, Batch, CancellationToken, ValueTask> Script(int number) => scripts[number];
    }

    private static readonly Func<int, Batch, CancellationToken, ValueTask> Fine = static (_, _, _) => ValueTask.CompletedTask;

    private static readonly Func<int, Batch, CancellationToken, ValueTask> FailsOnce = static (call, _, _) => call == 1 ? throw new IOException("busy") : ValueTask.CompletedTask;

    private static async Task<TestInput> RunAsync(string fields, Outputs outputs, bool replays, params string[] bodies)
    {
        var input = new TestInput(bodies.Select(body => (Func<Batch>)(() => new Batch(TestInput.Message(body))))) { ReplaysRejected = replays };
        await RunAsync(fields, outputs, input);
        return input;
    }

    private static async Task RunAsync(string fields, Outputs outputs, TestInput input)
    {
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync(
            $"input: {{ test: {{}} }}\nlogger: {{ level: OFF }}\npipeline: {{ threads: 1 }}\noutput: {{ broker: {{ outputs: [ {string.Join(", ", outputs.Written.Select((_, i) => $"{{ test: '{i}' }}"))} ], {fields} }} }}\n", more: [input.Type, outputs.Type]);
        Assert.True(outcome.Finished);
    }

    [Theory]
    [InlineData("fan_out")]
    [InlineData("fan_out_fail_fast")]
    [InlineData("fan_out_sequential")]
    [InlineData("fan_out_sequential_fail_fast")]
    public async Task Fan_out_writes_to_all_in_order(string pattern)
    {
        var outputs = new Outputs(Fine, Fine, Fine);
        TestInput input = await RunAsync($"pattern: {pattern}", outputs, false, "1", "2", "3");
        Assert.All(outputs.Written, w => Assert.Equal(["1", "2", "3"], w));
        Assert.All(input.Outcomes.Values, Assert.Null);
    }

    [Theory]
    [InlineData("fan_out")]
    [InlineData("fan_out_sequential")]
    public async Task A_failing_output_is_tried_again_alone(string pattern)
    {
        var outputs = new Outputs(Fine, FailsOnce);
        TestInput input = await RunAsync($"pattern: {pattern}", outputs, false, "1", "2");
        Assert.Equal(["1", "2"], outputs.Written[0]);
        Assert.Equal(["1", "2"], outputs.Written[1].Order());
        Assert.All(input.Outcomes.Values, Assert.Null);
    }

    [Theory]
    [InlineData("fan_out_fail_fast", "1 1 2")]
    [InlineData("fan_out_sequential_fail_fast", "1 1 2")]
    public async Task Fail_fast_rejects_and_all_get_the_message_again(string pattern, string expected)
    {
        var outputs = new Outputs(Fine, FailsOnce);
        await RunAsync($"pattern: {pattern}", outputs, true, "1", "2");
        Assert.Equal(expected, string.Join(' ', outputs.Written[0].Order()));
        Assert.Equal(["1", "2"], outputs.Written[1].Order());
    }

    [Fact]
    public async Task A_message_is_acknowledged_when_the_last_output_has_it()
    {
        var second = new TaskCompletionSource();
        var outputs = new Outputs(Fine, async (_, _, _) => await second.Task);
        var input = TestInput.Of("1");
        Task run = PipelineTest.RunAsync("input: { test: {} }\noutput: { broker: { outputs: [ { test: '0' }, { test: '1' } ] } }\n", more: [input.Type, outputs.Type]);
        while (outputs.Written[0].IsEmpty)
        {
            await Task.Delay(5);
        }

        await Task.Delay(50);
        Assert.Empty(input.Outcomes);
        second.SetResult();
        await run;
        Assert.Single(input.Outcomes);
    }

    [Fact]
    public async Task A_message_with_an_error_is_rejected_instead_of_tried_for_ever()
    {
        var input = TestInput.Of("{", "1");
        var outputs = new Outputs(Fine, Fine);
        await PipelineTest.RunAsync("input: { test: {} }\nlogger: { level: OFF }\npipeline: { threads: 1, processors: [ { mapping: root = this } ] }\noutput: { broker: { outputs: [ { test: '0' }, { test: '1' } ] } }\n", more: [input.Type, outputs.Type]);
        Assert.NotNull(input.Outcomes[0]);
        Assert.Null(input.Outcomes[1]);
        Assert.Equal(["1"], outputs.Written[1]);
    }

    [Fact]
    public async Task Round_robin_takes_turns_and_a_failure_is_one()
    {
        var outputs = new Outputs(Fine, FailsOnce);
        TestInput input = await RunAsync("pattern: round_robin", outputs, false, "1", "2", "3", "4");
        Assert.Equal(["1", "3"], outputs.Written[0]);
        Assert.Equal(["4"], outputs.Written[1]);
        Assert.Equal("busy", input.Outcomes[1]!.Reason);
    }

    [Fact]
    public async Task Greedy_gives_to_whoever_is_free()
    {
        var blocked = new TaskCompletionSource();
        var outputs = new Outputs(async (_, _, _) => await blocked.Task, (_, batch, _) =>
        {
            if (batch[0].Body.Span[0] == '9')
            {
                blocked.SetResult();
            }

            return ValueTask.CompletedTask;
        });
        await RunAsync("pattern: greedy", outputs, false, "1", "2", "3", "9");
        Assert.Equal(["1"], outputs.Written[0]);
        Assert.Equal(["2", "3", "9"], outputs.Written[1]);
    }

    [Fact]
    public async Task Copies_and_batching()
    {
        var outputs = new Outputs(Fine, Fine);

        // Together, for the end of the input closes batches before they are full.
        var input = new TestInput([static () => Batch.Of(Enumerable.Range(1, 5).Select(static n => TestInput.Message($"{n}")))]);
        await RunAsync("pattern: round_robin, copies: 2, batching: { count: 2 }", outputs, input);
        Assert.Equal(["1", "2", "5"], outputs.Written[0].Order());
        Assert.Equal(["3", "4"], outputs.Written[1].Order());
    }

    [Fact]
    public void A_reject_that_would_be_tried_for_ever_is_a_mistake() => Assert.Contains(
        "P517: the broker would write to a reject for ever", PipelineTest.Lint("output: { broker: { outputs: [ { reject: no }, { drop: {} } ] } }\n"), StringComparison.Ordinal);

    [Fact]
    public async Task Inputs_are_read_together_each_in_its_order()
    {
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync("""
            input:
              broker:
                copies: 2
                inputs:
                  - generate: { count: 50, interval: '', mapping: 'root = "a" + counter().string()' }
                  - generate: { count: 20, interval: '', mapping: 'root = "b" + counter().string()' }
            pipeline: { threads: 1 }
            """);
        Assert.True(outcome.Finished);
        Assert.Equal(140, outcome.Lines.Length);
        Assert.Equal(Enumerable.Range(1, 100), outcome.Lines.Where(l => l[0] == 'a').Select(l => int.Parse(l[1..], System.Globalization.CultureInfo.InvariantCulture)).Order());
    }

    [Fact]
    public async Task Messages_of_several_inputs_are_replayed_and_batched()
    {
        var output = new TestOutput { Before = (call, _, _) => call % 3 == 0 ? throw new IOException("no") : ValueTask.CompletedTask };
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync("""
            logger: { level: OFF }
            input:
              broker:
                batching: { count: 7 }
                inputs:
                  - generate: { count: 30, interval: '', mapping: 'root = "a"' }
                  - generate: { count: 30, interval: '', mapping: 'root = "b"' }
            output: { test: {} }
            """, more: [output.Type]);
        Assert.True(outcome.Finished);
        Assert.Equal(30, output.Written.Count(w => w == "a"));
        Assert.Equal(30, output.Written.Count(w => w == "b"));
        Assert.Contains(output.WrittenBatches, b => b.Length == 7);
    }

    [Fact]
    public async Task An_input_that_cannot_be_reached_does_not_hold_up_the_others()
    {
        using var stop = new CancellationTokenSource();
        var output = new TestOutput();
        ComponentType broken = Component.Input<bool>("broken", "A test.", Component.NoFields, static (_, _) => new Unreachable());
        Task<PipelineTest.Outcome> run = PipelineTest.RunAsync(
            PipelineTest.Read("logger: { level: OFF }\ninput: { broker: { inputs: [ { broken: {} }, { generate: { count: 5, interval: '', mapping: root = 1 } } ] } }\noutput: { test: {} }\n", null, output.Type, broken), "", stop.Token);
        while (output.Written.Count < 5)
        {
            await Task.Delay(10);
        }

        await stop.CancelAsync();
        Assert.True((await run).Finished);
    }

    private sealed class Unreachable : IInput
    {
        public ValueTask ConnectAsync(CancellationToken cancellation) => throw new IOException("no way");

        public ValueTask<Delivery?> ReadAsync(CancellationToken cancellation) => throw new IOException("no way");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
