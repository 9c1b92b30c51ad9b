using System.Text;
using Mapping.Functions;
using Mapping.Pipeline.Components.Buffers;
using Mapping.Pipeline.Messages;
using Mapping.Pipeline.Running;
using Mapping.Values;

namespace Mapping.Pipeline.Tests.Buffers;

public sealed class BufferTests : IDisposable
{
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(90);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Sqlite(string more = "") => $"sqlite: {{ path: '{folder.PathOf("state/buffer.db")}'{more} }}";

    private static IEnumerable<Func<Batch>> Bodies(params string[] bodies) => bodies.Select(static body => (Func<Batch>)(() => new Batch(TestInput.Message(body))));

    [Theory]
    [InlineData("none: {}")]
    [InlineData("memory: {}")]
    [InlineData("memory: { limit: 1 }")]
    [InlineData("memory: { batch_policy: { enabled: true, count: 10 } }")]
    [InlineData("sqlite")]
    public async Task All_messages_get_through_whatever_is_rejected(string buffer)
    {
        int calls = 0;
        var input = new TestInput(Enumerable.Range(0, 500).Select(i => (Func<Batch>)(() => new Batch(TestInput.Message($"{i}")))));
        var output = new TestOutput { Before = (_, _, _) => ++calls % 50 == 0 && buffer != "none: {}" ? throw new IOException("no") : ValueTask.CompletedTask };
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync($"input: {{ test: {{}} }}\nlogger: {{ level: OFF }}\nbuffer: {{ {(buffer == "sqlite" ? Sqlite() : buffer)} }}\npipeline: {{ threads: 1 }}\noutput: {{ test: {{}} }}\n", more: [input.Type, output.Type]);
        Assert.True(outcome.Finished);
        Assert.Equal(Enumerable.Range(0, 500), output.Written.Select(w => int.Parse(w, System.Globalization.CultureInfo.InvariantCulture)).Order());
        Assert.All(Enumerable.Range(0, 500), i => Assert.Null(input.Outcomes[i]));
    }

    [Fact]
    public async Task Memory_acknowledges_what_it_holds_and_no_more_than_that()
    {
        var blocked = new TaskCompletionSource();
        var input = new TestInput(Enumerable.Range(0, 1000).Select(_ => (Func<Batch>)(() => new Batch(TestInput.Message(new string('x', 800))))));
        var output = new TestOutput { Before = async (_, _, _) => await blocked.Task };
        Task<PipelineTest.Outcome> run = PipelineTest.RunAsync("input: { test: {} }\nbuffer: { memory: { limit: 100000 } }\npipeline: { threads: 1 }\noutput: { test: {} }\n", more: [input.Type, output.Type]);

        // Each message takes 1000 bytes with what holds it; one more waits to be let in.
        SpinWait.SpinUntil(() => input.Read == 101 && input.Outcomes.Count == 100 && output.Calls > 0, TooLong);
        await Task.Delay(100);
        Assert.Equal(101, input.Read);
        Assert.Equal(100, input.Outcomes.Count);
        blocked.SetResult();
        Assert.True((await run).Finished);
        Assert.Equal(1000, output.Written.Count);
    }

    [Theory]
    [InlineData("memory: {}")]
    [InlineData("sqlite")]
    public async Task What_is_held_is_written_once_whatever_becomes_of_its_source(string buffer)
    {
        var input = new TestInput(Bodies("a", "b")) { ReplaysRejected = true, GaveUp = static () => true };
        var output = new TestOutput { Before = (call, _, _) => call is > 1 and < 6 ? throw new IOException("no") : ValueTask.CompletedTask };
        await PipelineTest.RunAsync($"input: {{ test: {{}} }}\nlogger: {{ level: OFF }}\nbuffer: {{ {(buffer == "sqlite" ? Sqlite() : buffer)} }}\npipeline: {{ threads: 1 }}\noutput: {{ test: {{}} }}\n", more: [input.Type, output.Type]);
        Assert.Equal(["a", "b"], output.Written.Order());
        Assert.Equal([null, null], input.Outcomes.Values);
    }

