using Confluent.Kafka;
using Mapping.Connectors.Kafka;
using Mapping.Pipeline.Contracts;
using KafkaRecord = Confluent.Kafka.ConsumeResult<byte[]?, byte[]?>;

namespace Mapping.Connectors.Tests.Kafka;

public sealed class PartitionLagsTests(KafkaServer server) : IClassFixture<KafkaServer>
{
    [Fact]
    public async Task The_gauge_follows_the_reading()
    {
        string topic = await server.CreateTopicAsync();
        await server.ProduceAsync(topic, 0, "a", "b", "c");
        using IConsumer<byte[]?, byte[]?> consumer = new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig { BootstrapServers = server.Address, GroupId = topic }).Build();
        consumer.Assign(new TopicPartitionOffset(topic, 0, 0));
        var gauge = new KeptGauge();
        var lags = new PartitionLags(Options(topic), new BareContext(gauge), consumer);
        KafkaRecord record = Read(consumer);
        Assert.Equal(2, lags.Of(record));
        Assert.Equal(2, gauge.Last);
        lags.Of(Read(consumer));
        lags.Of(Read(consumer));
        lags.Refresh();
        Assert.Equal(0, gauge.Last);
        gauge.Set(7);
        lags.Forget([record.TopicPartition]);
        Assert.Equal(0, gauge.Last);
        consumer.Close();
    }

    private static KafkaRecord Read(IConsumer<byte[]?, byte[]?> consumer) => consumer.Consume(TimeSpan.FromSeconds(90)) ?? throw new TimeoutException("nothing came");

    private static KafkaInputOptions Options(string group) => new(
        KafkaDialect.Classic, null!, null!, group, AutoOffsetReset.Earliest, null!, TimeSpan.Zero, string.Empty, null!, null!, MultiHeader: false, LagPeriod: TimeSpan.Zero, TimeSpan.Zero, ReplaysRejected: true, ExtractsTrace: null);

    private sealed class KeptGauge : IMetrics, IGauge
    {
        public double Last { get; private set; } = -1;

        public ICounter Counter(string name, params ReadOnlySpan<(string Name, string Value)> labels) => throw new NotSupportedException();

        public IGauge Gauge(string name, params ReadOnlySpan<(string Name, string Value)> labels) => this;

        public ITiming Timing(string name, params ReadOnlySpan<(string Name, string Value)> labels) => throw new NotSupportedException();

        public IMetrics With(params ReadOnlySpan<(string Name, string Value)> labels) => this;

        public void Set(double value) => Last = value;
    }
}
