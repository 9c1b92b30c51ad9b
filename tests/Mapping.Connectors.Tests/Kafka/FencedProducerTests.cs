using Confluent.Kafka;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;
using Mapping.Testing;

namespace Mapping.Connectors.Tests.Kafka;

/// <summary>Outputs whose transactional id another producer takes over.</summary>
public sealed class FencedProducerTests
{
    private const short Produce = 0;
    private const short InitProducer = 22;
    private const short AddPartitions = 24;
    private const short EndTransaction = 26;
    private const int InvalidEpoch = 47;
    private const int Fenced = 90;
    private const int IdNotAllowed = 53;

    [Theory]
    [InlineData(Produce, Fenced)]
    [InlineData(Produce, InvalidEpoch)]
    [InlineData(AddPartitions, Fenced)]
    [InlineData(AddPartitions, InvalidEpoch)]
    [InlineData(EndTransaction, Fenced)]
    [InlineData(EndTransaction, InvalidEpoch)]
    public async Task The_batch_is_written_by_a_producer_that_takes_the_id_back(short request, int error)
    {
        using var mock = new MockCluster();
        mock.CreateTopic("bills", 1);
        mock.CreateTopic("letters", 1);
        mock.Fail(request, error, 1);
        await using var pipeline = new RunningPipeline($$"""
            input:
              generate: { mapping: "root = counter() - 1", count: 30, interval: "" }
            pipeline: { threads: 1 }
            output:
              fallback:
                - kafka_franz: { seed_brokers: ["{{mock.Address}}"], topic: bills, transactional_id: tx, max_in_flight: 1, batching: { count: 10 } }
                - kafka_franz: { seed_brokers: ["{{mock.Address}}"], topic: letters }
            """);
        await pipeline.UntilAsync(() => pipeline.IsDone, "writing all");
        Assert.Equal(Enumerable.Range(0, 30).Select(static i => $"{i}").Order(), KafkaServer.ReadToEnd(mock.Address, "bills").Distinct().Order());
        Assert.Empty(KafkaServer.ReadToEnd(mock.Address, "letters"));
    }

    [Theory]
    [InlineData(Produce, nameof(FailureKind.Transient))]
    [InlineData(AddPartitions, nameof(FailureKind.Transient))]
    [InlineData(EndTransaction, nameof(FailureKind.Ambiguous))]
    public async Task It_is_told_who_has_the_id_and_what_to_do(short request, string expected)
    {
        using var mock = new MockCluster();
        mock.CreateTopic("bills", 1);
        await using IOutput output = await LoneOutput.ConnectAsync($"kafka_franz: {{ seed_brokers: [\"{mock.Address}\"], topic: bills, transactional_id: tx }}");
        mock.Fail(request, Fenced, 1);
        (FailureKind kind, Exception error) = await LoneOutput.FailAsync(LoneOutput.WriteAsync(output, "0"));
        Assert.Equal(expected, kind.ToString());
        Assert.False(Assert.IsType<DisconnectedException>(error).IsFinal);
        Assert.StartsWith("another producer uses the transactional_id \"tx\" and has taken it over: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("; give every output an id of its own, as in orders-${HOSTNAME}", error.Message, StringComparison.Ordinal);

        // What the engine does then.
        await output.ConnectAsync(CancellationToken.None);
        await LoneOutput.WriteAsync(output, "0");
        Assert.Contains("0", KafkaServer.ReadToEnd(mock.Address, "bills"));
    }

    [Fact]
    public async Task An_id_that_is_not_allowed_is_refused_for_good()
    {
        using var mock = new MockCluster();
        mock.Fail(InitProducer, IdNotAllowed, 1);
        await using IOutput output = LoneOutput.Make($"kafka_franz: {{ seed_brokers: [\"{mock.Address}\"], topic: bills, transactional_id: tx }}");
        (FailureKind kind, Exception error) = await LoneOutput.FailAsync(output.ConnectAsync(CancellationToken.None).AsTask());
        Assert.Equal(FailureKind.Permanent, kind);
        Assert.StartsWith("the transactional_id \"tx\" cannot be taken: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_outputs_under_one_id_both_write_all()
    {
        using var server = new KafkaServer();
        string topic = await server.CreateTopicAsync();
        string Writing(string name) => $$"""
            input:
              generate: { mapping: 'root = "{{name}}-%v".format(counter() - 1)', count: 20, interval: 20ms }
            pipeline: { threads: 1 }
            output:
              kafka_franz: { seed_brokers: ["{{server.Address}}"], topic: {{topic}}, transactional_id: tx-{{topic}}, max_in_flight: 1 }
            """;
        await using var first = new RunningPipeline(Writing("a"));
        await using var second = new RunningPipeline(Writing("b"));
        await first.UntilAsync(() => first.IsDone && second.IsDone, "writing all");
        string?[] seen = [.. (await server.ReadAsync(topic, 40, IsolationLevel.ReadCommitted)).Select(static r => KafkaServer.Text(r.Message.Value)).Distinct()];
        Assert.Equal(40, seen.Length);
    }
}
