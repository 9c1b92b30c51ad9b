using Confluent.Kafka;

namespace Mapping.Connectors.Tests.Kafka;

/// <summary>Batches as transactions, for those who read what is committed.</summary>
public sealed class KafkaTransactionTests(KafkaServer server) : IClassFixture<KafkaServer>
{
    private const short ProduceRequest = 0;
    private const int ProducerFenced = 90;

    [Fact]
    public async Task A_batch_of_which_a_record_fails_is_not_seen()
    {
        string topic = await server.CreateTopicAsync();
        string letters = await server.CreateTopicAsync();
        await using (Generating(30, """root.pad = if this.id == 17 { "x".repeat(5000) }""", $$"""
                fallback:
                  - kafka_franz: { seed_brokers: ["{{server.Address}}"], topic: {{topic}}, transactional_id: tx-{{topic}}, max_message_bytes: 2000B, max_in_flight: 1, batching: { count: 10 } }
                  - kafka_franz: { seed_brokers: ["{{server.Address}}"], topic: {{letters}} }
            """))
        {
            Assert.Equal(10, (await server.ReadAsync(letters, 10)).Count);
        }

        // Stand-in brokers show what was taken back, too.
        int[] takenBack = server.Mock is null ? [] : [.. Enumerable.Range(10, 10).Where(static i => i != 17)];
        IReadOnlyList<ConsumeResult<byte[]?, byte[]?>> seen = await server.ReadAsync(topic, 20 + takenBack.Length, IsolationLevel.ReadCommitted);
        Assert.Equal(Enumerable.Range(0, 30).Where(i => i is < 10 or >= 20 || takenBack.Contains(i)), seen.Select(Id));
    }

    [Fact]
    public async Task An_output_whose_id_was_taken_takes_it_back_and_loses_nothing()
    {
        string topic = await server.CreateTopicAsync();

        // Of another cluster, whose produces do not fail.
        using var other = new KafkaServer();
        string source = await other.CreateTopicAsync();
        await other.ProduceAsync(source, 0, """{"id":0}""");
        await using var pipeline = new RunningPipeline($$"""
            input:
              kafka_franz: { seed_brokers: ["{{other.Address}}"], topics: ["{{source}}:0"] }
            output:
              kafka_franz: { seed_brokers: ["{{server.Address}}"], topic: {{topic}}, transactional_id: tx-{{topic}}, max_in_flight: 1 }
            """);
        await server.ReadAsync(topic, 1, IsolationLevel.ReadCommitted);
        using (IProducer<byte[], byte[]> thief = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = server.Address, TransactionalId = $"tx-{topic}" }).Build())
        {
            thief.InitTransactions(TimeSpan.FromSeconds(90));
        }

        // Stand-in brokers do not fence by themselves.
        server.Mock?.Fail(ProduceRequest, ProducerFenced, 1);
        await other.ProduceAsync(source, 0, """{"id":1}""");
        IReadOnlyList<ConsumeResult<byte[]?, byte[]?>> seen = await server.ReadAsync(topic, 2, IsolationLevel.ReadCommitted);
        Assert.Equal([0, 1], seen.Select(Id));
        Assert.Contains("enced", pipeline.Log, StringComparison.Ordinal);
    }

    private static int Id(ConsumeResult<byte[]?, byte[]?> record) =>
        System.Text.Json.JsonDocument.Parse(record.Message.Value).RootElement.GetProperty("id").GetInt32();

    private static RunningPipeline Generating(int count, string mapping, string output) => new($$"""
        input:
          generate: { mapping: "root.id = counter() - 1", count: {{count}}, batch_size: {{count}}, interval: "" }
        pipeline:
          threads: 1
          processors:
            - mutation: '{{mapping}}'
        output:
        {{output}}
        """);
}
