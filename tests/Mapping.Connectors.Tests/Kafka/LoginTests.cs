using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;
using Mapping.Testing;

namespace Mapping.Connectors.Tests.Kafka;

/// <summary>Credentials that brokers refuse.</summary>
public sealed class LoginTests
{
    private const string Password = "pa55-w0rd";

    [Theory]
    [InlineData("kafka", "addresses", "sasl: { mechanism: PLAIN, user: orders, password: pa55-w0rd }")]
    [InlineData("kafka_franz", "seed_brokers", "sasl: [ { mechanism: PLAIN, username: orders, password: pa55-w0rd } ]")]
    public async Task An_input_says_who_is_refused_and_goes_on_when_that_is_mended(string dialect, string brokers, string sasl)
    {
        using var server = new KafkaServer();
        if (server.Mock is not { } mock)
        {
            return;
        }

        string topic = await server.CreateTopicAsync();
        await server.ProduceAsync(topic, 0, "a", "b");
        await using SaslGate gate = Before(mock);
        await using var pipeline = new RunningPipeline($$"""
            input:
              {{dialect}}: { {{brokers}}: ["127.0.0.1:{{gate.Port}}"], topics: [{{topic}}], consumer_group: {{topic}}, {{sasl}} }
            output:
              test: {}
            """);
        await UntilRefusedAsync(pipeline, gate);
        gate.Login = $"orders:{Password}";
        await pipeline.UntilWrittenAsync(2);
        Assert.DoesNotContain(Password, pipeline.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kafka", "addresses", "sasl: { mechanism: PLAIN, user: orders, password: pa55-w0rd }")]
    [InlineData("redpanda", "seed_brokers", "sasl: [ { mechanism: PLAIN, username: orders, password: pa55-w0rd } ]")]
    public async Task An_output_says_who_is_refused_and_goes_on_when_that_is_mended(string dialect, string brokers, string sasl)
    {
        using var mock = new MockCluster();
        mock.CreateTopic("letters", 1);
        await using SaslGate gate = Before(mock);
        await using var pipeline = new RunningPipeline($$"""
            input:
              generate: { mapping: root = "a", count: 1, interval: "" }
            output:
              {{dialect}}: { {{brokers}}: ["127.0.0.1:{{gate.Port}}"], topic: letters, {{sasl}} }
            """);
        await UntilRefusedAsync(pipeline, gate);
        gate.Login = $"orders:{Password}";
        await pipeline.UntilAsync(() => pipeline.IsDone, "writing");
        Assert.DoesNotContain(Password, pipeline.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PLAIN", "PLAIN", "Invalid username or password")]
    [InlineData("PLAIN", "SCRAM-SHA-512", "SCRAM-SHA-512")]
    [InlineData("SCRAM-SHA-256", "PLAIN", "PLAIN")]
    public async Task It_is_for_good_and_the_reason_of_the_broker_is_told(string used, string known, string reason)
    {
        using var mock = new MockCluster();
        await using SaslGate gate = Before(mock, known);
        await using IOutput output = LoneOutput.Make($"kafka_franz: {{ seed_brokers: [\"127.0.0.1:{gate.Port}\"], topic: t, sasl: [ {{ mechanism: {used}, username: orders, password: {Password} }} ] }}");
        (FailureKind kind, Exception error) = await LoneOutput.FailAsync(output.ConnectAsync(CancellationToken.None).AsTask());
        Assert.IsType<DisconnectedException>(error);
        Assert.Equal(FailureKind.Permanent, kind);
        Assert.Contains($"refuses user \"orders\" by {used}", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, error.ToString(), StringComparison.Ordinal);

        // The client itself pauses longer and longer.
        Assert.InRange(gate.Refused, 1, 20);
    }

    [Theory]
    [InlineData("reconnect.backoff.ms: \"50\"")]
    [InlineData("reconnect.backoff.max.ms: \"500\"")]
    [InlineData("reconnect.backoff.ms: \"20000\", reconnect.backoff.max.ms: \"30000\"")]
    public async Task Pauses_of_ones_own_may_be_any(string settings)
    {
        using var mock = new MockCluster();
        mock.CreateTopic("letters", 1);
        await using SaslGate gate = Before(mock);
        gate.Login = $"orders:{Password}";
        string sasl = $"sasl: [ {{ mechanism: PLAIN, username: orders, password: {Password} }} ], client_settings: {{ {settings} }}";
        await using IOutput output = await LoneOutput.ConnectAsync($"kafka_franz: {{ seed_brokers: [\"127.0.0.1:{gate.Port}\"], topic: letters, {sasl} }}");
        await LoneOutput.WriteAsync(output, "a");
    }

    private static async Task UntilRefusedAsync(RunningPipeline pipeline, SaslGate gate)
    {
        await pipeline.UntilAsync(() => pipeline.Log.Contains($"cannot connect: 127.0.0.1:{gate.Port} refuses user \\\"orders\\\" by PLAIN", StringComparison.Ordinal), "the refusal");
        Assert.NotEqual(0, gate.Refused);
    }

    private static SaslGate Before(MockCluster mock, string mechanism = "PLAIN")
    {
        var gate = new SaslGate(int.Parse(mock.Address.Split(':')[^1])) { Mechanism = mechanism };
        mock.Advertise(gate.Port);
        return gate;
    }
}
