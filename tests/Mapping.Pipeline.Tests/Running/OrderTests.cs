using System.Globalization;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Testing;

namespace Mapping.Pipeline.Tests.Running;

/// <summary>Order where it is promised, with workers and outputs that dawdle and fail at random.</summary>
public class OrderTests
{
    private const int Keys = 101;

    private static readonly int Count = Math.Min(1_000_000, 20_000 * TestScale.Factor);

    /// <summary>Batches of random sizes.</summary>
    private static IEnumerable<Func<Batch>> Batches()
    {
        var random = new Random(23);
        for (int next = 0; next < Count;)
        {
            int first = next;
            int size = random.Next(3) == 0 ? Math.Min(Count - next, random.Next(2, 9)) : 1;
            next += size;
            yield return () => Batch.Of(Enumerable.Range(first, size).Select(n => TestInput.Message(string.Create(CultureInfo.InvariantCulture, $"{n}"))));
        }
    }

    /// <summary>A processor that waits now and then.</summary>
    private static ComponentType<IProcessor, bool> Dawdling(int seed) => Component.Processor<bool>("dawdle", "A test.", Component.NoFields, (_, _) => new Dawdle(new Chance(seed)));

    private static TestOutput Failing(int seed, int maxInFlight, BatchPolicy? batching = null)
    {
        var chance = new Chance(seed);
        return new TestOutput
        {
            MaxInFlight = maxInFlight,
            Batching = batching,
            Before = async (_, batch, _) =>
            {
                await chance.WaitAsync();
                if (chance.OneIn(40))
                {
                    throw batch.Count > 1 && chance.OneIn(2) ? new BatchException(new Dictionary<int, string> { [batch.Count - 1] = "no" }) : new IOException("no");
                }
            },
        };
    }

    private static int[] Numbers(TestOutput output) => [.. output.Written.Select(w => int.Parse(w, CultureInfo.InvariantCulture))];

    [Fact]
    public async Task One_thread_keeps_the_order_while_an_output_is_tried_again()
    {
        var input = new TestInput(Batches().Select(make => (Func<Batch>)(() => new Batch(make()[0]))));
        TestOutput output = Failing(29, 1);
        await PipelineTest.RunAsync(
            "logger: { level: OFF }\ninput: { test: {} }\npipeline: { threads: 1, processors: [ { dawdle: {} } ] }\noutput: { retry: { backoff: { initial_interval: 1ms, max_interval: 1ms }, output: { test: {} } } }\n",
            more: [input.Type, output.Type, Dawdling(31)]);
        Assert.Equal(Batches().Select(make => int.Parse(System.Text.Encoding.UTF8.GetString(make()[0].Body.Span), CultureInfo.InvariantCulture)), Numbers(output));
    }

    [Theory]
    [InlineData(4, 1, 0)]
    [InlineData(3, 16, 0)]
    [InlineData(4, 1, 7)]
    [InlineData(2, 5, 3)]
    [InlineData(2, 16, 7, "fallback: [ { test: {} }, { reject: no } ]")]
    [InlineData(2, 16, 7, "retry: { backoff: { initial_interval: 1ms, max_interval: 1ms }, output: { test: {} } }")]
    [InlineData(2, 16, 7, "switch: { cases: [ { output: { broker: { pattern: fan_out_fail_fast, outputs: [ { test: {} } ] } } } ] }")]
    [InlineData(2, 16, 7, "resource: shared")]
    public async Task Every_key_keeps_its_order(int threads, int maxInFlight, int batchCount, string to = "test: {}")
    {
        var input = new TestInput(Batches());
        TestOutput output = Failing(37, maxInFlight, batchCount > 0 ? new BatchPolicy(Count: batchCount) : null);
        await PipelineTest.RunAsync(
            $"logger: {{ level: OFF }}\ninput: {{ test: {{}} }}\npipeline: {{ threads: {threads}, processors: [ {{ partition: this % {Keys} }}, {{ dawdle: {{}} }}, {{ mapping: root = this }} ] }}\noutput: {{ {to} }}\noutput_resources: [ {{ label: shared, test: {{}} }} ]\n",
            more: [input.Type, output.Type, Dawdling(41)]);
        int[] numbers = Numbers(output);
        Assert.Equal(Enumerable.Range(0, Count), numbers.Order());
        foreach (IGrouping<int, int> key in numbers.GroupBy(static n => n % Keys))
        {
            Assert.Equal(key.Order(), key);
        }

        Assert.All(input.Outcomes.Values, Assert.Null);
    }

