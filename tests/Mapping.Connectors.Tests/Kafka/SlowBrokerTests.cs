using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;
using Mapping.Testing;

namespace Mapping.Connectors.Tests.Kafka;

/// <summary>Brokers that answer later than anybody waits for them.</summary>
public sealed class SlowBrokerTests
{
    private const short ProduceRequest = 0;
    private const int Slow = 3000;

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Nothing_is_lost_while_answers_come_too_late(string isIdempotent)
    {
        using var server = new KafkaServer();
        if (server.Mock is not { } mock)
        {
            return;
        }

        string source = await server.CreateTopicAsync();
        string target = await server.CreateTopicAsync();
        await server.ProduceAsync(source, 0, Enumerable.Range(0, 50).Select(static i => $"{i}"));
        await using var pipeline = new RunningPipeline($$"""
            input:
              kafka_franz: { seed_brokers: ["{{server.Address}}"], topics: ["{{source}}:0"] }
            output:
              kafka_franz: { seed_brokers: ["{{server.Address}}"], topic: {{target}}, idempotent_write: {{isIdempotent}}, timeout: 300ms, request_timeout_overhead: 200ms }
            """);
        await server.ReadAsync(target, 50);
        await server.ProduceAsync(source, 0, Enumerable.Range(50, 50).Select(static i => $"{i}"));
        mock.SetRoundTrip(Slow);
        await pipeline.UntilAsync(() => pipeline.Log.Contains("brokers answer too late", StringComparison.Ordinal), "telling that answers do not come");
        mock.SetRoundTrip(0);
        await pipeline.UntilAsync(() => KafkaServer.ReadToEnd(server.Address, target).Select(static b => int.Parse(b!)).ToHashSet().IsSupersetOf(Enumerable.Range(0, 100)), "writing all");
        Assert.DoesNotContain("delivering", pipeline.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_sent_may_have_been_written_and_what_was_not_sent_was_not()
    {
        using var mock = new MockCluster();
        mock.TrackRequests();
        mock.CreateTopic("slow", 1);
        await using IOutput output = await LoneOutput.ConnectAsync(
            $"kafka_franz: {{ seed_brokers: [\"{mock.Address}\"], topic: slow, idempotent_write: false, timeout: 1s, record_delivery_timeout: 5s }}");
        await LoneOutput.UntilTakenAsync(output, "at once");
        int before = mock.Requests(ProduceRequest);
        mock.SetRoundTrip(10 * Slow);
        Task sent = LoneOutput.WriteAsync(output, "sent");
        while (mock.Requests(ProduceRequest) == before)
        {
            Assert.False(sent.IsCompleted, "it was not sent");
            await Task.Delay(20);
        }

        Task waiting = LoneOutput.WriteAsync(output, "behind it");
        (FailureKind kind, Exception error) = await LoneOutput.FailAsync(sent);
        Assert.Equal(FailureKind.Ambiguous, kind);
        Assert.Contains("topic slow: Local: Message timed out (Local_MsgTimedOut)", error.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Transient, (await LoneOutput.FailAsync(waiting)).Kind);
        mock.SetRoundTrip(0);
        await LoneOutput.UntilTakenAsync(output, "afterwards");
    }
}
