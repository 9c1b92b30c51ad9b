using System.Text;
using Confluent.Kafka;
using Mapping.Pipeline.Messages;

namespace Mapping.Connectors.Tests.Kafka;

public sealed class KafkaPipelineTests(KafkaServer server) : IClassFixture<KafkaServer>
{
    [Theory]
    [InlineData("kafka")]
    [InlineData("kafka_franz")]
    [InlineData("redpanda")]
    public async Task Records_are_read_mapped_and_written_and_only_then_committed(string dialect)
    {
        string source = await server.CreateTopicAsync(partitions: 3);
        string target = await server.CreateTopicAsync(partitions: 3);
        await server.ProduceAsync(source, Enumerable.Range(0, 300).Select(i => KafkaServer.Record($"k{i % 7}", $$"""{"id":{{i}}}""")));

        string brokers = dialect == "kafka" ? "addresses" : "seed_brokers";
        await using (var pipeline = new RunningPipeline($$"""
            input:
              {{dialect}}: { {{brokers}}: ["{{server.Address}}"], topics: [{{source}}], consumer_group: {{source}} }
            pipeline:
              threads: 1
              processors:
                - mapping: |
                    root.id = this.id
                    root.key = @kafka_key.string()
            output:
              {{dialect}}: { {{brokers}}: ["{{server.Address}}"], topic: {{target}}, key: "${! @kafka_key }" }
            """))
        {
            IReadOnlyList<ConsumeResult<byte[]?, byte[]?>> written = await server.ReadAsync(target, 300);
            await pipeline.StopAsync();
            Assert.Equal(Enumerable.Range(0, 300), written.Select(r => int.Parse(Field(r, "id"))).Order());
            Assert.All(written, r => Assert.Equal(KafkaServer.Text(r.Message.Key), Field(r, "key")));
            ILookup<string?, int> read = (await server.ReadAsync(source, 300)).ToLookup(static r => KafkaServer.Text(r.Message.Key), static r => int.Parse(Field(r, "id")));
            foreach (IGrouping<string, ConsumeResult<byte[]?, byte[]?>> same in written.GroupBy(r => Field(r, "key")))
            {
                Assert.Equal(read[same.Key], same.Select(r => int.Parse(Field(r, "id"))));
            }
        }

        Assert.Equal(300, Enumerable.Range(0, 3).Sum(p => server.Committed(source, source, p) ?? 0));
    }

    [Fact]
    public async Task Rejected_messages_are_delivered_again_and_hold_the_offset_back()
    {
        string topic = await server.CreateTopicAsync();
        await server.ProduceAsync(topic, 0, Enumerable.Range(0, 10).Select(static i => $"{i}"));
        bool refuses = true;
        int refused = 0;
        await using var pipeline = new RunningPipeline(Classic(topic, "commit_period: 10ms"), batch =>
        {
            if (Volatile.Read(ref refuses) && batch.Any(static m => Encoding.UTF8.GetString(m.Body.Span) == "4"))
            {
                Interlocked.Increment(ref refused);
                throw new BatchException("not now");
            }

            return ValueTask.CompletedTask;
        });
        await pipeline.UntilAsync(() => pipeline.Written.Count == 9 && Volatile.Read(ref refused) > 3, "writing all but one");
        await pipeline.UntilAsync(() => server.Committed(topic, topic) == 4, "the commit up to what is open");
        Volatile.Write(ref refuses, false);
        await pipeline.UntilWrittenAsync(10);
        await pipeline.UntilAsync(() => server.Committed(topic, topic) == 10, "the commit of all");
        Assert.Equal(Enumerable.Range(0, 10), pipeline.Written.Select(static b => int.Parse(b!)).Order());
    }

    [Fact]
    public async Task What_was_not_written_when_the_process_ends_is_read_again()
    {
        string topic = await server.CreateTopicAsync();
        await server.ProduceAsync(topic, 0, Enumerable.Range(0, 20).Select(static i => $"{i}"));
        var never = new TaskCompletionSource();
        string yaml = Classic(topic) + "pipeline: { threads: 1 }\nshutdown_timeout: 400ms\n";
        await using (var first = new RunningPipeline(yaml, batch => batch.Any(static m => Encoding.UTF8.GetString(m.Body.Span) == "7") ? new ValueTask(never.Task) : ValueTask.CompletedTask))
        {
            await first.UntilWrittenAsync(19);
        }

        Assert.Equal(7, server.Committed(topic, topic));
        await using var second = new RunningPipeline(yaml);
        await second.UntilWrittenAsync(13);
        Assert.Equal(Enumerable.Range(7, 13), second.Written.Select(static b => int.Parse(b!)));
    }

