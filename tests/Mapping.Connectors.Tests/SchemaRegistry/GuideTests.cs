using System.Text.RegularExpressions;
using Confluent.Kafka;
using Mapping.Connectors.Tests.Kafka;
using Mapping.Testing;

namespace Mapping.Connectors.Tests.SchemaRegistry;

/// <summary>What the guide shows works.</summary>
public sealed partial class GuideTests(KafkaServer kafka) : IClassFixture<KafkaServer>
{
    private const string Order = """{"type":"record","name":"Order","fields":[{"name":"n","type":"int"},{"name":"note","type":["null","string"],"default":null}]}""";

    [Fact]
    public async Task Messages_of_unknown_schemas_go_to_the_quarantine_as_they_came()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int id = registry.Register("orders-value", Order);
        string topic = await kafka.CreateTopicAsync();
        string json = await kafka.CreateTopicAsync();
        string quarantine = await kafka.CreateTopicAsync();
        byte[] strange = RegistryStub.Framed(4711, 1, 2, 3);
        await kafka.ProduceAsync(topic, Record(RegistryStub.Framed(id, 2, 2, 2, (byte)'x')), Record(strange), Record(RegistryStub.Framed(id, 4, 0)), Record(null));
        await using var pipeline = new RunningPipeline(Configuration(0, registry).Replace("topics: [ orders ]", $"topics: [ {topic} ]").Replace("orders-json", json).Replace("orders-quarantine", quarantine));
        IReadOnlyList<ConsumeResult<byte[]?, byte[]?>> read = await kafka.ReadAsync(json, 3);
        Assert.Equal([null, """{"n":1,"note":"x"}""", """{"n":2,"note":null}"""], read.Select(static r => KafkaServer.Text(r.Message.Value)).Order(StringComparer.Ordinal));
        ConsumeResult<byte[]?, byte[]?> aside = Assert.Single(await kafka.ReadAsync(quarantine, 1));
        Assert.Equal(strange, aside.Message.Value);
        Assert.Equal("4711", Header(aside, "schema_id"));
        Assert.Equal("unknown_schema", Header(aside, "schema_error"));
        Assert.Equal("the schema id 4711 is unknown to the registry", Header(aside, "error"));
    }

    [Fact]
    public async Task Contracts_route_without_a_look_at_the_payload()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int payments = registry.Register("payments-value", Order);
        int debug = registry.Register("debug-value", "\"string\"");
        int other = registry.Register("other-value", "\"long\"");
        string[] topics = [await kafka.CreateTopicAsync(), await kafka.CreateTopicAsync(), await kafka.CreateTopicAsync(), await kafka.CreateTopicAsync()];
        byte[][] bodies = [RegistryStub.Framed(payments, 0xFF), RegistryStub.Framed(debug, 0xFF), RegistryStub.Framed(other, 0xFF), RegistryStub.Framed(4711, 0xFF)];
        await kafka.ProduceAsync(topics[0], bodies.Select(static b => Record(b)).ToArray());
        string yaml = Configuration(1, registry).Replace("topics: [ events ]", $"topics: [ {topics[0]} ]").Replace("topic: payments", $"topic: {topics[1]}").Replace("topic: datalake", $"topic: {topics[2]}").Replace("topic: events-quarantine", $"topic: {topics[3]}");
        await using var pipeline = new RunningPipeline(yaml);
        Assert.Equal(bodies[0], Assert.Single(await kafka.ReadAsync(topics[1], 1)).Message.Value);
        Assert.Equal(bodies[2], Assert.Single(await kafka.ReadAsync(topics[2], 1)).Message.Value);
        Assert.Equal(bodies[3], Assert.Single(await kafka.ReadAsync(topics[3], 1)).Message.Value);
        Assert.All(registry.Requests, static r => Assert.EndsWith("/versions", r));
    }

    [Fact]
    public async Task Bodies_are_encoded_and_what_does_not_fit_tells_its_place()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int id = registry.Register("orders-value", """{"type":"record","name":"O","fields":[{"name":"lines","type":{"type":"array","items":{"type":"record","name":"L","fields":[{"name":"count","type":"int"}]}}}]}""");
        string processor = Configuration(2, registry).Split("- ", 2)[1].ReplaceLineEndings("\n    ");
        var run = new SchemaRun();
        await run.RunAsync(
            $"pipeline:\n  processors:\n    - {processor}\nerror_handling: {{ strategy: none }}\n",
            Pipeline.Messages.Batch.Of([SchemaRun.With("""{"lines":[{"count":2}]}"""u8.ToArray(), "kafka_topic", "orders"), SchemaRun.With("""{"lines":[{"count":"2"}]}"""u8.ToArray(), "kafka_topic", "orders")]));
        Assert.Equal(RegistryStub.Framed(id, 2, 4, 0), run.Written[0].Body.ToArray());
        Assert.EndsWith("lines.0.count: expected an int, found string 2", run.Written[1].Error!.Text);
    }

    private static Message<byte[]?, byte[]?> Record(byte[]? value) => new() { Key = "k"u8.ToArray(), Value = value };

    private static string Header(ConsumeResult<byte[]?, byte[]?> record, string name) => KafkaServer.Text(record.Message.Headers.GetLastBytes(name))!;

    private string Configuration(int index, RegistryStub registry) =>
        Block().Matches(File.ReadAllText(Repository.PathOf("docs", "guides", "schema-registry.md")).ReplaceLineEndings("\n"))[index].Groups[1].Value
            .Replace("http://localhost:8081", registry.Url, StringComparison.Ordinal)
            .Replace("localhost:9092", kafka.Address, StringComparison.Ordinal);

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
