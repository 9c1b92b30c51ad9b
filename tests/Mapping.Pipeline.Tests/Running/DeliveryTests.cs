using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Mapping.Functions;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Pipeline.Running;
using Mapping.Testing;

namespace Mapping.Pipeline.Tests.Running;

/// <summary>At least once, in order where it is promised, and bounded.</summary>
public class DeliveryTests
{
    private static IEnumerable<Func<Batch>> Numbers(int count) => Enumerable.Range(0, count).Select(i => (Func<Batch>)(() => new Batch(TestInput.Message($$"""{"n":{{i}},"k":{{i % 17}}}"""))));

    private static int NumberOf(string text) => int.Parse(text[5..text.IndexOf(',', StringComparison.Ordinal)], CultureInfo.InvariantCulture);

    [Fact]
    public async Task What_an_output_rejects_is_delivered_again_until_it_is_written()
    {
        var random = new Random(3);
        var input = new TestInput(Numbers(500)) { ReplaysRejected = true };
        var output = new TestOutput
        {
            Before = (_, _, _) => random.Next(5) == 0 ? throw new IOException("no") : ValueTask.CompletedTask,
        };
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync("input: { test: {} }\npipeline: { threads: 2 }\noutput: { test: {} }\n", more: [input.Type, output.Type]);
        Assert.True(outcome.Finished);
        Assert.Equal(Enumerable.Range(0, 500), output.Written.Select(NumberOf).Order());
        Assert.Equal(500, input.Outcomes.Count);
        Assert.All(input.Outcomes.Values, Assert.Null);
    }

    [Fact]
    public async Task What_was_read_when_the_stop_came_is_written()
    {
        using var stop = new CancellationTokenSource();
        var input = new TestInput(Numbers(10).Select((make, i) => (Func<Batch>)(() =>
        {
            if (i == 2)
            {
                stop.Cancel();
            }

            return make();
        })));
        var output = new TestOutput();
        Graph.PipelineGraph graph = PipelineTest.Read("input: { test: {} }\noutput: { test: {} }\nshutdown_timeout: 5s\n", more: [input.Type, output.Type]);
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync(graph, "", stop.Token);
        Assert.True(outcome.Finished);
        Assert.Equal(3, input.Read);
        Assert.Equal([0, 1, 2], output.Written.Select(NumberOf).Order());
    }

    [Fact]
    public async Task Nothing_is_acknowledged_before_it_is_written()
    {
        var input = new TestInput(Numbers(300)) { ReplaysRejected = true };
        var written = new ConcurrentDictionary<int, bool>();
        var output = new TestOutput
        {
            MaxInFlight = 16,
            Before = async (_, batch, cancellation) =>
            {
                int number = NumberOf(Encoding.UTF8.GetString(batch[0].Body.Span));
                Assert.False(input.Outcomes.ContainsKey(number));
                await Task.Yield();
                Assert.False(input.Outcomes.ContainsKey(number));
                written[number] = true;
            },
        };
        await PipelineTest.RunAsync("input: { test: {} }\npipeline: { threads: 3 }\noutput: { test: {} }\n", more: [input.Type, output.Type]);
        Assert.Equal(300, written.Count);
        Assert.Equal(300, input.Outcomes.Count);
    }

    [Fact]
    public async Task One_thread_and_one_write_in_flight_keep_the_order()
    {
        int count = 20_000 * TestScale.Factor;
        var input = new TestInput(Numbers(count));
        var output = new TestOutput();
        await PipelineTest.RunAsync("input: { test: {} }\npipeline: { threads: 1, processors: [ { mapping: root = this } ] }\noutput: { test: {} }\n", more: [input.Type, output.Type]);
        Assert.Equal(Enumerable.Range(0, count), output.Written.Select(NumberOf));
    }