    [Theory]
    [InlineData("range", "10ms")]
    [InlineData("cooperative-sticky", "1h")]
    public async Task A_second_member_takes_partitions_over_behind_what_the_first_has_written(string strategy, string period)
    {
        string topic = await server.CreateTopicAsync(partitions: 4);
        string yaml = Classic(topic, $"assignment_strategy: {strategy}, commit_period: {period}");
        await using var first = new RunningPipeline(yaml, static async _ => await Task.Delay(10));
        for (int p = 0; p < 4; p++)
        {
            await server.ProduceAsync(topic, p, Enumerable.Range(0, 50).Select(i => $"{p}-{i}"));
        }

        await first.UntilWrittenAsync(200);
        if (strategy == "range")
        {
            // While all members give up all partitions, the stand-in refuses the commits that real brokers still take.
            await first.UntilAsync(() => Enumerable.Range(0, 4).Sum(p => server.Committed(topic, topic, p) ?? 0) == 200, "the commit of all");
        }

        await using var second = new RunningPipeline(yaml);
        await second.UntilAsync(() => second.Log.Contains("reading", StringComparison.Ordinal) && first.Log.Contains("gave up", StringComparison.Ordinal), "sharing out anew");
        for (int p = 0; p < 4; p++)
        {
            await server.ProduceAsync(topic, p, Enumerable.Range(50, 50).Select(i => $"{p}-{i}"));
        }

        await first.UntilAsync(() => first.Written.Concat(second.Written).Distinct().Count() == 400, "writing all");
        Assert.NotEmpty(second.Written);

        // Everything was written before the partitions moved, so nothing is read twice. But stand-in brokers take no commits while they
        // gather the members of a group, and gather for half a second only (the session timeout less a second), after which the old
        // generation is of no use; a member that is late on a busy machine cannot commit then. Brokers take the commits of the old
        // generation until all its members have joined anew, or the rebalance timeout is up.
        bool isRefused = server.Mock is not null && first.Log.Contains("the last offsets were not committed", StringComparison.Ordinal);
        Assert.True(isRefused || first.Written.Count + second.Written.Count == 400, $"{first.Written.Count} and {second.Written.Count} were written\n{first.Log}\n{second.Log}");
    }

    [Fact]
    public async Task Tombstones_are_null_bodies_and_null_bodies_are_tombstones()
    {
        string source = await server.CreateTopicAsync();
        string target = await server.CreateTopicAsync();
        await server.ProduceAsync(source, KafkaServer.Record("a", """{"v":1}"""));
        await server.ProduceAsync(source, KafkaServer.Record("b", null));
        await server.ProduceAsync(source, KafkaServer.Record("c", string.Empty));
        await server.ProduceAsync(source, KafkaServer.Record("d", """{"v":2}""", ("op", "delete")));
        await using var pipeline = new RunningPipeline($$"""
            input:
              kafka: { addresses: ["{{server.Address}}"], topics: [{{source}}], consumer_group: {{source}} }
            pipeline:
              threads: 1
              processors:
                - mapping: meta seen = @kafka_tombstone_message
            output:
              kafka:
                addresses: ["{{server.Address}}"]
                topic: {{target}}
                key: ${! @kafka_key }
                max_in_flight: 1
                tombstone: ${! @op.or("") == "delete" }
            """);
        IReadOnlyList<ConsumeResult<byte[]?, byte[]?>> written = await server.ReadAsync(target, 4);
        Assert.Equal(
            [("a", """{"v":1}""", "false"), ("b", null, "true"), ("c", "", "false"), ("d", null, "false")],
            written.Select(static r => (KafkaServer.Text(r.Message.Key)!, KafkaServer.Text(r.Message.Value), Encoding.UTF8.GetString(r.Message.Headers.GetLastBytes("seen")))));
    }

    private static string Field(ConsumeResult<byte[]?, byte[]?> record, string name) =>
        System.Text.Json.JsonDocument.Parse(record.Message.Value).RootElement.GetProperty(name).ToString();

    private string Classic(string topic, string more = "commit_period: 1s") => $$"""
        input:
          kafka: { addresses: ["{{server.Address}}"], topics: [{{topic}}], consumer_group: {{topic}}, group: { session_timeout: 1500ms, heartbeat_interval: 100ms }, {{more}} }
        output:
          test: {}

        """;
}
