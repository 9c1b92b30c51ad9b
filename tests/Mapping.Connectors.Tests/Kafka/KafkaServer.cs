using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Mapping.Testing;
using KafkaMessage = Confluent.Kafka.Message<byte[]?, byte[]?>;
using KafkaRecord = Confluent.Kafka.ConsumeResult<byte[]?, byte[]?>;

namespace Mapping.Connectors.Tests.Kafka;

/// <summary>A cluster for tests: the one of <c>MAPPING_TEST_KAFKA</c> (<c>host:port</c>), or a stand-in within this process.</summary>
public sealed class KafkaServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly MockCluster? mock;
    private readonly IProducer<byte[]?, byte[]?> producer;
    private int topics;

    public KafkaServer()
    {
        string? real = Environment.GetEnvironmentVariable("MAPPING_TEST_KAFKA");
        mock = string.IsNullOrEmpty(real) ? new MockCluster() : null;
        Address = mock?.Address ?? real!;
        producer = new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig { BootstrapServers = Address, LingerMs = 0, EnableIdempotence = true }).Build();
    }

    public string Address { get; }

    /// <summary>Null with a real cluster, whose faults a test cannot make.</summary>
    internal MockCluster? Mock => mock;

    /// <summary>A topic that no other test uses.</summary>
    public async Task<string> CreateTopicAsync(int partitions = 1, string prefix = "t")
    {
        string name = $"{prefix}-{Interlocked.Increment(ref topics)}-{Guid.NewGuid():n}";
        if (mock is not null)
        {
            mock.CreateTopic(name, partitions);
            return name;
        }

        using IAdminClient admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Address }).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = name, NumPartitions = partitions, ReplicationFactor = 1 }]);
        return name;
    }

    public async Task ProduceAsync(string topic, params IEnumerable<KafkaMessage> records)
    {
        Task[] sent = [.. records.Select(r => (Task)producer.ProduceAsync(topic, r))];
        await Task.WhenAll(sent);
    }

    public Task ProduceAsync(string topic, int partition, params IEnumerable<string> bodies) =>
        Task.WhenAll(bodies.Select(b => producer.ProduceAsync(new TopicPartition(topic, partition), Record(null, b))));

    public static KafkaMessage Record(string? key, string? body, params (string Name, string Value)[] headers)
    {
        var all = new Headers();
        foreach ((string name, string value) in headers)
        {
            all.Add(name, Encoding.UTF8.GetBytes(value));
        }

        return new KafkaMessage { Key = Bytes(key), Value = Bytes(body), Headers = all };
    }

    /// <summary>Records of all partitions of a topic, once there are so many.</summary>
    internal async Task<IReadOnlyList<KafkaRecord>> ReadAsync(string topic, int count, IsolationLevel isolation = IsolationLevel.ReadUncommitted)
    {
        var found = new List<KafkaRecord>();
        await Task.Run(() =>
        {
            using IConsumer<byte[]?, byte[]?> consumer = Consumer("reader", isolation);
            using IAdminClient admin = new DependentAdminClientBuilder(consumer.Handle).Build();
            TopicMetadata known = admin.GetMetadata(topic, Patience).Topics.Single();
            consumer.Assign(known.Partitions.Select(p => new TopicPartitionOffset(topic, p.PartitionId, Offset.Beginning)));
            using var end = new CancellationTokenSource(Patience);
            while (found.Count < count && !end.IsCancellationRequested)
            {
                if (consumer.Consume(TimeSpan.FromMilliseconds(50)) is { } record)
                {
                    found.Add(record);
                }
            }
        });
        Assert.True(found.Count >= count, $"{found.Count} of {count} records came");
        return found;
    }

    /// <summary>The bodies of all that a partition holds now.</summary>
    public static IReadOnlyList<string?> ReadToEnd(string brokers, string topic, int partition = 0)
    {
        using IConsumer<byte[]?, byte[]?> consumer = new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig { BootstrapServers = brokers, GroupId = "reader", EnablePartitionEof = true }).Build();
        consumer.Assign(new TopicPartitionOffset(topic, partition, Offset.Beginning));
        var found = new List<string?>();
        while (true)
        {
            KafkaRecord record = consumer.Consume(Patience) ?? throw new TimeoutException($"{topic} has no end");
            if (record.IsPartitionEOF)
            {
                return found;
            }

            found.Add(Text(record.Message.Value));
        }
    }

    /// <summary>The offset a group would go on with; null when it has none.</summary>
    public long? Committed(string group, string topic, int partition = 0)
    {
        using IConsumer<byte[]?, byte[]?> consumer = Consumer(group);
        Offset offset = consumer.Committed([new TopicPartition(topic, partition)], Patience).Single().Offset;
        return offset == Offset.Unset ? null : offset.Value;
    }

    public static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);

    public void Dispose()
    {
        producer.Dispose();
        mock?.Dispose();
    }

    private static byte[]? Bytes(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);

    private IConsumer<byte[]?, byte[]?> Consumer(string group, IsolationLevel isolation = IsolationLevel.ReadUncommitted) => new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig
    {
        BootstrapServers = Address,
        GroupId = group,
        EnableAutoCommit = false,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        IsolationLevel = isolation,
    }).Build();
}
