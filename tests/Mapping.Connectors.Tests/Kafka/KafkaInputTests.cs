using System.Text;
using Mapping.Pipeline.Messages;

namespace Mapping.Connectors.Tests.Kafka;

public sealed class KafkaInputTests(KafkaServer server) : IClassFixture<KafkaServer>
{
    [Fact]
    public async Task Metadata_tell_where_a_record_comes_from()
    {
        string topic = await server.CreateTopicAsync(partitions: 3);
        await server.ProduceAsync(topic, 2, "first");
        await server.ProduceAsync(topic, KafkaServer.Record("key", "second", ("trace", "a"), ("trace", "b"), ("kafka_topic", "forged")));
        await using var pipeline = new RunningPipeline(Classic(topic, $"topics: [{topic}], consumer_group: {topic}"));
        await pipeline.UntilWrittenAsync(2);
        Functions.Message first = Find(pipeline, "first");
        Assert.Equal(["", topic, "2", "0", "0", "false"], Metadata(first, "kafka_key", "kafka_topic", "kafka_partition", "kafka_offset", "kafka_lag", "kafka_tombstone_message"));
        Assert.Equal(first.GetMetadata("kafka_timestamp_unix"), first.GetMetadata("kafka_timestamp_ms")![..^3]);
        Assert.Equal(["key", topic, "b"], Metadata(Find(pipeline, "second"), "kafka_key", "kafka_topic", "trace"));
    }

    [Theory]
    [InlineData("kafka_franz", "multi_header: true", """["a","b"]""", "forged")]
    [InlineData("kafka_franz", "multi_header: false", "b", "forged")]
    [InlineData("redpanda", "", "b", "forged")]
    public async Task Headers_of_the_newer_dialects_come_last(string dialect, string fields, string trace, string forged)
    {
        string topic = await server.CreateTopicAsync();
        await server.ProduceAsync(topic, KafkaServer.Record("key", "x", ("trace", "a"), ("trace", "b"), ("kafka_topic", forged)));
        await using var pipeline = new RunningPipeline(Franz(dialect, $"topics: [{topic}], {fields}"));
        await pipeline.UntilWrittenAsync(1);
        string expected = fields.EndsWith("true", StringComparison.Ordinal) ? $"[\"{forged}\"]" : forged;
        Assert.Equal(["key", trace, expected], Metadata(Find(pipeline, "x"), "kafka_key", "trace", "kafka_topic"));
    }

