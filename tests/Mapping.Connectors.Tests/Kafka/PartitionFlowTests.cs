using System.Threading.Channels;
using Confluent.Kafka;
using Mapping.Connectors.Kafka;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;
using Mapping.Pipeline.Running;
using Mapping.Pipeline.Tests;

namespace Mapping.Connectors.Tests.Kafka;

public sealed class PartitionFlowTests
{
    private static readonly FlowOptions Many = new(10, false, 0, 0, null);

    /// <summary>Batches of one record, of which one is under way.</summary>
    private static readonly FlowOptions OneAtATime = new(10, true, 1000, 1, null);

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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_partition_whose_end_was_cut_off_commits_nothing_behind_what_is_open_before_the_cut(bool isOrdered)
    {
        PartitionFlow old = Read(Make(isOrdered ? OneAtATime : Many), 0, 9);
        await SettleAsync(old, 0, null);
        await SettleAsync(old, 1, null);
        old.Finish();
        PartitionFlow anew = Read(Make(Many, old), 5, 6);
        Assert.Equal(2, anew.NextOffset?.Offset.Value);
        await SettleAsync(anew, 5, null);
        await SettleAsync(anew, 6, null);
        Assert.Equal(2, anew.TakeNextOffset()?.Offset.Value);
        for (int i = 2; i < 5; i++)
        {
            Assert.Equal(i, anew.NextOffset?.Offset.Value);
            await SettleAsync(old, i, null);
        }

        Assert.Equal(7, anew.NextOffset?.Offset.Value);
        Assert.Equal(7, anew.TakeNextOffset()?.Offset.Value);
    }

    [Fact]
    public async Task One_that_is_cut_off_twice_waits_for_all_that_is_open_before_the_lower_cut()
    {
        PartitionFlow first = Read(Make(Many), 0, 9);
        await SettleAsync(first, 0, null);
        first.Finish();
        PartitionFlow second = Read(Make(Many, first), 8, 9);
        await SettleAsync(second, 8, null);
        await SettleAsync(second, 9, null);
        second.Finish();
        PartitionFlow third = Read(Make(Many, second), 3, 3);
        await SettleAsync(third, 3, null);
        Assert.Equal(1, third.NextOffset?.Offset.Value);
        await SettleAsync(first, 1, null);
        await SettleAsync(first, 2, null);
        Assert.Equal(4, third.NextOffset?.Offset.Value);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_read_before_the_cut_is_given_up_with_the_partition(bool isOrdered)
    {
        PartitionFlow old = Read(Make(isOrdered ? OneAtATime : Many), 0, 9);
        Assert.True(old.TryHandOver());
        await SettleAsync(old, 0, null);
        Assert.True(old.TryHandOver());
        old.Finish();
        PartitionFlow anew = Read(Make(Many, old), 5, 5);
        Assert.True(anew.TryHandOver());
        await SettleAsync(anew, 5, null);
        Task end = anew.Stop();
        Assert.True(old.IsAbandoned);
        Assert.False(old.TryHandOver());
        Assert.False(end.IsCompleted);
        await old.SettleAsync(new Delivery(new Batch(Functions.Message.WithoutBody()), old, 1), null);
        await end.WaitAsync(TimeSpan.FromSeconds(90));
        Assert.Equal(2, anew.NextOffset?.Offset.Value);
    }

    [Fact]
    public void What_nobody_else_can_read_is_written_though_the_partition_is_given_up()
    {
        PartitionFlow old = Read(Make(Many), 3, 9);
        old.Finish();
        PartitionFlow anew = Read(Make(Many, old), 0, 0);
        Assert.Equal(0, anew.NextOffset?.Offset.Value);
        Assert.True(anew.Stop().IsCompleted);
        Assert.False(old.IsAbandoned);
        Assert.True(old.TryHandOver());
    }

    [Fact]
    public async Task Messages_stall_when_none_moves_be_they_read_before_the_cut_or_after_it()
    {
        var clock = new ManualClock();
        TimeSpan limit = TimeSpan.FromSeconds(1);
        PartitionFlow old = Read(Make(Many, clock: clock), 0, 2);
        old.Finish();
        PartitionFlow anew = Read(Make(Many, old, clock), 0, 1);
        Assert.Equal(0, anew.CountStalled(limit));
        clock.Move(limit);
        Assert.Equal(5, anew.CountStalled(limit));
        await SettleAsync(anew, 0, null);
        Assert.Equal(3, anew.CountStalled(limit));
        await SettleAsync(old, 0, null);
        Assert.Equal(0, anew.CountStalled(limit));
        await SettleAsync(anew, 1, null);
        clock.Move(limit);
        Assert.Equal(2, anew.CountStalled(limit));
    }

    private static ReadRecord Tombstone(long offset) => new(Functions.Message.WithoutBody(), offset, 0);

    private static ValueTask SettleAsync(PartitionFlow flow, long position, Rejection? rejection) =>
        flow.SettleAsync(new Delivery(new Batch(Functions.Message.WithoutBody()), flow, position), rejection);

    private static PartitionFlow Read(PartitionFlow flow, long first, long last)
    {
        for (long offset = first; offset <= last; offset++)
        {
            flow.LastRead = offset;
            flow.Add(new ReadRecord(Functions.Message.WithoutBody(), offset, KeyBytes: 1));
        }

        return flow;
    }

    private PartitionFlow Make(FlowOptions options, PartitionFlow? older = null, TimeProvider? clock = null) =>
        new(new TopicPartition("t", 0), options, new BareContext(NoMetrics.Instance, clock: clock), ready.Writer, static () => { }, older);
}
