using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;
using Mapping.Testing;

namespace Mapping.Connectors.Tests.Kafka;

/// <summary>Connections that are reset in the middle of a produce.</summary>
public sealed class CutConnectionTests
{
    private const int Records = 60;
    private const int Cuts = 3;

    [Theory]
    [InlineData(Cut.WithinRequest, "true")]
    [InlineData(Cut.WithinRequest, "false")]
    [InlineData(Cut.BeforeAnswer, "true")]
    [InlineData(Cut.BeforeAnswer, "false")]
    public async Task Every_record_arrives(Cut cut, string isIdempotent)
    {
        using var mock = new MockCluster();
        await using ProduceCutter cutter = Before(mock, cut);
        mock.CreateTopic("cut", 1);
        cutter.Arm(Cuts);
        await using var pipeline = new RunningPipeline($$"""
            input:
              generate: { mapping: "root = counter() - 1", count: {{Records}}, interval: "" }
            output:
              kafka_franz: { seed_brokers: ["127.0.0.1:{{cutter.Port}}"], topic: cut, idempotent_write: {{isIdempotent}}, max_in_flight: 1, batching: { count: 10 } }
            """);
        await pipeline.UntilAsync(() => pipeline.IsDone, "writing all");
        Assert.Equal(Cuts, cutter.Done);
        int[] found = [.. KafkaServer.ReadToEnd(mock.Address, "cut").Select(static b => int.Parse(b!))];
        Assert.Equal(Enumerable.Range(0, Records), found.Distinct().Order());
        if (cut == Cut.BeforeAnswer && isIdempotent == "false")
        {
            // The broker had them before the reset, so sending them again makes duplicates.
            Assert.True(found.Length > Records, $"{found.Length} records were found");
        }
    }

    [Theory]
    [InlineData(Cut.WithinRequest)]
    [InlineData(Cut.BeforeAnswer)]
    public async Task What_was_under_way_when_the_time_is_up_may_have_been_written(Cut cut)
    {
        using var mock = new MockCluster();
        await using ProduceCutter cutter = Before(mock, cut);
        mock.CreateTopic("cut", 1);
        await using IOutput output = await LoneOutput.ConnectAsync(
            $"kafka_franz: {{ seed_brokers: [\"127.0.0.1:{cutter.Port}\"], topic: cut, idempotent_write: false, record_delivery_timeout: 5s }}");
        cutter.Arm(int.MaxValue);
        (FailureKind kind, Exception error) = await LoneOutput.FailAsync(LoneOutput.WriteAsync(output, "0"));
        Assert.Equal(FailureKind.Ambiguous, kind);
        Assert.Contains("(Local_MsgTimedOut)", error.Message, StringComparison.Ordinal);
        cutter.Arm(0);
        await LoneOutput.UntilTakenAsync(output, "1");
        Assert.Contains("1", KafkaServer.ReadToEnd(mock.Address, "cut"));
    }

    [Fact]
    public async Task What_no_broker_could_take_was_not_written()
    {
        using var mock = new MockCluster();
        mock.CreateTopic("away", 1);
        await using IOutput output = await LoneOutput.ConnectAsync($"kafka_franz: {{ seed_brokers: [\"{mock.Address}\"], topic: away, record_delivery_timeout: 1s }}");
        mock.SetDown();

        // Until the client knows, it may have sent something.
        await LoneOutput.FailAsync(LoneOutput.WriteAsync(output, "perhaps"));
        (FailureKind kind, Exception error) = await LoneOutput.FailAsync(LoneOutput.WriteAsync(output, "0"));
        Assert.Equal(FailureKind.Transient, kind);
        Assert.Contains("topic away: Local: Message timed out", error.Message, StringComparison.Ordinal);
        mock.SetUp();
        await LoneOutput.UntilTakenAsync(output, "1");
    }

    private static ProduceCutter Before(MockCluster mock, Cut cut)
    {
        var cutter = new ProduceCutter(int.Parse(mock.Address.Split(':')[^1]), cut);
        mock.Advertise(cutter.Port);
        return cutter;
    }
}