    [Fact]
    public async Task What_waits_for_room_is_left_to_whoever_took_its_source_over()
    {
        bool gaveUp = false;
        var blocked = new TaskCompletionSource();
        var input = new TestInput(Bodies(new string('a', 800), new string('b', 800))) { GaveUp = () => Volatile.Read(ref gaveUp) };
        var output = new TestOutput { Before = async (_, _, _) => await blocked.Task };
        Task<PipelineTest.Outcome> run = PipelineTest.RunAsync("input: { test: {} }\nbuffer: { memory: { limit: 1000 } }\npipeline: { threads: 1 }\noutput: { test: {} }\n", more: [input.Type, output.Type]);
        Assert.True(SpinWait.SpinUntil(() => input.Read == 2 && output.Calls == 1, TooLong));
        Volatile.Write(ref gaveUp, true);
        blocked.SetResult();
        Assert.True((await run).Finished);
        Assert.Equal("a", Assert.Single(output.Written)[..1]);
        Assert.Null(input.Outcomes[0]);
        Assert.Contains("gave it up", input.Outcomes[1]!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Memory_groups_messages_on_their_way_out()
    {
        var input = TestInput.Of([.. Enumerable.Range(0, 25).Select(i => $"{i}")]);
        var output = new TestOutput();
        await PipelineTest.RunAsync("input: { test: {} }\nbuffer: { memory: { batch_policy: { enabled: true, count: 10 } } }\npipeline: { threads: 1 }\noutput: { test: {} }\n", more: [input.Type, output.Type]);
        Assert.Equal([10, 10, 5], output.WrittenBatches.Select(b => b.Length));
    }

    [Fact]
    public async Task A_policy_that_is_not_enabled_groups_nothing()
    {
        var input = TestInput.Of("1", "2");
        var output = new TestOutput();
        await PipelineTest.RunAsync("input: { test: {} }\nbuffer: { memory: { batch_policy: { count: 10 } } }\npipeline: { threads: 1 }\noutput: { test: {} }\n", more: [input.Type, output.Type]);
        Assert.Equal(2, output.WrittenBatches.Count);
    }

    [Fact]
    public async Task A_file_keeps_what_a_run_did_not_write_for_the_next()
    {
        using var stop = new CancellationTokenSource();
        var input = TestInput.Of([.. Enumerable.Range(0, 100).Select(i => $"{i}")]);
        var output = new TestOutput
        {
            Before = async (call, _, cancellation) =>
            {
                if (call == 10)
                {
                    Assert.True(SpinWait.SpinUntil(() => input.Outcomes.Count == 100, TooLong));
                    await stop.CancelAsync();
                }

                if (call >= 10)
                {
                    await Task.Delay(Timeout.Infinite, cancellation);
                }
            },
        };
        string yaml = $"shutdown_timeout: 200ms\ninput: {{ test: {{}} }}\nbuffer: {{ {Sqlite()} }}\npipeline: {{ threads: 1 }}\noutput: {{ test: {{}} }}\n";
        Assert.False((await PipelineTest.RunAsync(PipelineTest.Read(yaml, null, input.Type, output.Type), "", stop.Token)).Finished);
        Assert.Equal(9, output.Written.Count);
        Assert.All(input.Outcomes.Values, Assert.Null);
        var nothing = TestInput.Of();
        var rest = new TestOutput();
        Assert.True((await PipelineTest.RunAsync(yaml, more: [nothing.Type, rest.Type])).Finished);
        Assert.Equal(Enumerable.Range(9, 91).Select(i => $"{i}"), rest.Written);
        var empty = new TestOutput();
        Assert.True((await PipelineTest.RunAsync(yaml, more: [nothing.Type, empty.Type])).Finished);
        Assert.Empty(empty.Written);
    }

    [Fact]
    public async Task Processors_run_before_and_after_a_file()
    {
        string yaml = $$"""
            buffer:
              {{Sqlite(", pre_processors: [ { mapping: 'root = content() + \"b\"' }, { split: {} } ], post_processors: [ { mapping: 'root = content() + \"a\"' } ]")}}
            pipeline: { threads: 1 }
            """;
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync(yaml, "1\n2\n");
        Assert.Equal(["1ba", "2ba"], outcome.Lines);
    }

    [Fact]
    public async Task What_is_removed_before_it_is_stored_is_done()
    {
        var input = TestInput.Of("1", "2");
        await PipelineTest.RunAsync($"input: {{ test: {{}} }}\nbuffer: {{ {Sqlite(", pre_processors: [ { mapping: root = deleted() } ]")} }}\n", more: [input.Type]);
        Assert.Equal(2, input.Outcomes.Count);
    }

    [Fact]
    public async Task A_file_belongs_to_one_pipeline()
    {
        using BatchTable held = BatchTable.Open(folder.Write("taken.db", ""));
        ComponentStartException error = await Assert.ThrowsAsync<ComponentStartException>(() => PipelineTest.RunAsync($"buffer:\n  sqlite: {{ path: '{folder.PathOf("taken.db")}' }}\n"));
        Assert.Equal($"the buffer sqlite cannot start: {folder.PathOf("taken.db")} is used by another process", error.Diagnostic.Message);
        Assert.Equal("every pipeline needs a file of its own", error.Diagnostic.Hint);
    }

    [Fact]
    public async Task A_path_that_cannot_be_used_is_told_at_the_start()
    {
        ComponentStartException error = await Assert.ThrowsAsync<ComponentStartException>(() => PipelineTest.RunAsync($"buffer:\n  sqlite: {{ path: '{folder.Path}' }}\n"));
        Assert.StartsWith($"the buffer sqlite cannot start: cannot open {folder.Path}", error.Diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stored_messages_come_back_as_they_were()
    {
        Message full = TestInput.Message("{\"a\":1}");
        full.Error = new MessageError("bad", "mapping", "label", "root.x");
        Assert.True(Timestamp.TryParseRfc3339("2024-02-28T12:00:00.123456789+01:00"u8, out Timestamp? time));
        MetadataValues.Set(
            full,
            ("text", Value.FromString("é")),
            ("bytes", Value.FromBytes([0xff, 0])),
            ("number", Value.FromInt64(long.MaxValue)),
            ("time", Value.FromTimestamp(time)),
            ("nothing", Value.Null),
            ("truth", Value.True));
        Batch read = StoredBatch.Read(StoredBatch.Write(new Batch(full, Message.WithoutBody(), new Message())));
        Assert.Equal(3, read.Count);
        Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString(read[0].Body.Span));
        Assert.Equal(full.Error, read[0].Error);
        var kinds = new List<string>();
        foreach (Member member in read[0].MetadataObject.Members)
        {
            kinds.Add($"{member.Key.AsHostString()}:{member.Value.TypeName}={member.Value}");
        }

        var expected = new List<string>();
        foreach (Member member in full.MetadataObject.Members)
        {
            expected.Add($"{member.Key.AsHostString()}:{member.Value.TypeName}={member.Value}");
        }

        Assert.Equal(expected, kinds);
        Assert.True(read[1].IsNull);
        Assert.False(read[2].IsNull);
        Assert.Equal(0, read[2].Body.Length);
        Assert.Null(read[2].Error);
    }
}
