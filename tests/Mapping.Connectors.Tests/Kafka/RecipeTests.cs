using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Mapping.Testing;
using KafkaRecord = Confluent.Kafka.ConsumeResult<byte[]?, byte[]?>;

namespace Mapping.Connectors.Tests.Kafka;

/// <summary>The samples of the guides do what the guides say.</summary>
public sealed partial class RecipeTests(KafkaServer server) : IClassFixture<KafkaServer>
{
    [Fact]
    public async Task Changes_of_a_row_stay_in_order_under_its_primary_key()
    {
        const int rows = 20;
        string source = await server.CreateTopicAsync(partitions: 3);
        string target = await server.CreateTopicAsync(partitions: 3);
        await server.ProduceAsync(source, Enumerable.Range(0, 5).SelectMany(step => Enumerable.Range(0, rows).SelectMany(id => Change(id, step))));
        await using var pipeline = new RunningPipeline(
            Sample("cdc_by_primary_key.yaml"),
            null,
            $"input.kafka_franz.seed_brokers.0={server.Address}",
            $"input.kafka_franz.topics.0={source}",
            $"output.kafka_franz.seed_brokers.0={server.Address}",
            $"output.kafka_franz.topic={target}");
        IReadOnlyList<KafkaRecord> written = await server.ReadAsync(target, rows * 5);
        Assert.Equal(rows * 5, written.Count);
        IGrouping<string?, KafkaRecord>[] byKey = [.. written.GroupBy(static r => KafkaServer.Text(r.Message.Key))];
        Assert.Equal(Enumerable.Range(0, rows).Select(static id => $$"""{"id":{{id}}}""").Order(), byKey.Select(static g => g.Key).Order());
        foreach (IGrouping<string?, KafkaRecord> row in byKey)
        {
            Assert.Single(row.Select(static r => r.Partition.Value).Distinct());
            string id = row.Key![6..^1];
            Assert.Equal(
                [.. Enumerable.Range(0, 4).Select(step => $$"""{"id":{{id}},"email":"c***@example.com","step":{{step}}}"""), null],
                row.Select(static r => KafkaServer.Text(r.Message.Value)));
            Assert.Equal(["c", "u", "u", "u", "d"], row.Select(static r => Encoding.UTF8.GetString(r.Message.Headers.GetLastBytes("debezium_op"))));
        }
    }

    [Fact]
    public async Task A_webhook_is_answered_when_the_brokers_have_its_record()
    {
        string topic = await server.CreateTopicAsync(partitions: 3);
        await using RunningPipeline pipeline = Gateway(server.Address, topic);
        using HttpClient client = await ClientOfAsync(pipeline);
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await PostAsync(client, $$"""{"customer_id":{{i % 2}},"n":{{i}}}"""));
            Assert.Equal(i + 1, (await server.ReadAsync(topic, i + 1)).Count);
        }

        KafkaRecord[] written = [.. await server.ReadAsync(topic, 6)];
        Assert.Equal(["0", "1"], written.Select(static r => KafkaServer.Text(r.Message.Key)!).Distinct().Order());
        Assert.All(written.GroupBy(static r => KafkaServer.Text(r.Message.Key)), static g => Assert.Single(g.Select(static r => r.Partition.Value).Distinct()));
        Assert.All(written, static r => Assert.StartsWith("{\"provider\":\"stripe\",\"received_at\":\"", KafkaServer.Text(r.Message.Value), StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await PostAsync(client, """{"n":7}"""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await PostAsync(client, "no JSON"));
    }

    [Fact]
    public async Task While_the_brokers_are_away_the_caller_is_told_to_send_again()
    {
        using var mock = new MockCluster();
        mock.CreateTopic("webhooks", 1);
        await using RunningPipeline pipeline = Gateway(mock.Address, "webhooks", "output.kafka_franz.record_delivery_timeout=300ms");
        using HttpClient client = await ClientOfAsync(pipeline);

        // On a busy machine the first one, which finds the brokers, may take longer than a record has.
        await PostUntilTakenAsync(client, """{"customer_id":1}""");
        mock.SetDown();
        HttpStatusCode[] away = [HttpStatusCode.ServiceUnavailable, HttpStatusCode.BadGateway, HttpStatusCode.RequestTimeout];
        Assert.Contains(await PostAsync(client, """{"customer_id":2}"""), away);
        mock.SetUp();
        await PostUntilTakenAsync(client, """{"customer_id":2}""");
        Assert.Contains(KafkaServer.ReadToEnd(mock.Address, "webhooks"), static body => body!.Contains("\"customer_id\":2", StringComparison.Ordinal));
    }

    private static IEnumerable<Confluent.Kafka.Message<byte[]?, byte[]?>> Change(int id, int step)
    {
        string key = $$$"""{"schema":{"type":"struct"},"payload":{"id":{{{id}}}}}""";
        string row = $$"""{"id":{{id}},"email":"customer{{id}}@example.com","step":{{step}}}""";
        string images = step switch
        {
            0 => $"\"before\":null,\"after\":{row},\"op\":\"c\"",
            4 => $"\"before\":{row},\"after\":null,\"op\":\"d\"",
            _ => $"\"before\":{row},\"after\":{row},\"op\":\"u\"",
        };
        yield return KafkaServer.Record(key, $$$"""{"schema":{"type":"struct"},"payload":{{{{images}}},"source":{"table":"customers"},"ts_ms":{{{step}}}}}""");
        if (step == 4)
        {
            yield return KafkaServer.Record(key, null);
        }
    }

    private static RunningPipeline Gateway(string brokers, string topic, params string[] more) => new(
        Sample("webhook_gateway.yaml"),
        null,
        [$"input.http_server.address=127.0.0.1:0", $"output.kafka_franz.seed_brokers.0={brokers}", $"output.kafka_franz.topic={topic}", .. more]);

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string body)
    {
        using HttpResponseMessage response = await client.PostAsync("/hooks/stripe", new StringContent(body));
        return response.StatusCode;
    }

    private static async Task PostUntilTakenAsync(HttpClient client, string body)
    {
        HttpStatusCode last = default;
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (last != HttpStatusCode.OK && !end.IsCancellationRequested)
        {
            last = await PostAsync(client, body);
        }

        Assert.Equal(HttpStatusCode.OK, last);
    }

    /// <summary>Speaks to the server of a pipeline, which says where it listens.</summary>
    private static async Task<HttpClient> ClientOfAsync(RunningPipeline pipeline)
    {
        await pipeline.UntilAsync(() => Listening().IsMatch(pipeline.Log), "listening");
        return new HttpClient { BaseAddress = new Uri(Listening().Match(pipeline.Log).Groups[1].Value) };
    }

    [GeneratedRegex(@"taking messages at (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();

    private static string Sample(string name) => File.ReadAllText(Repository.PathOf("docs", "samples", "pipelines", name));
}
