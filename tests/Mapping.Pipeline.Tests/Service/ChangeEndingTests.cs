using System.Threading.Channels;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Pipeline.Running;
using Mapping.Pipeline.Service;

namespace Mapping.Pipeline.Tests.Service;

/// <summary>How a pipeline ends that another one takes the place of: what it has read, how long it may take, and what runs when that fails.</summary>
public class ChangeEndingTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly Channel<PipelineGraph> changes = Channel.CreateUnbounded<PipelineGraph>();
    private readonly ManualClock clock = new();
    private readonly ListLog log = new();

    [Fact]
    public async Task What_a_buffer_has_acknowledged_is_waited_for_however_long_it_takes()
    {
        var input = new TestInput(Bodies(50)) { NeverEnds = true };
        var open = new TaskCompletionSource();
        var output = new TestOutput { Before = async (_, _, cancellation) => await open.Task.WaitAsync(cancellation) };
        var after = new TestOutput();
        await using PipelineService service = Service(Read("buffer: { memory: {} }", input, output));
        Task<bool> run = service.RunAsync(changes.Reader, CancellationToken.None);
        await UntilAsync(() => input.Outcomes.Count == 50 && output.Calls == 1);
        changes.Writer.TryWrite(Read(string.Empty, TestInput.Of("last"), after));
        await UntilAsync(() => HasChanged);
        for (int i = 0; i < 20; i++)
        {
            clock.Move(TimeSpan.FromMinutes(10));
            await Task.Delay(5);
        }

        open.SetResult();
        Assert.True(await run.WaitAsync(TimeSpan.FromSeconds(90)));
        Assert.Equal(50, output.Written.Count);
        Assert.Equal(["last"], after.Written);
    }

    [Theory]
    [InlineData("")]
    [InlineData("buffer: { memory: { limit: 1 } }")]
    public async Task What_a_source_will_not_deliver_again_is_repeated_until_it_is_written(string buffer)
    {
        var input = new TestInput(Bodies(3)) { NeverEnds = true, ReplaysRejected = true, AcknowledgesEarly = true };
        var open = new TaskCompletionSource();
        var output = new TestOutput
        {
            Before = async (call, _, cancellation) =>
            {
                await open.Task.WaitAsync(cancellation);
                if (call == 1)
                {
                    throw new IOException("no");
                }
            },
        };
        await using PipelineService service = Service(Read(buffer, input, output));
        Task<bool> run = service.RunAsync(changes.Reader, CancellationToken.None);
        await UntilAsync(() => output.Calls == 1 && input.Read == (buffer.Length == 0 ? 3 : 2));
        changes.Writer.TryWrite(Read(string.Empty, TestInput.Of("last"), new TestOutput()));
        await UntilAsync(() => HasChanged);
        clock.Move(TimeSpan.FromMinutes(10));
        open.SetResult();
        Assert.True(await run.WaitAsync(TimeSpan.FromSeconds(90)));
        Assert.Equal(input.Read, output.Written.Count);
        Assert.All(input.Outcomes.Values, Assert.Null);
    }

    [Fact]
    public async Task A_change_takes_as_long_as_a_stop_may()
    {
        var input = new TestInput(Bodies(1)) { NeverEnds = true };
        var open = new TaskCompletionSource();
        var output = new TestOutput { Before = async (_, _, cancellation) => await open.Task.WaitAsync(cancellation) };
        await using PipelineService service = Service(Read("shutdown_timeout: 300s", input, output));
        Task<bool> run = service.RunAsync(changes.Reader, CancellationToken.None);
        await UntilAsync(() => output.Calls == 1);
        changes.Writer.TryWrite(Read(string.Empty, TestInput.Of(), new TestOutput()));
        await UntilAsync(() => HasChanged && clock.Waiting > 0);
        for (int i = 0; i < 10; i++)
        {
            clock.Move(TimeSpan.FromSeconds(20));
            await Task.Delay(20);
        }

        open.SetResult();
        Assert.True(await run.WaitAsync(TimeSpan.FromSeconds(90)));
        Assert.Equal(["0"], output.Written);
    }

    [Theory]
    [InlineData("", "1 deliveries not settled: 0 before the processors, 0 in them, 1 at the output; none of it is acknowledged, so that a source that can delivers it again")]
    [InlineData("buffer: { memory: {} }", "3 messages in its buffer, which are lost: they were acknowledged when the buffer took them")]
    public async Task A_stop_during_a_change_cuts_off_after_its_own_time(string buffer, string told)
    {
        var input = new TestInput(Bodies(buffer.Length == 0 ? 1 : 3)) { NeverEnds = true };
        var output = new TestOutput { Before = static async (_, _, cancellation) => await Task.Delay(Timeout.Infinite, cancellation) };
        using var stop = new CancellationTokenSource();
        await using PipelineService service = Service(Read($"shutdown_timeout: 2s\n{buffer}", input, output));
        Task<bool> run = service.RunAsync(changes.Reader, stop.Token);
        await UntilAsync(() => output.Calls == 1 && (buffer.Length == 0 || input.Outcomes.Count == 3));
        changes.Writer.TryWrite(Read(string.Empty, TestInput.Of(), new TestOutput()));

        // It waits with an end of its own, or without one.
        await UntilAsync(() => HasChanged && (buffer.Length > 0 || clock.Waiting > 0));
        await stop.CancelAsync();
        TimeSpan passed = await MoveUntilAsync(() => run.IsCompleted, pause: 100);
        Assert.False(await run);

        // Of what the clock moves, some may pass before anybody waits for it.
        Assert.InRange(passed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Equal([$"the pipeline before a change was stopped with {told}"], service.Unwritten);
    }

    [Fact]
    public async Task What_was_cut_off_before_a_change_is_remembered_to_the_end()
    {
        var output = new TestOutput { Before = static async (_, _, cancellation) => await Task.Delay(Timeout.Infinite, cancellation) };
        var after = new TestOutput();
        await using PipelineService service = Service(Read(string.Empty, new TestInput(Bodies(1)) { NeverEnds = true }, output));
        Task<bool> run = service.RunAsync(changes.Reader, CancellationToken.None);
        await UntilAsync(() => output.Calls == 1);
        changes.Writer.TryWrite(Read(string.Empty, TestInput.Of("last"), after));
        await UntilAsync(() => HasChanged);
        await MoveUntilAsync(() => run.IsCompleted);
        Assert.False(await run);
        Assert.Equal(["last"], after.Written);
        Assert.StartsWith("the pipeline before a change was stopped with 1 deliveries not settled", Assert.Single(service.Unwritten), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_one_before_is_one_that_ran()
    {
        var input = new TestInput(Bodies(1)) { NeverEnds = true };
        var output = new TestOutput();
        var never = new TestOutput { Connect = static _ => throw new DisconnectedException("no") };
        var broken = new TestOutput { Connect = static _ => throw new StartException("no") };
        using var stop = new CancellationTokenSource();
        await using PipelineService service = Service(Read(string.Empty, input, output));
        Task<bool> run = service.RunAsync(changes.Reader, stop.Token);
        await UntilAsync(() => output.Written.Count == 1);
        changes.Writer.TryWrite(Read(string.Empty, TestInput.Of(), never));
        await UntilAsync(() => never.Connections > 0);
        changes.Writer.TryWrite(Read(string.Empty, TestInput.Of(), broken));
        await UntilAsync(() => broken.Connections > 0 && output.Written.Count == 2);
        await stop.CancelAsync();
        Assert.True(await run.WaitAsync(TimeSpan.FromSeconds(90)));
    }

    [Fact]
    public async Task A_change_that_comes_while_another_one_fails_is_taken()
    {
        var output = new TestOutput();
        var last = new TestOutput();
        var broken = new TestOutput
        {
            Connect = attempt =>
            {
                if (attempt == 1)
                {
                    throw new DisconnectedException("not yet");
                }

                changes.Writer.TryWrite(Read(string.Empty, TestInput.Of("last"), last));
                Assert.True(SpinWait.SpinUntil(() => changes.Reader.Count == 0, TimeSpan.FromSeconds(90)));
                throw new StartException("no");
            },
        };
        await using PipelineService service = Service(Read(string.Empty, new TestInput(Bodies(1)) { NeverEnds = true }, output));
        Task<bool> run = service.RunAsync(changes.Reader, CancellationToken.None);
        await UntilAsync(() => output.Written.Count == 1);
        changes.Writer.TryWrite(Read(string.Empty, TestInput.Of(), broken));
        await UntilAsync(() => broken.Connections == 1 && clock.Waiting > 0);
        await Task.Run(() => clock.Move(TimeSpan.FromSeconds(1)));
        Assert.True(await run.WaitAsync(TimeSpan.FromSeconds(90)));
        Assert.Equal(["last"], last.Written);
        Assert.Single(output.Written);
    }

    [Fact]
    public async Task What_was_made_is_disposed_once_also_when_the_rest_cannot_be_made()
    {
        int made = 0;
        int disposed = 0;
        ComponentType kept = Component.Output<bool>("kept", "A test.", Component.NoFields, (_, _) => new CountedOutput(() => Interlocked.Increment(ref disposed)));
        ComponentType once = Component.Input<bool>("once", "A test.", Component.NoFields, (_, _) => made++ == 0 ? new Waiting() : throw new StartException("no more"));
        PipelineGraph graph = PipelineTest.Read("input: { once: {} }\noutput: { kept: {} }\nhttp: { enabled: false }\n", null, kept, once);
        await using (PipelineService service = Service(graph))
        {
            Task<bool> run = service.RunAsync(changes.Reader, CancellationToken.None);
            await UntilAsync(() => service.Connections.AreReady());
            changes.Writer.TryWrite(graph);

            // Neither the new one nor the one before can be made any more.
            await Assert.ThrowsAsync<ComponentStartException>(() => run.WaitAsync(TimeSpan.FromSeconds(90)));
            Assert.Equal(3, made);
            Assert.Equal(3, disposed);
        }

        Assert.Equal(3, disposed);
    }

    private bool HasChanged => log.Lines.Any(static l => l.Contains("the configuration has changed: what was read is finished first", StringComparison.Ordinal));

    private static IEnumerable<Func<Batch>> Bodies(int count) => Enumerable.Range(0, count).Select(static n => (Func<Batch>)(() => new Batch(TestInput.Message($"{n}"))));

    private static PipelineGraph Read(string more, TestInput input, TestOutput output) =>
        PipelineTest.Read($"input: {{ test: {{}} }}\npipeline: {{ threads: 1 }}\noutput: {{ test: {{}} }}\nhttp: {{ enabled: false }}\n{more}\n", null, input.Type, output.Type);

    private PipelineService Service(PipelineGraph graph) => new(graph, log, clock, new PipelineTest.Streams(string.Empty));

    /// <param name="holds">What is waited for.</param>
    /// <param name="pause">Milliseconds after each step, in which those who wait for the clock can act.</param>
    /// <returns>How far the clock was moved.</returns>
    private async Task<TimeSpan> MoveUntilAsync(Func<bool> holds, int pause = 20)
    {
        TimeSpan passed = default;
        await UntilAsync(
            () =>
            {
                if (!holds())
                {
                    clock.Move(Step);
                    passed += Step;
                }

                return holds();
            },
            pause);
        return passed;
    }

    private static async Task UntilAsync(Func<bool> holds, int pause = 20)
    {
        for (int i = 0; !holds(); i++)
        {
            Assert.True(i < 4500, "it never came");
            await Task.Delay(pause);
        }
    }

    private sealed class Waiting : IInput
    {
        public async ValueTask<Delivery?> ReadAsync(CancellationToken cancellation)
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return null;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class CountedOutput(Action disposing) : IOutput
    {
        public ValueTask WriteAsync(Batch batch, CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync()
        {
            disposing();
            return ValueTask.CompletedTask;
        }
    }
}