    [Fact]
    public async Task Keys_keep_their_order_with_many_workers_delays_and_failures()
    {
        int count = 5_000 * TestScale.Factor;
        int calls = 0;
        var input = new TestInput(Numbers(count).Chunk(3).Select(c => (Func<Batch>)(() => Batch.Of(c.SelectMany(f => f())))));
        var output = new TestOutput
        {
            MaxInFlight = 8,
            Before = async (_, _, cancellation) =>
            {
                int call = Interlocked.Increment(ref calls);
                if (call % 7 == 0)
                {
                    await Task.Yield();
                }

                if (call % 31 == 0)
                {
                    throw new IOException("no");
                }
            },
        };
        await PipelineTest.RunAsync("input: { test: {} }\nlogger: { level: OFF }\npipeline: { threads: 4, partition_by: this.k, processors: [ { mapping: root = this } ] }\noutput: { test: {} }\n", more: [input.Type, output.Type]);
        int[] numbers = [.. output.Written.Select(NumberOf)];
        Assert.Equal(Enumerable.Range(0, count), numbers.Order());
        foreach (IGrouping<int, int> key in numbers.GroupBy(n => n % 17))
        {
            Assert.Equal(key.Order(), key);
        }

        Assert.All(input.Outcomes.Values, Assert.Null);
    }

    [Fact]
    public async Task An_output_that_stops_stops_the_input()
    {
        var blocked = new TaskCompletionSource();
        using var stop = new CancellationTokenSource();
        var input = new TestInput(Numbers(1_000_000));
        var output = new TestOutput { MaxInFlight = 4, Before = async (_, _, _) => await blocked.Task };
        Task<PipelineTest.Outcome> run = PipelineTest.RunAsync(PipelineTest.Read("input: { test: {} }\npipeline: { threads: 2 }\noutput: { test: {} }\n", null, input.Type, output.Type), "", stop.Token);
        int before = -1;
        while (before != input.Read || output.Calls < 4)
        {
            before = input.Read;
            await Task.Delay(100);
        }

        // Groups: one being filled, one queued, one for each worker, one queued, one being handed over.
        Assert.InRange(input.Read, 4, 4 + (6 * Mapping.Pipeline.Running.PipelineRun.LargestGroup));
        blocked.SetResult();
        await stop.CancelAsync();
        Assert.True((await run).Finished);
        Assert.Equal(input.Read, output.Written.Count);
    }

    [Fact]
    public async Task A_batching_policy_groups_and_the_end_flushes_the_rest()
    {
        // The last five come together, for the end does not wait for those that come one by one.
        var full = new TaskCompletionSource();
        var input = new TestInput([.. Numbers(20), () => Of(20, 5)]) { ReplaysRejected = true, Ends = full.Task };
        var output = new TestOutput { Batching = new BatchPolicy(Count: 10), Before = (call, _, _) => EndAt(2, call, full) };
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync("input: { test: {} }\npipeline: { threads: 1 }\noutput: { test: {} }\n", more: [input.Type, output.Type]);
        Assert.True(outcome.Finished);
        Assert.Equal([10, 10, 5], output.WrittenBatches.Select(b => b.Length));
        Assert.Equal(21, input.Outcomes.Count);
    }

    [Fact]
    public async Task Batches_are_cut_anew()
    {
        var full = new TaskCompletionSource();
        var input = new TestInput([() => Batch.Of(Numbers(7).SelectMany(f => f())), () => Batch.Of(Numbers(7).SelectMany(f => f()))]) { Ends = full.Task };
        var output = new TestOutput { Batching = new BatchPolicy(ByteSize: 32), Before = (call, _, _) => EndAt(4, call, full) };
        await PipelineTest.RunAsync("input: { test: {} }\npipeline: { threads: 1 }\noutput: { test: {} }\n", more: [input.Type, output.Type]);
        Assert.All(output.WrittenBatches.SkipLast(1), b => Assert.Equal(3, b.Length));
        Assert.Equal(14, output.Written.Count);
    }

