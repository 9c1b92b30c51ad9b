using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;
using Mapping.Pipeline.Tests;
using Mapping.Testing;

namespace Mapping.Connectors.Tests.Kafka;

/// <summary>The first record of a topic goes alone; but a topic without a leader must not hold up the others.</summary>
public sealed class FirstRecordTests
{
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Others_go_on_when_it_takes_too_long()
    {
        using var mock = new MockCluster();
        var clock = new ManualClock();
        await using IOutput output = await ConnectAsync(mock, clock);
        Task write = output.WriteAsync(Records("stuck", "free"), CancellationToken.None).AsTask();
        await UntilAsync(() => clock.Waiting > 0);
        clock.Move(5 * Step - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, clock.Waiting);
        Assert.Empty(KafkaServer.ReadToEnd(mock.Address, "free"));
        clock.Move(TimeSpan.FromMilliseconds(1));
        await UntilAsync(() => KafkaServer.ReadToEnd(mock.Address, "free").Count == 1);
        Assert.False(write.IsCompleted);
        mock.GiveLeader("stuck", 0);
        await write.WaitAsync(TooLong);
        Assert.Single(KafkaServer.ReadToEnd(mock.Address, "stuck"));
    }

    [Fact]
    public async Task A_cancelled_write_waits_no_longer_and_leaves_the_turn_to_the_next()
    {
        using var mock = new MockCluster();
        var clock = new ManualClock();
        await using IOutput output = await ConnectAsync(mock, clock);
        using var cancel = new CancellationTokenSource();
        Task write = output.WriteAsync(Records("stuck", "free"), cancel.Token).AsTask();
        await UntilAsync(() => clock.Waiting > 0);
        Task next = output.WriteAsync(Records("free"), CancellationToken.None).AsTask();
        Assert.False(next.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write.WaitAsync(TooLong));
        await next.WaitAsync(TooLong);
        Assert.Single(KafkaServer.ReadToEnd(mock.Address, "free"));

        // It is to be closed without somebody who moves its clock.
        mock.GiveLeader("stuck", 0);
    }

    private static async Task<IOutput> ConnectAsync(MockCluster mock, ManualClock clock)
    {
        mock.CreateTopic("free", 1);
        mock.CreateTopic("stuck", 1);
        mock.TakeLeader("stuck", 0);
        return await LoneOutput.ConnectAsync($"kafka_franz: {{ seed_brokers: [\"{mock.Address}\"], topic: '${{! content() }}', metadata_max_age: 300ms }}", clock);
    }

    private static Batch Records(params string[] topics) => Batch.Of(topics.Select(static t => new Functions.Message(System.Text.Encoding.UTF8.GetBytes(t))));

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var end = new CancellationTokenSource(TooLong);
        while (!holds())
        {
            Assert.False(end.IsCancellationRequested, "it did not happen");
            await Task.Delay(20);
        }
    }
}
