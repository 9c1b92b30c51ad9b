using System.Text;
using Confluent.Kafka;
using Mapping.Diagnostics;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Reference;

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
    public async Task A_key_that_is_no_text_is_written_byte_for_byte()
    {
        string topic = await server.CreateTopicAsync();
        await using var pipeline = Generating(1, """meta key = "/wCA".decode("base64")""", $$"""    kafka: { addresses: ["{{server.Address}}"], topic: {{topic}}, key: "${! @key }" }""");
        Assert.Equal([0xFF, 0x00, 0x80], Assert.Single(await server.ReadAsync(topic, 1)).Message.Key!);
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
            500,
            """root.pad = if this.id == 7 { "x".repeat(5000) }""",
            $$"""
                fallback:
                  - kafka: { addresses: ["{{server.Address}}"], topic: {{topic}}, max_msg_bytes: 2000, batching: { count: 500 } }
                  - kafka: { addresses: ["{{server.Address}}"], topic: {{letters}}, key: "${! @fallback_error }" }
            """);
        ConsumeResult<byte[]?, byte[]?> dead = Assert.Single(await server.ReadAsync(letters, 1));
        Assert.Contains("\"id\":7", KafkaServer.Text(dead.Message.Value), StringComparison.Ordinal);
        Assert.Contains("MsgSizeTooLarge", KafkaServer.Text(dead.Message.Key), StringComparison.Ordinal);
        await pipeline.StopAsync();
        Assert.Equal(499, (await server.ReadAsync(topic, 499)).Count);
    }

    [Theory]
    [InlineData(500, 1)]
    [InlineData(250, 2)]
    public async Task The_whole_batch_is_delivered_again_where_its_order_is_to_be_kept(int read, int deliveries)
    {
        string topic = await server.CreateTopicAsync();

        // The second input keeps the first from ending, which would close a batch that is not full.
        await using var pipeline = new RunningPipeline($$"""
            input:
              broker:
                inputs:
                  - generate: { mapping: "root.id = counter() - 1", count: 500, interval: "", batch_size: {{read}} }
                  - generate: { mapping: root = deleted(), interval: 1h }
            pipeline:
              processors:
                - mutation: 'root.pad = if this.id == 7 { "x".repeat(5000) }'
            output:
              kafka: { addresses: ["{{server.Address}}"], topic: {{topic}}, max_msg_bytes: 2000, retry_as_batch: true, batching: { count: 500 } }
            """);
        await pipeline.UntilAsync(() => pipeline.Log.Split($"delivering {read} messages again, attempt 2:").Length - 1 == deliveries, "delivering all again");
        await pipeline.UntilAsync(() => KafkaServer.ReadToEnd(server.Address, topic).GroupBy(static body => body).Count(static same => same.Count() > 1) == 499, "writing all others again");
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

    [Theory]
    [InlineData("input: { kafka: { addresses: [a], topics: [t], consumer_group: g, timely_nacks_maximum_wait: 5s, extract_tracing_map: root = @ } }")]
    [InlineData("input: { kafka_franz: { seed_brokers: [a], topics: [t], consumer_group: g, timely_nacks_maximum_wait: 5s, tcp: { connect_timeout: 0s, keep_alive: { idle: 15s } } } }")]
    [InlineData("input: { redpanda: { seed_brokers: [a], topics: [t], consumer_group: g, timely_nacks_maximum_wait: 5s, unordered_processing: { enabled: false, batching: { count: 10 } } } }")]
    [InlineData("output: { kafka: { addresses: [a], topic: t, inject_tracing_map: root = @, custom_topic_creation: { enabled: false, partitions: -1, replication_factor: -1 } } }")]
    [InlineData("output: { kafka_franz: { seed_brokers: [a], topic: t, allow_auto_topic_creation: false, broker_write_max_bytes: 100MiB, inject_tracing_map: root = @, tcp: { tcp_user_timeout: 0s } } }")]
    [InlineData("output: { redpanda: { seed_brokers: [a], topic: t, allow_auto_topic_creation: true, broker_write_max_bytes: 100MiB, tcp: {} } }")]
    public void Fields_of_other_engines_are_understood(string yaml)
    {
        PipelineGraph? graph = RunningPipeline.Read(yaml, out IReadOnlyList<Diagnostic> diagnostics);
        Assert.True(graph is not null, string.Join('\n', diagnostics));
        Assert.Empty(diagnostics);
    }

    [Fact]
    public void Settings_of_the_client_are_not_shown()
    {
        PipelineGraph graph = RunningPipeline.Read("output: { kafka: { addresses: [a], topic: t, client_settings: { sasl.password: pa55 } } }", out _)!;
        Assert.DoesNotContain("pa55", Echo.ToYaml(graph), StringComparison.Ordinal);
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
