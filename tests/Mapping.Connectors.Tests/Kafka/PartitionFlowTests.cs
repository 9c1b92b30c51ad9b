using System.Threading.Channels;
using Confluent.Kafka;
using Mapping.Connectors.Kafka;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;
using Mapping.Pipeline.Running;

namespace Mapping.Connectors.Tests.Kafka;

public sealed class PartitionFlowTests
{
    private readonly Channel<Gathered> ready = Channel.CreateUnbounded<Gathered>();

    [Fact]
    public async Task What_is_rejected_after_the_partition_was_given_up_is_left_to_its_next_owner()
    {
        PartitionFlow flow = Make(new FlowOptions(10, false, 0, 0, null));
        for (int i = 0; i < 3; i++)
        {
            flow.Add(Tombstone(i));
            Assert.True(flow.TryHandOver());
        }

        await SettleAsync(flow, 0, null);
        Assert.False(flow.IsAbandoned);
        Task end = flow.Stop();
        Assert.True(flow.IsAbandoned);
        await SettleAsync(flow, 1, new Rejection("no"));
        await SettleAsync(flow, 2, null);
        Assert.True(end.IsCompleted);
        Assert.Equal(1, flow.NextOffset?.Offset.Value);
    }

    [Fact]
    public void Tombstones_take_room_too()
    {
        PartitionFlow flow = Make(new FlowOptions(10, true, 1000, 100, null));
        flow.Add(Tombstone(0));
        flow.EndRow();
        int added = 0;
        while (flow.HasRoom && added < 1000)
        {
            flow.Add(Tombstone(++added));
        }

        Assert.InRange(added, 1, 999);
    }

    [Fact]
    public void A_batch_that_waits_for_its_time_is_no_larger_than_what_may_be_under_way()
    {
        PartitionFlow flow = Make(new FlowOptions(5, false, 0, 0, new BatchPolicy(Period: TimeSpan.FromHours(1))));
        int added = 0;
        while (flow.HasRoom && added < 100)
        {
            flow.Add(Tombstone(added++));
        }

        Assert.Equal(5, added);
        Assert.True(ready.Reader.TryRead(out Gathered? batch));
        Assert.Equal(5, batch.Messages.Count);
    }

    private static ReadRecord Tombstone(long offset) => new(Functions.Message.WithoutBody(), offset, 0);

    private static ValueTask SettleAsync(PartitionFlow flow, long position, Rejection? rejection) =>
        flow.SettleAsync(new Delivery(new Batch(Functions.Message.WithoutBody()), flow, position), rejection);

    private PartitionFlow Make(FlowOptions options) => new(new TopicPartition("t", 0), options, new BareContext(NoMetrics.Instance), ready.Writer, static () => { });
}
