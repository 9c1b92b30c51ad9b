using System.Collections.Concurrent;
using System.Text;
using Mapping.Pipeline.Messages;

namespace Mapping.Connectors.Tests.Kafka;

/// <summary>Records that are rejected while their partition goes to another member.</summary>
public sealed class ReassignedReplayTests(KafkaServer server) : IClassFixture<KafkaServer>
{
    [Theory]
    [InlineData("")]
    [InlineData("pipeline: { threads: 1, partition_by: content() }")]
    public async Task The_other_member_writes_it_and_the_first_lets_go_of_it(string pipeline)
    {
        string topic = await server.CreateTopicAsync(partitions: 2);
        string yaml = $$"""
            input:
              kafka: { addresses: ["{{server.Address}}"], topics: [{{topic}}], consumer_group: {{topic}}, group: { session_timeout: 1500ms, heartbeat_interval: 100ms }, commit_period: 10ms }
            {{pipeline}}
            output:
              test: {}

            """;
        var attempts = new ConcurrentDictionary<string, int>();
        await server.ProduceAsync(topic, 0, "0-good", "0-bad", "0-later");
        await server.ProduceAsync(topic, 1, "1-good", "1-bad", "1-later");
        await using var first = new RunningPipeline(yaml, batch =>
        {
            string body = Encoding.UTF8.GetString(batch[0].Body.Span);
            attempts.AddOrUpdate(body, 1, static (_, count) => count + 1);
            return body.EndsWith("bad", StringComparison.Ordinal) ? throw new BatchException("not here") : ValueTask.CompletedTask;
        });
        await first.UntilAsync(() => attempts.GetValueOrDefault("0-bad") > 2 && attempts.GetValueOrDefault("1-bad") > 2, "trying again");
        await using var second = new RunningPipeline(yaml);
        await second.UntilAsync(() => second.Written.Any(static w => w!.EndsWith("bad", StringComparison.Ordinal)), "writing by the other");
        string moved = second.Written.First(static w => w!.EndsWith("bad", StringComparison.Ordinal))!;
        string kept = moved == "0-bad" ? "1-bad" : "0-bad";
        (int movedBefore, int keptBefore) = (attempts[moved], attempts[kept]);
        await first.UntilAsync(() => attempts[kept] > keptBefore + 3, "trying again what was kept");
        Assert.Equal(movedBefore, attempts[moved]);
        Assert.Equal(moved[..1], Assert.Single(second.Written.Select(static w => w![..1]).Distinct()));
        await second.UntilAsync(() => second.Written.Contains($"{moved[..1]}-later"), "writing what came later");
    }
}
