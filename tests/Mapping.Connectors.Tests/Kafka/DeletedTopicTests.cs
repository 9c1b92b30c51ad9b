using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;
using Mapping.Testing;

namespace Mapping.Connectors.Tests.Kafka;

/// <summary>Topics that are deleted, or were never there.</summary>
public sealed class DeletedTopicTests
{
    /// <summary>The client looks for a topic half a minute before it says that there is none.</summary>
    private const string Impatient = "metadata_max_age: 300ms, client_settings: { topic.metadata.propagation.max.ms: \"500\" }";

    [Fact]
    public async Task A_record_for_a_topic_that_is_not_there_goes_to_the_fallback()
    {
        using var mock = new MockCluster();
        mock.CreateTopic("letters", 1);
        await using var pipeline = new RunningPipeline($$"""
            input:
              generate: { mapping: "root = counter() - 1", count: 3, interval: "" }
            output:
              fallback:
                - kafka_franz: { seed_brokers: ["{{mock.Address}}"], topic: gone, allow_auto_topic_creation: false, {{Impatient}} }
                - kafka_franz: { seed_brokers: ["{{mock.Address}}"], topic: letters, key: "${! @fallback_error }" }
            """);
        await pipeline.UntilAsync(() => pipeline.IsDone, "laying aside");
        Assert.Equal(["0", "1", "2"], KafkaServer.ReadToEnd(mock.Address, "letters").Order());
        Assert.Contains("a write failed: topic gone: Local: Unknown topic (Local_UnknownTopic)", pipeline.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_topic_that_is_deleted_refuses_records_for_good_until_it_is_there_again()
    {
        using var mock = new MockCluster();
        mock.CreateTopic("orders", 1);
        await using IOutput output = await LoneOutput.ConnectAsync($"kafka_franz: {{ seed_brokers: [\"{mock.Address}\"], topic: orders, allow_auto_topic_creation: false, {Impatient} }}");
        await LoneOutput.WriteAsync(output, "before");
        mock.DeleteTopic("orders");
        (FailureKind kind, Exception error) = await LoneOutput.FailAsync(LoneOutput.WriteAsync(output, "meanwhile"));
        Assert.Equal(FailureKind.Permanent, kind);
        Assert.StartsWith("topic orders: ", error.Message, StringComparison.Ordinal);
        mock.CreateTopic("orders", 1);
        await LoneOutput.UntilTakenAsync(output, "again");
        Assert.Equal(["again"], KafkaServer.ReadToEnd(mock.Address, "orders"));
    }

    [Theory]
    [InlineData("topics: [TOPIC], consumer_group: g")]
    [InlineData("topics: [TOPIC]")]
    [InlineData("topics: [\"TOPIC:0\"]")]
    public async Task An_input_names_the_topic_and_reads_on_when_it_is_there_again(string topics)
    {
        using var server = new KafkaServer();
        if (server.Mock is not { } mock)
        {
            return;
        }

        string topic = await server.CreateTopicAsync();
        await server.ProduceAsync(topic, 0, "a", "b", "c");
        await using var pipeline = new RunningPipeline($$"""
            input:
              kafka_franz: { seed_brokers: ["{{server.Address}}"], {{topics.Replace("TOPIC", topic, StringComparison.Ordinal)}}, {{Impatient}}, session_timeout: 1500ms, heartbeat_interval: 100ms, commit_period: 10ms }
            pipeline: { threads: 1 }
            output:
              test: {}
            """);
        await pipeline.UntilWrittenAsync(3);
        mock.DeleteTopic(topic);
        await UntilToldAsync(pipeline, topic);
        mock.CreateTopic(topic, 1);
        await server.ProduceAsync(topic, 0, "d");
        await pipeline.UntilAsync(() => pipeline.Written.Contains("d"), "reading on");
        Assert.Equal(["a", "b", "c", "d"], pipeline.Written);
    }

    [Fact]
    public async Task Offsets_of_a_topic_that_was_made_again_mean_its_new_records()
    {
        using var server = new KafkaServer();
        if (server.Mock is not { } mock)
        {
            return;
        }

        string topic = await server.CreateTopicAsync();
        await server.ProduceAsync(topic, 0, "old-0", "old-1", "old-2");
        var blocked = new TaskCompletionSource();
        await using var pipeline = new RunningPipeline(
            $$"""
            input:
              kafka_franz: { seed_brokers: ["{{server.Address}}"], topics: [{{topic}}], consumer_group: {{topic}}, session_timeout: 1500ms, heartbeat_interval: 100ms, commit_period: 10ms }
            output:
              test: {}
            """,
            batch => batch[0].Body.Span.SequenceEqual("old-0"u8) ? new ValueTask(blocked.Task) : ValueTask.CompletedTask);
        await pipeline.UntilWrittenAsync(2);
        mock.DeleteTopic(topic);
        mock.CreateTopic(topic, 1);
        await server.ProduceAsync(topic, 0, "new-0");
        await pipeline.UntilAsync(() => pipeline.Written.Contains("new-0"), "reading the new one");
        Assert.Contains("has begun anew: offset 0 came after 2", pipeline.Log, StringComparison.Ordinal);
        await pipeline.UntilAsync(() => server.Committed(topic, topic) == 1, "the commit of the new one");
        blocked.SetResult();
        await pipeline.UntilWrittenAsync(4);
        await pipeline.StopAsync();
        Assert.Equal(1, server.Committed(topic, topic));
    }

    [Fact]
    public async Task What_was_committed_of_the_old_topic_does_not_hold_back_commits_of_the_new_one()
    {
        using var server = new KafkaServer();
        if (server.Mock is not { } mock)
        {
            return;
        }

        string topic = await server.CreateTopicAsync();
        await server.ProduceAsync(topic, 0, "old-0", "old-1", "old-2");
        await using var pipeline = new RunningPipeline($$"""
            input:
              kafka_franz: { seed_brokers: ["{{server.Address}}"], topics: [{{topic}}], consumer_group: {{topic}}, session_timeout: 1500ms, heartbeat_interval: 100ms, commit_period: 10ms }
            output:
              test: {}
            """);
        await pipeline.UntilAsync(() => server.Committed(topic, topic) == 3, "the commit of the old one");
        mock.DeleteTopic(topic);
        mock.CreateTopic(topic, 1);
        await server.ProduceAsync(topic, 0, "new-0");
        await pipeline.UntilAsync(() => server.Committed(topic, topic) == 1, "the commit of the new one");
        await server.ProduceAsync(topic, 0, "new-1");
        await pipeline.UntilAsync(() => server.Committed(topic, topic) == 2, "the next commit");
    }

    [Fact]
    public async Task A_topic_that_is_not_there_yet_is_named_and_read_as_soon_as_it_is()
    {
        using var server = new KafkaServer();
        if (server.Mock is not { } mock)
        {
            return;
        }

        await using var pipeline = new RunningPipeline($$"""
            input:
              kafka_franz: { seed_brokers: ["{{server.Address}}"], topics: [later], consumer_group: g, metadata_max_age: 300ms, session_timeout: 1500ms, heartbeat_interval: 100ms }
            output:
              test: {}
            """);
        await UntilToldAsync(pipeline, "later");
        mock.CreateTopic("later", 1);
        await server.ProduceAsync("later", 0, "a");
        await pipeline.UntilWrittenAsync(1);
    }

    private static Task UntilToldAsync(RunningPipeline pipeline, string topic) => pipeline.UntilAsync(
        () => pipeline.Log.Split('\n').Any(line => line.Contains("a topic does not exist, or the brokers do not show it to this user", StringComparison.Ordinal) && line.Contains(topic, StringComparison.Ordinal)),
        "telling which topic is not there");
}