    [Fact]
    public async Task The_policy_of_an_input_cuts_what_was_read_together()
    {
        var input = new TestInput([() => Of(0, 3), () => Of(3, 8), () => Of(11, 1)]);
        var output = new TestOutput { Before = (_, batch, _) => batch.Any(m => Text(m) == """{"n":6}""") ? throw new BatchException(new Dictionary<int, string> { [1] = "no" }) : ValueTask.CompletedTask };
        await PipelineTest.RunAsync("input: { broker: { inputs: [ { test: {} } ], batching: { count: 5 } } }\npipeline: { threads: 1 }\noutput: { test: {} }\n", more: [input.Type, output.Type]);
        Assert.Equal([5, 4, 2], output.WrittenBatches.Select(b => b.Length));
        Assert.Equal(Enumerable.Range(0, 12).Where(n => n != 6).Select(n => $$"""{"n":{{n}}}"""), output.Written);

        // Number 6 is the fourth message of the second delivery; nothing of the others failed.
        Assert.Equal([null, "no", null], Enumerable.Range(0, 3).Select(i => input.Outcomes[i]?.Reason));
        Assert.Equal([3], input.Outcomes[1]!.Failures!.Keys);
    }

    [Fact]
    public async Task A_check_closes_a_batch_and_leaves_no_trace()
    {
        var input = new TestInput([() => Of(0, 8)]);
        var metadata = new List<string?>();
        var output = new TestOutput
        {
            Before = (_, batch, _) =>
            {
                metadata.AddRange(batch.Select(m => m.GetMetadata("seen")));
                return ValueTask.CompletedTask;
            },
        };
        await PipelineTest.RunAsync(
            """
            input:
              broker:
                inputs: [ { test: {} } ]
                batching: { check: "meta seen = \"yes\"\nroot = batch_size() == 3 || this.n == json(\"n\").from(0) + 7" }
            pipeline: { threads: 1 }
            output: { test: {} }
            """,
            more: [input.Type, output.Type]);
        Assert.Equal([3, 3, 2], output.WrittenBatches.Select(b => b.Length));
        Assert.All(metadata, Assert.Null);
    }

    private static Batch Of(int first, int count) => Batch.Of(Enumerable.Range(first, count).Select(n => TestInput.Message($$"""{"n":{{n}}}""")));

    /// <summary>Lets the input end with a write, for the end closes batches before they are full.</summary>
    private static ValueTask EndAt(int last, int call, TaskCompletionSource end)
    {
        if (call == last)
        {
            end.TrySetResult();
        }

        return ValueTask.CompletedTask;
    }

    private static string Text(Message message) => System.Text.Encoding.UTF8.GetString(message.Body.Span);

    [Fact]
    public async Task A_failed_batch_fails_its_records_unless_the_output_says_which()
    {
        var full = new TaskCompletionSource();
        var input = new TestInput(Numbers(4)) { Ends = full.Task };
        var output = new TestOutput
        {
            Batching = new BatchPolicy(Count: 2),
            Before = (call, _, _) =>
            {
                if (call == 2)
                {
                    full.SetResult();
                }

                throw call == 1 ? new IOException("all") : new BatchException(new Dictionary<int, string> { [1] = "one" });
            },
        };
        await PipelineTest.RunAsync("input: { test: {} }\npipeline: { threads: 1 }\noutput: { test: {} }\n", more: [input.Type, output.Type]);
        Assert.Equal(["all", "all", null, "one"], Enumerable.Range(0, 4).Select(i => input.Outcomes[i]?.Reason));
    }

    [Fact]
    public async Task A_stop_finishes_what_was_read_and_flushes_partial_batches_at_once()
    {
        using var stop = new CancellationTokenSource();
        var input = new TestInput(Numbers(5)) { NeverEnds = true, ReplaysRejected = true };
        var output = new TestOutput { Batching = new BatchPolicy(Count: 1000, Period: TimeSpan.FromHours(1)) };
        Task<PipelineTest.Outcome> run = PipelineTest.RunAsync(PipelineTest.Read("input: { test: {} }\noutput: { test: {} }\n", null, input.Type, output.Type), "", stop.Token);
        while (input.Read < 5)
        {
            await Task.Delay(10);
        }

        await stop.CancelAsync();
        Assert.True((await run).Finished);
        Assert.Equal(5, output.Written.Count);
        Assert.Equal(5, input.Outcomes.Count);
    }