    [Fact]
    public async Task Given_partitions_are_read_from_given_offsets()
    {
        string topic = await server.CreateTopicAsync(partitions: 4);
        for (int p = 0; p < 4; p++)
        {
            await server.ProduceAsync(topic, p, $"{p}a", $"{p}b");
        }

        await using var whole = new RunningPipeline(Franz("kafka_franz", $"topics: [\"{topic}:0-1\", \"{topic}:3:1\"]"));
        await whole.UntilWrittenAsync(5);
        await whole.StopAsync();
        Assert.Equal(["0a", "0b", "1a", "1b", "3b"], whole.Written.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Given_partitions_of_a_group_go_on_where_it_was()
    {
        string topic = await server.CreateTopicAsync(partitions: 2);
        string yaml = Classic(topic, $"topics: [\"{topic}:1\"], consumer_group: {topic}");
        await server.ProduceAsync(topic, 1, "a", "b");
        await using (var first = new RunningPipeline(yaml))
        {
            await first.UntilWrittenAsync(2);
        }

        await server.ProduceAsync(topic, 1, "c");
        await using var second = new RunningPipeline(yaml);
        await second.UntilWrittenAsync(1);
        Assert.Equal(["c"], second.Written);
    }

    [Fact]
    public async Task Topics_are_found_by_pattern_and_exclusions_win()
    {
        string run = $"p{Guid.NewGuid():n}";
        string orders = await server.CreateTopicAsync(prefix: run + "-orders");
        string debug = await server.CreateTopicAsync(prefix: run + "-orders-debug");
        await server.ProduceAsync(orders, 0, "order");
        await server.ProduceAsync(debug, 0, "debug");
        foreach (string group in new[] { string.Empty, $"consumer_group: {run}, " })
        {
            await using var pipeline = new RunningPipeline(Franz("redpanda", $"{group}metadata_max_age: 200ms, regexp_topics_include: [\"^{run}-\"], regexp_topics_exclude: [debug]"));
            await pipeline.UntilWrittenAsync(1);
            string later = await server.CreateTopicAsync(prefix: run + "-later");
            await server.ProduceAsync(later, 0, "later");
            await pipeline.UntilAsync(() => pipeline.Written.Contains("later"), "finding a new topic");
            Assert.DoesNotContain("debug", pipeline.Written);
        }
    }

    [Fact]
    public async Task The_newest_start_skips_what_is_there()
    {
        string topic = await server.CreateTopicAsync();
        await server.ProduceAsync(topic, 0, "old");
        await using var pipeline = new RunningPipeline(Franz("kafka_franz", $"topics: [\"{topic}:0\"], start_offset: latest, fetch_max_wait: 100ms"));
        await pipeline.UntilAsync(() => pipeline.Log.Contains("reading", StringComparison.Ordinal), "the assignment");
        int sent = 0;
        await pipeline.UntilAsync(
            () =>
            {
                server.ProduceAsync(topic, 0, $"new{sent++}").GetAwaiter().GetResult();
                return !pipeline.Written.IsEmpty;
            },
            "reading what is new");
        Assert.DoesNotContain("old", pipeline.Written);
    }

    [Fact]
    public async Task Batches_hold_messages_of_one_partition()
    {
        string topic = await server.CreateTopicAsync(partitions: 3);
        for (int p = 0; p < 3; p++)
        {
            await server.ProduceAsync(topic, p, Enumerable.Range(0, 25).Select(i => $"{p}-{i}"));
        }

        await using var pipeline = new RunningPipeline(Classic(topic, $"topics: [{topic}], consumer_group: {topic}, batching: {{ count: 10, period: 5s }}"));
        await pipeline.UntilWrittenAsync(75);
        Assert.All(pipeline.Batches, static batch => Assert.Single(batch.Select(static m => m.GetMetadata("kafka_partition")).Distinct()));
        Assert.Equal(6, pipeline.Batches.Count(static b => b.Count == 10));
        Assert.Equal(3, pipeline.Batches.Count(static b => b.Count == 5));
        await pipeline.StopAsync();
        Assert.Equal(75, Enumerable.Range(0, 3).Sum(p => server.Committed(topic, topic, p) ?? 0));
    }

    [Fact]
    public async Task Ordered_processing_has_one_batch_of_a_partition_under_way()
    {
        string topic = await server.CreateTopicAsync(partitions: 2);
        int[] under = new int[2];
        int most = 0;
        await server.ProduceAsync(topic, 0, Enumerable.Range(0, 200).Select(static i => $"{i}"));
        await server.ProduceAsync(topic, 1, Enumerable.Range(200, 200).Select(static i => $"{i}"));
        await using var pipeline = new RunningPipeline(Franz("redpanda", $"topics: [{topic}], consumer_group: {topic}, max_yield_batch_bytes: 50B"), async batch =>
        {
            int partition = int.Parse(batch[0].GetMetadata("kafka_partition")!);
            int now = Interlocked.Increment(ref under[partition]);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref under[partition]);
        });
        await pipeline.UntilWrittenAsync(400);
        Assert.Equal(1, most);
        Assert.Contains(pipeline.Batches, static b => b.Count > 1);
        foreach (IGrouping<bool, int> same in pipeline.Written.Select(static b => int.Parse(b!)).GroupBy(static n => n < 200))
        {
            Assert.Equal(same.Order(), same);
        }
    }

    [Fact]
    public async Task A_partition_at_its_limit_waits_while_others_are_read()
    {
        string topic = await server.CreateTopicAsync(partitions: 2);
        await server.ProduceAsync(topic, 0, Enumerable.Range(0, 100).Select(static i => $"{i}"));
        await server.ProduceAsync(topic, 1, Enumerable.Range(100, 100).Select(static i => $"{i}"));
        var blocked = new TaskCompletionSource();
        int begun = 0;
        await using var pipeline = new RunningPipeline(Classic(topic, $"topics: [{topic}], consumer_group: {topic}, checkpoint_limit: 5"), async batch =>
        {
            if (batch[0].GetMetadata("kafka_partition") == "0")
            {
                Interlocked.Increment(ref begun);
                await blocked.Task;
            }
        });
        try
        {
            await pipeline.UntilAsync(() => pipeline.Written.Count == 100 && Volatile.Read(ref begun) >= 5, "reading one partition, and the other up to its limit");
            Assert.Equal(5, Volatile.Read(ref begun));
        }
        finally
        {
            blocked.SetResult();
        }

        await pipeline.UntilWrittenAsync(200);
        Assert.Equal(Enumerable.Range(0, 200), pipeline.Written.Select(static b => int.Parse(b!)).Order());
    }

    [Fact]
    public async Task A_partition_of_which_nothing_is_settled_is_told()
    {
        string topic = await server.CreateTopicAsync();
        await server.ProduceAsync(topic, 0, "a");
        var blocked = new TaskCompletionSource();
        await using var pipeline = new RunningPipeline(
            Classic(topic, $"topics: [{topic}], consumer_group: {topic}, stall_timeout: 300ms"),
            _ => new ValueTask(blocked.Task));
        try
        {
            await pipeline.UntilAsync(() => pipeline.Log.Contains($"{topic}:0 stalls: 1 messages are under way", StringComparison.Ordinal), "a warning");
        }
        finally
        {
            blocked.SetResult();
        }

        await pipeline.UntilAsync(() => pipeline.Log.Contains($"{topic}:0 moves again", StringComparison.Ordinal), "an all-clear");
    }

    [Fact]
    public async Task Without_replay_rejected_messages_are_given_up()
    {
        string topic = await server.CreateTopicAsync();
        await server.ProduceAsync(topic, 0, "a", "b", "c");
        await using (var pipeline = new RunningPipeline(
            Classic(topic, $"topics: [{topic}], consumer_group: {topic}, auto_replay_nacks: false"),
            static batch => Text(batch) == "b" ? throw new BatchException("no") : ValueTask.CompletedTask))
        {
            await pipeline.UntilWrittenAsync(2);
        }

        Assert.Equal(3, server.Committed(topic, topic));
    }

    private static string Text(Batch batch) => Encoding.UTF8.GetString(batch[0].Body.Span);

    private static Functions.Message Find(RunningPipeline pipeline, string body) => pipeline.Batches.SelectMany(static b => b).Single(m => Encoding.UTF8.GetString(m.Body.Span) == body);

    private static IEnumerable<string> Metadata(Functions.Message message, params string[] names) => names.Select(n => message.GetMetadata(n)!);

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref most)) && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }

    private string Classic(string group, string fields) => $$"""
        input:
          kafka: { addresses: ["{{server.Address}}"], client_id: {{group}}, group: { session_timeout: 1500ms, heartbeat_interval: 100ms }, {{fields}} }
        output:
          test: {}

        """;

    private string Franz(string dialect, string fields) => $$"""
        input:
          {{dialect}}: { seed_brokers: ["{{server.Address}}"], session_timeout: 1500ms, heartbeat_interval: 100ms, {{fields.TrimEnd(' ', ',')}} }
        output:
          test: {}

        """;
}
