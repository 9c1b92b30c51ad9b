using System.Globalization;
using System.Text;
using Mapping.Connectors.Tests.Kafka;
using Mapping.Testing;
using KafkaRecord = Confluent.Kafka.ConsumeResult<byte[]?, byte[]?>;

namespace Mapping.Connectors.Tests.Sql;

/// <summary>What cannot be written is laid aside with all that is known of it, mended and sent again.</summary>
public sealed class DeadLetterTests(PostgresServer database) : IClassFixture<PostgresServer>, IAsyncLifetime, IDisposable
{
    private readonly KafkaServer kafka = new();
    private string letters = "dead_letter_queue";
    private string parkedLetters = "dead_letters_parked";

    /// <summary>The topics of the samples; in a real cluster they would be those of an earlier run.</summary>
    public async Task InitializeAsync()
    {
        if (kafka.Mock is { } mock)
        {
            mock.CreateTopic(letters, 1);
            mock.CreateTopic(parkedLetters, 1);
        }
        else
        {
            letters = await kafka.CreateTopicAsync(prefix: letters);
            parkedLetters = await kafka.CreateTopicAsync(prefix: parkedLetters);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => kafka.Dispose();

    [PostgresFact]
    public async Task The_example_lays_bad_records_aside_and_the_repair_sends_them_back()
    {
        await database.RunAsync("DROP TABLE IF EXISTS events; CREATE TABLE events (id bigint PRIMARY KEY, timestamp timestamptz, data jsonb)");
        string topic = await kafka.CreateTopicAsync(partitions: 2);
        await kafka.ProduceAsync(topic, 1, """{"id":0,"ts":"2024-01-01T00:00:00Z","payload":null}""");
        await kafka.ProduceAsync(
            topic,
            KafkaServer.Record("good", """{"id":1,"ts":"2024-01-01T00:00:00Z","payload":{"n":1}}"""),
            KafkaServer.Record("bad", """{"id":2,"ts":"29.02.2024 10:30","payload":{"n":2}}""", ("trace", "t-2")),
            KafkaServer.Record("worse", """{"id":3,"ts":"some day","payload":{"n":3}}"""),
            KafkaServer.Record("worst", "no JSON at all"));
        Dictionary<string, KafkaRecord> sent = (await kafka.ReadAsync(topic, 5)).Where(static r => r.Message.Key is not null).ToDictionary(static r => KafkaServer.Text(r.Message.Key)!);
        await using RunningPipeline main = Main(topic);
        IReadOnlyList<KafkaRecord> found = await kafka.ReadAsync(letters, 3);
        await main.UntilAsync(() => Enumerable.Range(0, 2).Sum(p => kafka.Committed(topic, topic, p) ?? 0) == 5, "the commit of all");
        Assert.Equal(["0", "1"], await database.ReadAsync("SELECT id FROM events ORDER BY id"));
        Assert.Equal(3, found.Count);
        foreach (KafkaRecord letter in found)
        {
            KafkaRecord origin = sent[Header(letter, "original_key")!];
            Assert.Equal(KafkaServer.Text(origin.Message.Value), KafkaServer.Text(letter.Message.Value));
            Assert.Equal(topic, Header(letter, "original_topic"));
            Assert.Equal(origin.Partition.Value.ToString(CultureInfo.InvariantCulture), Header(letter, "original_partition"));
            Assert.Equal(origin.Offset.Value.ToString(CultureInfo.InvariantCulture), Header(letter, "original_offset"));
            Assert.DoesNotContain(letter.Message.Headers, static h => h.Key.StartsWith("kafka_", StringComparison.Ordinal));
        }

        KafkaRecord bad = Letter(found, "bad");
        Assert.Equal("date/time field value out of range: \"29.02.2024 10:30\" (22008)", Header(bad, "error_msg"));
        Assert.Equal(Header(bad, "error_msg"), Header(bad, "fallback_error"));
        Assert.Equal("t-2", Header(bad, "trace"));
        Assert.True(DateTimeOffset.TryParse(Header(bad, "failed_at"), CultureInfo.InvariantCulture, out _));
        Assert.Contains("(22007)", Header(Letter(found, "worse"), "error_msg"), StringComparison.Ordinal);
        Assert.Contains("args_mapping failed", Header(Letter(found, "worst"), "fallback_error"), StringComparison.Ordinal);

        await using RunningPipeline repair = Repair();
        IReadOnlyList<KafkaRecord> parked = await kafka.ReadAsync(parkedLetters, 2);
        Assert.Equal(["worse", "worst"], parked.Select(static r => KafkaServer.Text(r.Message.Key)).Order());
        Assert.All(parked, static r => Assert.NotEmpty(Header(r, "parked_because")!));
        await main.UntilAsync(() => database.ReadAsync("SELECT id FROM events WHERE timestamp = '2024-02-29T10:30Z'").Result is ["2"], "the row of the mended message");
        KafkaRecord replayed = (await kafka.ReadAsync(topic, 6)).Single(r => Header(r, "repairs") is not null);
        Assert.Equal(("bad", "1", "t-2", null), (KafkaServer.Text(replayed.Message.Key), Header(replayed, "repairs"), Header(replayed, "trace"), Header(replayed, "error_msg")));
    }

    [PostgresFact]
    public async Task What_is_mended_in_vain_is_parked_in_the_end()
    {
        await database.RunAsync("DROP TABLE IF EXISTS events; CREATE TABLE events (id bigint CHECK (id > 0), timestamp timestamptz, data jsonb)");
        string topic = await kafka.CreateTopicAsync();
        await kafka.ProduceAsync(topic, KafkaServer.Record("k", """{"id":-1,"ts":"29.02.2024 10:30"}"""));
        await using RunningPipeline main = Main(topic);

        // The repair below mends what needs no mending.
        await using RunningPipeline repair = Repair("""pipeline.processors.0={ mapping: "meta repairs = @repairs.or(0).number() + 1" }""");
        KafkaRecord parked = Assert.Single(await kafka.ReadAsync(parkedLetters, 1));
        Assert.Equal(("4", "mended three times in vain", topic, "0"), (Header(parked, "repairs"), Header(parked, "parked_because"), Header(parked, "original_topic"), Header(parked, "original_offset")));
        Assert.Equal(4, (await kafka.ReadAsync(topic, 4)).Count);
        Assert.Empty(await database.ReadAsync("SELECT id FROM events"));
    }

    [PostgresFact]
    public async Task Of_a_batch_of_500_with_a_bad_record_only_that_one_is_laid_aside()
    {
        string table = await database.CreateTableAsync("id int CHECK (id <> 321)");
        string topic = await kafka.CreateTopicAsync();
        await kafka.ProduceAsync(topic, 0, Enumerable.Range(0, 500).Select(static i => $$"""{"id":{{i}}}"""));
        await using var pipeline = new RunningPipeline(Input(topic) + $$"""
            output:
              fallback:
                - sql_insert: { driver: postgres, dsn: "{{database.Dsn}}", table: {{table}}, columns: [ id ], args_mapping: "root = [ this.id ]", batching: { count: 500, period: 1h } }
                - result:
                    kafka: { addresses: ["{{kafka.Address}}"], topic: {{letters}} }
            """);
        await pipeline.UntilAsync(() => kafka.Committed(topic, topic) == 500, "the commit of all");
        KafkaRecord letter = Assert.Single(await kafka.ReadAsync(letters, 1));
        Assert.Equal(("""{"id":321}""", "321"), (KafkaServer.Text(letter.Message.Value), Header(letter, "original_offset")));
        Assert.Equal(["499"], await database.ReadAsync($"SELECT count(*) FROM {table}"));
    }

    [PostgresFact]
    public async Task Of_a_batch_of_500_all_are_delivered_again_where_the_sink_cannot_tell_which_failed()
    {
        // A deferred constraint is looked at by the commit, which names no row.
        string owners = await database.CreateTableAsync("id int PRIMARY KEY");
        string attempts = $"{owners}_attempts";
        await database.RunAsync($"INSERT INTO {owners} VALUES (1); CREATE SEQUENCE {attempts}");
        string table = await database.CreateTableAsync($"id int, owner int REFERENCES {owners} DEFERRABLE INITIALLY DEFERRED, attempt bigint DEFAULT nextval('{attempts}')");
        string topic = await kafka.CreateTopicAsync();
        await kafka.ProduceAsync(topic, 0, Enumerable.Range(0, 500).Select(static i => $$"""{"id":{{i}},"owner":{{(i == 321 ? 2 : 1)}}}"""));
        await using var pipeline = new RunningPipeline(Input(topic) + $$"""
            output:
              sql_insert: { driver: postgres, dsn: "{{database.Dsn}}", table: {{table}}, columns: [ id, owner ], args_mapping: "root = [ this.id, this.owner ]", batching: { count: 500, period: 1h } }
            """);
        await pipeline.UntilAsync(() => pipeline.Log.Contains("the commit failed", StringComparison.Ordinal), "the refusal of the commit");
        Assert.Equal(["0"], await database.ReadAsync($"SELECT count(*) FROM {table}"));
        await database.RunAsync($"INSERT INTO {owners} VALUES (2)");
        await pipeline.UntilAsync(() => kafka.Committed(topic, topic) == 500, "the commit of all");
        Assert.Equal(["500"], await database.ReadAsync($"SELECT count(DISTINCT id) FROM {table} WHERE attempt > 500"));
        Assert.Equal(["500"], await database.ReadAsync($"SELECT count(*) FROM {table}"));
    }

    private static KafkaRecord Letter(IReadOnlyList<KafkaRecord> letters, string key) => letters.Single(r => Header(r, "original_key") == key);

    private static string? Header(KafkaRecord record, string name) => record.Message.Headers.TryGetLastBytes(name, out byte[] value) ? Encoding.UTF8.GetString(value) : null;

    private static string Sample(string name) => File.ReadAllText(Repository.PathOf("docs", "samples", "pipelines", name));

    /// <summary>The example as it stands; only addresses are set.</summary>
    private RunningPipeline Main(string topic) => new(
        Sample("dlq_fallback.yaml"),
        null,
        $$"""input={ kafka_franz: { seed_brokers: ["{{kafka.Address}}"], topics: [{{topic}}], consumer_group: {{topic}}, commit_period: 50ms } }""",
        $"output.fallback.0.try.sql_insert.dsn={database.Dsn}",
        $"output.fallback.1.result.kafka_franz.seed_brokers.0={kafka.Address}",
        $"output.fallback.1.result.kafka_franz.topic={letters}");

    private RunningPipeline Repair(params string[] more) => new(
        Sample("dead_letter_repair.yaml"),
        null,
        [
            $"input.kafka_franz.seed_brokers.0={kafka.Address}",
            $"input.kafka_franz.topics.0={letters}",
            $"output.switch.cases.0.output.kafka_franz.topic={parkedLetters}",
            $"output.switch.cases.0.output.kafka_franz.seed_brokers.0={kafka.Address}",
            $"output.switch.cases.1.output.kafka.addresses.0={kafka.Address}",
            .. more,
        ]);

    private string Input(string topic) => $$"""
        input:
          kafka: { addresses: ["{{kafka.Address}}"], topics: [{{topic}}], consumer_group: {{topic}}, commit_period: 50ms }

        """;
}
