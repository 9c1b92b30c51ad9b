using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Pipeline.Running;
using Mapping.Testing;

namespace Mapping.Connectors.Tests.Kafka;

public sealed class KafkaOutageTests(KafkaServer server) : IClassFixture<KafkaServer>
{
    /// <summary>The longest outage, in a long run of the tests.</summary>
    private const int LongestOutage = 30;

    [Theory]
    [InlineData("kafka_franz: { seed_brokers: [ADDRESS], ")]
    [InlineData("kafka: { addresses: [ADDRESS], backoff: { max_elapsed_time: 3s }, ")]
    public async Task A_broker_that_is_gone_for_a_while_costs_nothing(string output)
    {
        if (server.Mock is not { } mock)
        {
            return;
        }

        string source = await server.CreateTopicAsync(partitions: 2);
        string target = await server.CreateTopicAsync(partitions: 2);
        await server.ProduceAsync(source, 0, Enumerable.Range(0, 50).Select(static i => $"{i}"));
        await using var pipeline = new RunningPipeline($$"""
            input:
              kafka_franz: { seed_brokers: ["{{server.Address}}"], topics: [{{source}}], consumer_group: {{source}}, session_timeout: 1500ms, heartbeat_interval: 100ms }
            output:
              {{output.Replace("ADDRESS", server.Address, StringComparison.Ordinal)}} topic: {{target}} }
            """);
        await server.ReadAsync(target, 50);
        mock.SetDown();
        await pipeline.UntilAsync(() => pipeline.Log.Contains("kafka: ", StringComparison.Ordinal), "telling that the broker is gone");
        await Task.Delay(TimeSpan.FromSeconds(Math.Min(LongestOutage, TestScale.Factor)));
        mock.SetUp();
        await server.ProduceAsync(source, 1, Enumerable.Range(50, 50).Select(static i => $"{i}"));
        await pipeline.UntilAsync(
            () => Enumerable.Range(0, 2).SelectMany(p => KafkaServer.ReadToEnd(server.Address, target, p)).Select(static body => int.Parse(body!)).ToHashSet().IsSupersetOf(Enumerable.Range(0, 100)),
            "writing all");
    }

    [Fact]
    public async Task A_cluster_that_cannot_be_reached_is_named()
    {
        await using var pipeline = new RunningPipeline("""
            input:
              kafka: { addresses: ["127.0.0.1:1"], topics: [t], consumer_group: g }
            output:
              test: {}
            """);
        await pipeline.UntilAsync(() => pipeline.Log.Contains("cannot connect: 127.0.0.1:1 cannot be reached", StringComparison.Ordinal), "telling the address");
    }

    [Fact]
    public async Task Closing_leaves_no_write_waiting()
    {
        if (server.Mock is not { } mock)
        {
            return;
        }

        string topic = await server.CreateTopicAsync();
        PipelineGraph graph = RunningPipeline.Read($"output: {{ kafka: {{ addresses: [\"{server.Address}\"], topic: {topic} }} }}", out _)!;
        IOutput output = graph.Output.Create(new BareContext(NoMetrics.Instance));
        await output.ConnectAsync(CancellationToken.None);
        mock.SetDown();
        try
        {
            Task[] writes = [.. Enumerable.Range(0, 3).Select(_ => output.WriteAsync(new Batch(new Functions.Message("x"u8.ToArray())), CancellationToken.None).AsTask())];
            await output.DisposeAsync();
            foreach (Task write in writes)
            {
                Exception? end = await Record.ExceptionAsync(() => write.WaitAsync(TimeSpan.FromSeconds(90)));
                Assert.True(end is ClassifiedException or DisconnectedException, $"{end}");
            }
        }
        finally
        {
            mock.SetUp();
        }
    }
}
