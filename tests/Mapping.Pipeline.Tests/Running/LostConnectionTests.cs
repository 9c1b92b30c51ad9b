using System.Collections.Concurrent;
using System.Globalization;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Tests.Running;

/// <summary>What becomes of the writes that lose the connection of their output.</summary>
public class LostConnectionTests
{
    [Fact]
    public async Task The_write_is_repeated_and_no_dead_letter_is_made()
    {
        var output = new TestOutput { Before = static (call, _, _) => call == 1 ? throw new DisconnectedException("gone") : ValueTask.CompletedTask };
        (TestInput input, string log) = await RunAsync(output, "fallback: [ { test: {} }, { reject: dead } ]", "a", "b");
        Assert.Equal(["a", "b"], output.Written);
        Assert.Equal((3, 2), (output.Calls, output.Connections));
        Assert.Equal([null, null], input.Outcomes.Values);
        Assert.Contains("the connection is lost: gone", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_that_breaks_every_connection_is_rejected()
    {
        var output = new TestOutput { Before = static (_, batch, _) => batch[0].Body.Span[0] == 'a' ? throw new DisconnectedException("gone") : ValueTask.CompletedTask };
        (TestInput input, _) = await RunAsync(output, "test: {}", "a", "b");
        Assert.Equal(["b"], output.Written);
        Assert.Equal(5, output.Calls);
        Assert.Equal("gone", input.Outcomes[0]!.Reason);
        Assert.Null(input.Outcomes[1]);
    }

    [Fact]
    public async Task What_the_output_itself_has_tried_again_is_rejected_at_once()
    {
        var output = new TestOutput
        {
            Before = static (call, _, _) => call == 1
                ? throw new DisconnectedException("gone", new ClassifiedException("gone", FailureKind.Transient))
                : ValueTask.CompletedTask,
        };
        (TestInput input, _) = await RunAsync(output, "test: {}", "a", "b");
        Assert.Equal(["b"], output.Written);
        Assert.Equal((2, 2), (output.Calls, output.Connections));
        Assert.Equal(FailureKind.Transient, input.Outcomes[0]!.Kind);
    }

    [Fact]
    public async Task News_of_the_old_connection_leave_the_new_one_alone()
    {
        // Both writes use the first connection; the second one fails only when the first is written again on the second connection.
        var bothBegan = new TaskCompletionSource();
        var isNew = new TaskCompletionSource();
        var output = new TestOutput
        {
            MaxInFlight = 2,
            Before = async (call, _, cancellation) =>
            {
                switch (call)
                {
                    case 1:
                        await bothBegan.Task.WaitAsync(cancellation);
                        throw new DisconnectedException("gone");
                    case 2:
                        bothBegan.SetResult();
                        await isNew.Task.WaitAsync(cancellation);
                        throw new DisconnectedException("gone as well");
                    case 3:
                        isNew.SetResult();
                        break;
                }
            },
        };
        (TestInput input, string log) = await RunAsync(output, "test: {}", "a", "b");
        Assert.Equal(["a", "b"], output.Written.Order());
        Assert.Equal((4, 2), (output.Calls, output.Connections));
        Assert.Equal([null, null], input.Outcomes.Values);
        Assert.DoesNotContain("gone as well", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_that_waited_for_the_connection_begin_in_their_order()
    {
        string[] messages = [.. Enumerable.Range(0, 400).Select(static n => $"{n}")];
        var breaking = new HashSet<int> { 0, 100, 200, 300 };
        var begun = new ConcurrentQueue<int>();
        var output = new TestOutput
        {
            MaxInFlight = 16,

            // Every other attempt fails, so that others come meanwhile.
            Connect = static attempt => _ = attempt % 2 == 0 ? throw new DisconnectedException("not yet") : attempt,
            Before = (_, batch, _) =>
            {
                int number = int.Parse(batch[0].Body.Span, CultureInfo.InvariantCulture);
                lock (breaking)
                {
                    if (breaking.Remove(number))
                    {
                        throw new DisconnectedException("gone");
                    }
                }

                begun.Enqueue(number);
                return ValueTask.CompletedTask;
            },
        };
        await RunAsync(output, "test: {}", messages);
        Assert.Equal(Enumerable.Range(0, 400).Where(static n => n % 100 > 0), begun.Where(static n => n % 100 > 0));
    }

    private static async Task<(TestInput Input, string Log)> RunAsync(TestOutput output, string yaml, params string[] messages)
    {
        var input = TestInput.Of(messages);
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync($"input: {{ test: {{}} }}\npipeline: {{ threads: 1 }}\noutput: {{ {yaml} }}\n", more: [input.Type, output.Type]);
        return (input, outcome.Log);
    }
}