    [Fact]
    public async Task A_stop_that_takes_too_long_leaves_the_rest_unsettled_and_says_how_much()
    {
        using var stop = new CancellationTokenSource();
        var input = new TestInput(Numbers(3)) { NeverEnds = true };
        var output = new TestOutput { Before = async (_, _, _) => await new TaskCompletionSource().Task };
        Task<PipelineTest.Outcome> run = PipelineTest.RunAsync(PipelineTest.Read("shutdown_timeout: 200ms\ninput: { test: {} }\noutput: { test: {} }\n", null, input.Type, output.Type), "", stop.Token);
        while (output.Calls == 0 || input.Read < 3)
        {
            await Task.Delay(10);
        }

        await stop.CancelAsync();
        PipelineTest.Outcome outcome = await run;
        Assert.False(outcome.Finished);
        Assert.Equal(3, outcome.Open);
        Assert.Empty(input.Outcomes);
    }

    [Fact]
    public async Task A_stop_tells_of_messages_that_were_to_be_delivered_again()
    {
        using var stop = new CancellationTokenSource();
        var input = new TestInput(Numbers(3)) { NeverEnds = true, ReplaysRejected = true };
        var output = new TestOutput { Before = (_, batch, _) => NumberOf(Text(batch[0])) == 1 ? throw new IOException("no") : ValueTask.CompletedTask };
        PipelineGraph graph = PipelineTest.Read("logger: { level: OFF }\ninput: { test: {} }\npipeline: { threads: 1 }\noutput: { test: {} }\n", null, input.Type, output.Type);
        await using var run = new PipelineRun(graph, new ListLog(), NoMetrics.Instance, TimeProvider.System, new PipelineTest.Streams(""));
        Task<bool> running = run.RunAsync(stop.Token);
        while (output.Written.Count < 2)
        {
            await Task.Delay(10);
        }

        await stop.CancelAsync();
        Assert.False(await running);
        Assert.Equal("1 rejected messages that were to be delivered again", run.InFlight.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task What_is_rejected_after_its_source_gave_it_up_is_not_delivered_again(int asksBefore)
    {
        int asked = 0;
        var input = new TestInput(Numbers(3)) { ReplaysRejected = true, GaveUp = () => Interlocked.Increment(ref asked) > asksBefore };
        var output = new TestOutput { Before = (_, batch, _) => NumberOf(Text(batch[0])) == 1 ? throw new IOException("no") : ValueTask.CompletedTask };
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync("input: { test: {} }\npipeline: { threads: 1 }\noutput: { test: {} }\n", more: [input.Type, output.Type]);
        Assert.True(outcome.Finished);
        Assert.Equal(3, output.Calls);
        Assert.Equal(["0", "2"], output.Written.Select(static w => $"{NumberOf(w)}").Order());
        Assert.Equal([true, false, true], Enumerable.Range(0, 3).Select(i => input.Outcomes[i] is null));
    }

    [Fact]
    public async Task A_key_is_held_only_until_its_source_gives_it_up()
    {
        var output = new TestOutput { Before = (_, batch, _) => NumberOf(Text(batch[0])) == 1 ? throw new IOException("no") : ValueTask.CompletedTask };
        var input = new TestInput(Numbers(3)) { ReplaysRejected = true, GaveUp = () => output.Calls > 6 };
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync("input: { test: {} }\npipeline: { threads: 1, partition_by: this.n }\noutput: { test: {} }\n", more: [input.Type, output.Type]);
        Assert.True(outcome.Finished);

        // Another key may be written meanwhile.
        Assert.InRange(output.Calls, 7, 8);
        Assert.Equal(["0", "2"], output.Written.Select(static w => $"{NumberOf(w)}").Order());
        Assert.Equal("no", input.Outcomes[1]?.Reason);
        Assert.Null(input.Outcomes[0]);
        Assert.Null(input.Outcomes[2]);
    }

    [Fact]
    public async Task Removed_messages_are_done()
    {
        var input = new TestInput(Numbers(4));
        var output = new TestOutput();
        await PipelineTest.RunAsync("input: { test: {} }\npipeline: { threads: 1, processors: [ { mapping: 'root = if this.n % 2 == 0 { deleted() }' } ] }\noutput: { test: {} }\n", more: [input.Type, output.Type]);
        Assert.Equal(2, output.Written.Count);
        Assert.Equal(4, input.Outcomes.Count);
        Assert.All(input.Outcomes.Values, Assert.Null);
    }
}