    [Theory]
    [InlineData("test: {}")]
    [InlineData("fallback: [ { test: {} }, { drop: {} } ]")]
    public async Task A_lane_fills_a_batch_of_its_own_and_waits_for_no_other(string to)
    {
        // "a" and "d" have lanes of their own: writes of "a" are held until "d" has written two batches.
        var held = new TaskCompletionSource();
        string lanes = string.Concat(Enumerable.Range(0, 12).Select(n => n % 3 == 0 ? "a" : "d"));
        int written = 0;
        var input = new TestInput(lanes.Select((key, n) => (Func<Batch>)(() => new Batch(TestInput.Message($$"""{"k":"{{key}}","n":{{n}}}"""))))) { NeverEnds = true };
        var output = new TestOutput
        {
            MaxInFlight = 16,
            Batching = new BatchPolicy(Count: 4, Period: TimeSpan.FromHours(1)),
            Before = async (_, batch, _) =>
            {
                bool isFirst = System.Text.Encoding.UTF8.GetString(batch[0].Body.Span).Contains("\"k\":\"a\"", StringComparison.Ordinal);
                if (isFirst)
                {
                    await held.Task;
                }
                else if (Interlocked.Increment(ref written) == 2)
                {
                    held.SetResult();
                }
            },
        };
        using var stop = new CancellationTokenSource();
        Task<PipelineTest.Outcome> run = PipelineTest.RunAsync(PipelineTest.Read("input: { test: {} }\npipeline: { threads: 2, partition_by: this.k }\noutput: { " + to + " }\n", more: [input.Type, output.Type]), "", stop.Token);
        for (int i = 0; output.Written.Count < lanes.Length && i < 4500; i++)
        {
            await Task.Delay(20);
        }

        await stop.CancelAsync();
        Assert.True((await run).Finished);
        Assert.Equal([4, 4, 4], output.WrittenBatches.Select(b => b.Length));
        Assert.All(output.WrittenBatches, b => Assert.Single(b.Select(m => m[6]).Distinct()));
    }

    [Fact]
    public async Task A_batch_that_does_not_fill_is_written_while_the_input_waits()
    {
        using var stop = new CancellationTokenSource();

        // Together, for a lane waits a second only for what is still on its way to it.
        var input = new TestInput([static () => Batch.Of(Enumerable.Range(0, 5).Select(static n => TestInput.Message($"{n}")))]) { NeverEnds = true };
        var output = new TestOutput { MaxInFlight = 4, Batching = new BatchPolicy(Count: 100) };
        Task<PipelineTest.Outcome> run = PipelineTest.RunAsync(PipelineTest.Read("input: { test: {} }\npipeline: { threads: 1, partition_by: this % 2 }\noutput: { test: {} }\n", more: [input.Type, output.Type]), "", stop.Token);
        for (int i = 0; output.Written.Count < 5 && i < 4500; i++)
        {
            await Task.Delay(20);
        }

        Assert.Equal(["0", "1", "2", "3", "4"], output.Written.Order());
        Assert.Equal(2, output.WrittenBatches.Count);
        await stop.CancelAsync();
        Assert.True((await run).Finished);
    }

    [Fact]
    public async Task What_was_behind_a_failed_message_is_processed_anew_and_dedupe_lets_it_pass()
    {
        var input = new TestInput([() => Batch.Of(Enumerable.Range(0, 5).Select(n => TestInput.Message($"{n}")))]);
        var output = new TestOutput { Batching = new BatchPolicy(Count: 2), Before = (call, _, _) => call == 1 ? throw new BatchException(new Dictionary<int, string> { [1] = "no" }) : ValueTask.CompletedTask };
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync(
            "logger: { level: OFF }\ninput: { test: {} }\npipeline: { threads: 1, partition_by: '\"one\"', processors: [ { dedupe: { cache: seen, key: '${! this }' } } ] }\noutput: { test: {} }\ncache_resources: [ { label: seen, memory: {} } ]\n",
            more: [input.Type, output.Type]);
        Assert.True(outcome.Finished);
        Assert.Equal(["0", "1", "2", "3", "4"], output.Written);
        Assert.Null(input.Outcomes[0]);
    }

    /// <summary>Chance for several threads.</summary>
    private sealed class Chance(int seed)
    {
        private readonly Random random = new(seed);

        public bool OneIn(int many)
        {
            lock (random)
            {
                return random.Next(many) == 0;
            }
        }

        public async ValueTask WaitAsync()
        {
            if (OneIn(5))
            {
                await Task.Yield();
            }
            else if (OneIn(500))
            {
                await Task.Delay(1);
            }
        }
    }

    private sealed class Dawdle(Chance chance) : IProcessor
    {
        public async ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
        {
            await chance.WaitAsync();
            return batch;
        }
    }
}
