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

    private static TestOutput Failing(int seed, int maxInFlight)
    {
        var chance = new Chance(seed);
        return new TestOutput
        {
            MaxInFlight = maxInFlight,
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
    [InlineData(4, 1)]
    [InlineData(3, 16)]
    public async Task Every_key_keeps_its_order(int threads, int maxInFlight)
    {
        var input = new TestInput(Batches());
        TestOutput output = Failing(37, maxInFlight);
        await PipelineTest.RunAsync(
            $"logger: {{ level: OFF }}\ninput: {{ test: {{}} }}\npipeline: {{ threads: {threads}, processors: [ {{ partition: this % {Keys} }}, {{ dawdle: {{}} }}, {{ mapping: root = this }} ] }}\noutput: {{ test: {{}} }}\n",
            more: [input.Type, output.Type, Dawdling(41)]);
        int[] numbers = Numbers(output);
        Assert.Equal(Enumerable.Range(0, Count), numbers.Order());
        foreach (IGrouping<int, int> key in numbers.GroupBy(static n => n % Keys))
        {
            Assert.Equal(key.Order(), key);
        }

        Assert.All(input.Outcomes.Values, Assert.Null);
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
