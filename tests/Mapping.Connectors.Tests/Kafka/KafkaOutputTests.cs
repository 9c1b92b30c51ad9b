using System.Text;
using Confluent.Kafka;
using Mapping.Diagnostics;

namespace Mapping.Connectors.Tests.Kafka;

public sealed class KafkaOutputTests(KafkaServer server) : IClassFixture<KafkaServer>
{
    private const short ProduceRequest = 0;
    private const int NotLeader = 6;
    private const int TopicNotAllowed = 29;

    [Fact]
    public async Task Topic_key_partition_headers_and_time_are_made_for_every_message()
    {
        string topic = await server.CreateTopicAsync(partitions: 4);
        await using var pipeline = Generating(
            2,
            """meta secret_x = "hidden", meta part = this.id + 1, meta seen = "yes" """,
            $$"""
                kafka:
                  addresses: ["{{server.Address}}"]
                  topic: ${! "{{topic}}" }
                  key: k${! this.id }
                  partitioner: manual
                  partition: ${! @part }
                  timestamp_ms: ${! 1700000000000 + this.id }
                  static_headers: { source: test }
                  metadata: { exclude_prefixes: [secret_, part] }
            """);
        IReadOnlyList<ConsumeResult<byte[]?, byte[]?>> written = [.. (await server.ReadAsync(topic, 2)).OrderBy(static r => r.Partition.Value)];
        Assert.Equal([1, 2], written.Select(static r => r.Partition.Value));
        Assert.Equal(["k0", "k1"], written.Select(static r => KafkaServer.Text(r.Message.Key)));
        Assert.Equal([1700000000000, 1700000000001], written.Select(static r => r.Message.Timestamp.UnixTimestampMs));
        Assert.All(written, static r => Assert.Equal(["source=test", "seen=yes"], r.Message.Headers.Select(static h => $"{h.Key}={Encoding.UTF8.GetString(h.GetValueBytes())}")));
    }

    [Fact]
    public async Task Round_robin_fills_partitions_alike()
    {
        string topic = await server.CreateTopicAsync(partitions: 3);
        await using var pipeline = Generating(30, string.Empty, $$"""    kafka_franz: { seed_brokers: ["{{server.Address}}"], topic: {{topic}}, key: same, partitioner: round_robin }""");
        IReadOnlyList<ConsumeResult<byte[]?, byte[]?>> written = await server.ReadAsync(topic, 30);
        Assert.Equal([10, 10, 10], written.GroupBy(static r => r.Partition.Value).Select(static g => g.Count()));
    }

    [Fact]
    public async Task Only_the_message_that_is_too_large_goes_to_the_fallback()
    {
        string topic = await server.CreateTopicAsync();
        string letters = await server.CreateTopicAsync();
        await using var pipeline = Generating(
            20,
            """root.pad = if this.id == 7 { "x".repeat(5000) }""",
            $$"""
                fallback:
                  - kafka: { addresses: ["{{server.Address}}"], topic: {{topic}}, max_msg_bytes: 2000, batching: { count: 20 } }
                  - kafka: { addresses: ["{{server.Address}}"], topic: {{letters}}, key: "${! @fallback_error }" }
            """);
        ConsumeResult<byte[]?, byte[]?> dead = Assert.Single(await server.ReadAsync(letters, 1));
        Assert.Contains("\"id\":7", KafkaServer.Text(dead.Message.Value), StringComparison.Ordinal);
        Assert.Contains("MsgSizeTooLarge", KafkaServer.Text(dead.Message.Key), StringComparison.Ordinal);
        await pipeline.StopAsync();
        Assert.Equal(19, (await server.ReadAsync(topic, 19)).Count);
    }

    [Fact]
    public async Task A_refusal_of_the_broker_is_told_and_a_passing_failure_is_not()
    {
        if (server.Mock is not { } mock)
        {
            return;
        }

        string topic = await server.CreateTopicAsync();
        string letters = await server.CreateTopicAsync();
        mock.Fail(ProduceRequest, NotLeader, 2);
        await using (Generating(1, string.Empty, $$"""    kafka_franz: { seed_brokers: ["{{server.Address}}"], topic: {{topic}}, idempotent_write: false, acks: leader }"""))
        {
            Assert.Single(await server.ReadAsync(topic, 1));
        }

        mock.Fail(ProduceRequest, TopicNotAllowed, 1);
        await using var refused = Generating(
            1,
            string.Empty,
            $$"""
                fallback:
                  - kafka: { addresses: ["{{server.Address}}"], topic: {{topic}} }
                  - kafka: { addresses: ["{{server.Address}}"], topic: {{letters}}, key: "${! @fallback_error }" }
            """);
        Assert.Contains("TopicAuthorizationFailed", KafkaServer.Text((await server.ReadAsync(letters, 1))[0].Message.Key), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kafka: { addresses: [a], topic: t, partitioner: manual }", "a manual partitioner needs partition")]
    [InlineData("kafka: { addresses: [a], topic: t, idempotent_write: true }", "idempotent_write needs the acknowledgement of all replicas")]
    [InlineData("kafka_franz: { seed_brokers: [a], topic: t, idempotent_write: false, transactional_id: x }", "transactions need idempotent_write")]
    [InlineData("kafka_franz: { seed_brokers: [a], topic: t, acks: leader }", "idempotent_write needs the acknowledgement of all replicas")]
    [InlineData("redpanda: { seed_brokers: [a], topic: t, sasl: [{ mechanism: PLAIN }, { mechanism: OAUTHBEARER }] }", "one way to log in is enough")]
    public void What_cannot_work_is_told_before_the_start(string output, string problem)
    {
        Assert.Null(RunningPipeline.Read($"output: {{ {output} }}\n", out IReadOnlyList<Diagnostic> diagnostics));
        Assert.Contains(problem, string.Join('\n', diagnostics), StringComparison.Ordinal);
    }

    private static RunningPipeline Generating(int count, string mapping, string output) => new($$"""
        input:
          generate: { mapping: "root.id = counter() - 1", count: {{count}}, interval: "" }
        pipeline:
          processors:
            - mapping: |
                root = this
                {{mapping.Replace(", meta", "\n        meta", StringComparison.Ordinal)}}
        output:
        {{output}}

        """);
}
