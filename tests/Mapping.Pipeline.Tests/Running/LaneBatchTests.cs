using System.Globalization;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Tests.Running;

/// <summary>Batches of outputs within others, in a pipeline with keys: a lane gathers for them and waits until they are written.</summary>
public class LaneBatchTests
{
    private const string Tripling = "broker: { outputs: [ { test: {} } ] }, processors: [ { mapping: 'root = [ this * 3, this * 3 + 1, this * 3 + 2 ]' }, { unarchive: { format: json_array } } ]";

    private static readonly BatchPolicy Ten = new(Count: 10, Period: TimeSpan.FromHours(1));

    [Theory]
    [InlineData("fallback: [ { test: {} }, { reject: no } ]")]
    [InlineData("fallback: [ { retry: { output: { test: {} } } }, { drop: {} } ]")]
    [InlineData("broker: { outputs: [ { test: {} } ] }")]
    [InlineData("broker: { pattern: round_robin, outputs: [ { test: {} } ] }")]
    [InlineData("broker: { pattern: greedy, outputs: [ { test: {} } ] }")]
    [InlineData("broker: { outputs: [ { drop: {} }, { test: {} } ] }")]
    [InlineData("switch: { cases: [ { check: this < 0, output: { drop: {} } }, { output: { test: {} } } ] }")]
    [InlineData("drop_on: { error: true, output: { test: {} } }")]
    [InlineData("reject_errored: { test: {} }")]
    [InlineData("resource: shared")]
    public async Task An_output_within_another_fills_its_batches_from_one_lane(string to)
    {
        var output = new TestOutput { MaxInFlight = 4, Batching = Ten };
        TestInput input = await WriteAsync(to, output, 40);
        Assert.Equal([10, 10, 10, 10], output.WrittenBatches.Select(static b => b.Length));
        Assert.Equal(Texts(0, 40), output.Written);
        Assert.Equal(40, input.Outcomes.Count);
    }

    [Fact]
    public async Task Of_several_policies_the_first_that_is_fulfilled_hands_over()
    {
        var output = new TestOutput { MaxInFlight = 4, Batching = Ten };
        await WriteAsync("broker: { outputs: [ { test: {} }, { broker: { outputs: [ { drop: {} } ], batching: { count: 4, period: 1h } } } ] }", output, 12);
        Assert.Equal([4, 4, 4], output.WrittenBatches.Select(static b => b.Length));
    }

    [Fact]
    public async Task Nothing_is_acknowledged_before_its_batch_is_written()
    {
        var held = new TaskCompletionSource();
        var output = new TestOutput { MaxInFlight = 4, Batching = Ten, Before = (_, _, _) => new ValueTask(held.Task) };
        int acknowledged = -1;
        TestInput input = await WriteAsync("fallback: [ { test: {} }, { drop: {} } ]", output, 10, async written =>
        {
            await UntilAsync(() => output.Calls == 1);
            acknowledged = written.Outcomes.Count;
            held.SetResult();
        });
        Assert.Equal(0, acknowledged);
        Assert.Equal(10, input.Outcomes.Count);
    }

    [Fact]
    public async Task Those_that_fail_go_to_the_next_output_at_once()
    {
        var output = new TestOutput { Batching = Ten, Before = static (call, _, _) => call == 1 ? throw new BatchException(new Dictionary<int, string> { [3] = "no", [7] = "no" }) : ValueTask.CompletedTask };
        TestInput input = await WriteAsync("fallback: [ { test: {} }, { resource: shared } ]", output, 10);
        Assert.Equal([8, 2], output.WrittenBatches.Select(static b => b.Length));
        Assert.Equal(["3", "7"], output.WrittenBatches.Last());
        Assert.Equal(10, input.Outcomes.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("for another reason")]
    [InlineData("as a batch")]
    [InlineData("each")]
    public async Task What_processors_on_the_way_make_too_many_of_is_cut_in_order(string? fails)
    {
        var output = new TestOutput { Batching = Ten, Before = (call, _, _) => fails is not null && call == 2 ? throw Failure(fails) : ValueTask.CompletedTask };
        await WriteAsync(Tripling, output, 10, until: 30);
        Assert.Equal([10, 10, 10], output.WrittenBatches.Where(static b => b.Length > 0).Select(static b => b.Length));
        Assert.Equal(Texts(0, 30), output.Written);
    }

    [Theory]
    [InlineData(nameof(FailureKind.Transient), "13", "29")]
    [InlineData(nameof(FailureKind.Ambiguous), "13", "29")]
    [InlineData(nameof(FailureKind.Permanent), "20", "13")]
    public async Task Those_behind_some_that_fail_wait_unless_these_failed_for_good(string kind, string next, string last)
    {
        var output = new TestOutput { Batching = Ten, Before = (call, _, _) => call == 2 ? throw new BatchException(new Dictionary<int, string> { [3] = "no" }) { Kind = Enum.Parse<FailureKind>(kind) } : ValueTask.CompletedTask };
        await WriteAsync(Tripling, output, 10, until: 30);
        Assert.Equal([9, 10, 1], output.WrittenBatches.Skip(1).Select(static b => b.Length));
        Assert.Equal(next, output.WrittenBatches.ElementAt(2)[0]);
        Assert.Equal(last, output.WrittenBatches.ElementAt(3)[0]);
        Assert.Equal(Texts(0, 30).Order(StringComparer.Ordinal), output.Written.Order(StringComparer.Ordinal));
    }

    private static Exception Failure(string how) => how switch
    {
        "as a batch" => new BatchException("no"),
        "each" => new BatchException(Enumerable.Range(0, 10).ToDictionary(static i => i, static _ => "no")) { Kind = FailureKind.Permanent },
        _ => new IOException(how),
    };

    private static IEnumerable<string> Texts(int first, int count) => Enumerable.Range(first, count).Select(static n => n.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes numbers that have one key, from an input that does not end, and stops when all are written.</summary>
    private static async Task<TestInput> WriteAsync(string to, TestOutput output, int count, Func<TestInput, Task>? meanwhile = null, int? until = null)
    {
        TestInput input = new(Texts(0, count).Select(static n => (Func<Batch>)(() => new Batch(TestInput.Message(n))))) { NeverEnds = true };
        string yaml = $"logger: {{ level: OFF }}\ninput: {{ test: {{}} }}\npipeline: {{ threads: 2, partition_by: '\"one\"' }}\noutput: {{ {to} }}\noutput_resources: [ {{ label: shared, test: {{}} }} ]\n";
        using var stop = new CancellationTokenSource();
        Task<PipelineTest.Outcome> run = PipelineTest.RunAsync(PipelineTest.Read(yaml, more: [input.Type, output.Type]), string.Empty, stop.Token);
        await (meanwhile?.Invoke(input) ?? Task.CompletedTask);
        await UntilAsync(() => output.Written.Count >= (until ?? count) && input.Outcomes.Count >= count);
        await stop.CancelAsync();
        Assert.True((await run).Finished);
        Assert.All(input.Outcomes.Values, Assert.Null);
        return input;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (int i = 0; !holds(); i++)
        {
            Assert.True(i < 4500, "it never came");
            await Task.Delay(20);
        }
    }
}
