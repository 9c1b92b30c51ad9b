using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Mapping.Testing;
using Xunit.Abstractions;
using KafkaRecord = Confluent.Kafka.ConsumeResult<byte[]?, byte[]?>;

namespace Mapping.Connectors.Tests.Kafka;

/// <summary>
/// Three processes of one group that are killed and started again while others take their partitions over, with brokers that refuse now and
/// then: every record arrives, those of a key in order but for what is delivered again.
/// </summary>
public sealed class FleetTests(KafkaServer server, ITestOutputHelper output) : IClassFixture<KafkaServer>, IDisposable
{
    private const int Instances = 3;
    private const int Partitions = 12;
    private const int Keys = 120;
    private const short ProduceRequest = 0;

    private static readonly int Records = Math.Min(500_000, 50_000 * TestScale.Factor);
    private static readonly int Kills = Math.Min(40, 4 * TestScale.Factor);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Requests of the protocol by number, and what a broker may answer to each without meaning it.</summary>
    private static readonly (short Request, int Error)[] Faults =
    [
        (ProduceRequest, 6), // Produce: another broker leads the partition
        (ProduceRequest, 7), // Produce: took too long
        (1, 5), // Fetch: nobody leads it
        (8, 15), // OffsetCommit: no coordinator
        (8, 16), // OffsetCommit: another coordinator
        (12, 16), // Heartbeat: another coordinator
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("fleet").FullName;
    private readonly Process?[] fleet = new Process?[Instances];

    public void Dispose()
    {
        foreach (Process? member in fleet)
        {
            Kill(member);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Every_record_arrives_whatever_happens_to_the_members()
    {
        string source = await server.CreateTopicAsync(Partitions, "source");
        string sink = await server.CreateTopicAsync(Partitions, "sink");
        string configuration = Path.Combine(folder, "fleet.yaml");
        await File.WriteAllTextAsync(configuration, $$"""
            logger: { level: WARN }
            input:
              kafka_franz:
                seed_brokers: [ "{{server.Address}}" ]
                topics: [ {{source}} ]
                consumer_group: fleet-{{source}}
                session_timeout: 6s
                heartbeat_interval: 500ms
                commit_period: 200ms
                checkpoint_limit: 500
            pipeline: { threads: 1, processors: [ { mapping: root = this } ] }
            output:
              kafka_franz:
                seed_brokers: [ "{{server.Address}}" ]
                topic: {{sink}}
                key: ${! @kafka_key }
                max_in_flight: 4
            """);
        using var end = new CancellationTokenSource();
        var arrivals = new Arrivals();
        Task reading = Task.Run(() => Read(sink, arrivals, end.Token));
        for (int i = 0; i < Instances; i++)
        {
            fleet[i] = Start(configuration);
        }

        Task producing = ProduceAsync(source, arrivals);
        await HarassAsync(configuration, arrivals, producing);
        await producing;
        await UntilAsync(() => arrivals.Distinct == Records, arrivals, Patience * TestScale.Factor);
        await end.CancelAsync();
        await reading;

        Assert.Null(arrivals.Disorder);
        Assert.True(arrivals.Duplicates < Records, $"{arrivals.Duplicates} duplicates of {Records} records: commits are of no use");
        output.WriteLine($"{Records} records, {Kills} kills, {arrivals.Duplicates} delivered again");
    }

    /// <summary>Kills and starts again, each time when there was some progress since the last, so that the kills hit members at work.</summary>
    private async Task HarassAsync(string configuration, Arrivals arrivals, Task producing)
    {
        var random = new Random(12);
        for (int kill = 1; kill <= Kills; kill++)
        {
            int goal = (int)((long)Records * kill / (Kills + 1));
            await UntilAsync(() => arrivals.Distinct >= goal, arrivals, Patience);
            int victim = random.Next(Instances);
            Kill(fleet[victim]);

            // While the test itself produces, a refusal could hit its own records, and stand-in brokers may lose those.
            (short Request, int Error)[] faults = producing.IsCompleted ? Faults : [.. Faults.Where(static f => f.Request != ProduceRequest)];
            (short request, int error) = faults[random.Next(faults.Length)];
            server.Mock?.Fail(request, error, random.Next(1, 4));
            await Task.Delay(random.Next(500));
            fleet[victim] = Start(configuration);
        }
    }

    /// <summary>Not much faster than it is read: stand-in brokers forget what lies too far back.</summary>
    private async Task ProduceAsync(string topic, Arrivals arrivals)
    {
        const int step = 1000;
        const int mostAhead = 40_000;
        for (int i = 0; i < Records; i += step)
        {
            await UntilAsync(() => i - arrivals.Distinct <= mostAhead, arrivals, Patience);
            await server.ProduceAsync(topic, Enumerable.Range(i, step).Select(n => KafkaServer.Record(
                string.Create(CultureInfo.InvariantCulture, $"k{n % Keys}"),
                string.Create(CultureInfo.InvariantCulture, $"{{\"n\":{n / Keys}}}"))));
        }
    }

    private void Read(string topic, Arrivals arrivals, CancellationToken end)
    {
        using IConsumer<byte[]?, byte[]?> consumer = new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig
        {
            BootstrapServers = server.Address,
            GroupId = "arrivals",
            EnableAutoCommit = false,
        }).Build();
        consumer.Assign(Enumerable.Range(0, Partitions).Select(p => new TopicPartitionOffset(topic, p, Offset.Beginning)));
        while (!end.IsCancellationRequested)
        {
            if (consumer.Consume(TimeSpan.FromMilliseconds(50)) is { } record)
            {
                arrivals.Note(record);
            }
        }
    }

    private async Task UntilAsync(Func<bool> holds, Arrivals arrivals, TimeSpan patience)
    {
        var clock = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.True(clock.Elapsed < patience, $"{arrivals.Distinct} of {Records} records arrived, {arrivals.Duplicates} duplicates\n{Logs()}");
            await Task.Delay(20);
        }
    }

    private string Logs() => string.Join('\n', Directory.GetFiles(folder, "*.log").Select(File.ReadAllText));

    private Process Start(string configuration)
    {
        string log = Path.Combine(folder, $"{Guid.NewGuid():n}.log");
        string program = Path.Combine(AppContext.BaseDirectory, "blobl.dll");
        return Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"exec dotnet '{program}' run '{configuration}' -s http.enabled=false >'{log}' 2>&1"]))!;
    }

    private static void Kill(Process? member)
    {
        member?.Kill();
        member?.WaitForExit();
        member?.Dispose();
    }

    /// <summary>What is known of the records in the sink.</summary>
    private sealed class Arrivals
    {
        private readonly int[] next = new int[Keys];

        public int Distinct { get; private set; }

        public int Duplicates { get; private set; }

        /// <summary>The first record that came before one that it follows.</summary>
        public string? Disorder { get; private set; }

        public void Note(KafkaRecord record)
        {
            int key = int.Parse(Encoding.UTF8.GetString(record.Message.Key!).AsSpan(1), CultureInfo.InvariantCulture);
            using JsonDocument body = JsonDocument.Parse(record.Message.Value);
            int number = body.RootElement.GetProperty("n").GetInt32();
            if (number < next[key])
            {
                Duplicates++;
            }
            else
            {
                Disorder ??= number == next[key] ? null : $"record {number} of key {key} came where {next[key]} was due";
                next[key] = number + 1;
                Distinct++;
            }
        }
    }
}
