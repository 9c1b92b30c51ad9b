using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;
using Mapping.Testing;

// KafkaPeer host FILE COPIES PARTITIONS: a stand-in cluster with the lines of a file as records of the topic "source"; then obeys standard input.
// KafkaPeer loop ADDRESS TARGET: reads "source" and writes what it reads to a topic, as short as such a program can be.
return args switch
{
    ["host", var file, var copies, var partitions] => Host(file, int.Parse(copies, CultureInfo.InvariantCulture), int.Parse(partitions, CultureInfo.InvariantCulture)),
    ["loop", var address, var target] => Loop(address, target),
    _ => throw new ArgumentException("host FILE COPIES PARTITIONS, or loop ADDRESS TARGET"),
};

static int Host(string file, int copies, int partitions)
{
    using var cluster = new MockCluster();
    cluster.CreateTopic("source", partitions);
    byte[][] lines = [.. File.ReadLines(file).Select(System.Text.Encoding.UTF8.GetBytes)];
    using (IProducer<Null, byte[]> producer = new ProducerBuilder<Null, byte[]>(new ProducerConfig { BootstrapServers = cluster.Address, CompressionType = CompressionType.None }).Build())
    {
        for (int i = 0; i < copies * lines.Length; i++)
        {
            var partition = new TopicPartition("source", i / 50 % partitions);
            producer.Produce(partition, new Message<Null, byte[]> { Value = lines[i % lines.Length] });
            if (i % 1000 == 0)
            {
                producer.Flush();
            }
        }

        producer.Flush();
    }

    Console.WriteLine($"{cluster.Address} {copies * lines.Length}");
    while (Console.ReadLine()?.Split(' ') is { } command)
    {
        switch (command)
        {
            case ["topic", var name]:
                cluster.CreateTopic(name, partitions);
                Console.WriteLine("made");
                break;
            case ["watch", var name, var count]:
                Console.WriteLine(Watch(cluster.Address, name, partitions, long.Parse(count, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture));
                break;
        }
    }

    return 0;
}

// Seconds from the moment when a fifth of the records have arrived, so that no start counts, until all have.
static double Watch(string address, string topic, int partitions, long count)
{
    using IConsumer<Ignore, Ignore> consumer = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig { BootstrapServers = address, GroupId = "watch" }).Build();
    long start = 0;
    while (true)
    {
        long arrived = Enumerable.Range(0, partitions).Sum(p => consumer.QueryWatermarkOffsets(new TopicPartition(topic, p), TimeSpan.FromSeconds(10)).High.Value);
        start = start == 0 && arrived >= count / 5 ? Stopwatch.GetTimestamp() : start;
        if (arrived >= count)
        {
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        Thread.Sleep(10);
    }
}

static int Loop(string address, string target)
{
    using IProducer<byte[]?, byte[]?> producer = new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig
    {
        BootstrapServers = address,
        Acks = Acks.All,
        EnableIdempotence = true,
        MaxInFlight = 1,
        CompressionType = CompressionType.Snappy,
        LingerMs = 1,
        QueueBufferingMaxMessages = 10_000,
        DeliveryReportFields = "status",
    }).Build();
    using IConsumer<byte[]?, byte[]?> consumer = new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig
    {
        BootstrapServers = address,
        GroupId = target,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        EnableAutoOffsetStore = false,
        PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
    }).Build();
    consumer.Subscribe("source");
    while (true)
    {
        if (consumer.Consume(TimeSpan.FromMilliseconds(100)) is not { } record)
        {
            continue;
        }

        while (true)
        {
            try
            {
                // Reports come in the order of the partition.
                producer.Produce(target, new Message<byte[]?, byte[]?> { Key = record.Message.Key, Value = record.Message.Value }, report =>
                {
                    if (!report.Error.IsError)
                    {
                        consumer.StoreOffset(record);
                    }
                });
                break;
            }
            catch (ProduceException<byte[]?, byte[]?> error) when (error.Error.Code == ErrorCode.Local_QueueFull)
            {
                producer.Poll(TimeSpan.FromMilliseconds(5));
            }
        }
    }
}
