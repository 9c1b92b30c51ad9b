using System.Buffers;
using System.IO.Hashing;
using System.Threading.Channels;
using Mapping.Functions;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>
/// Lanes for keys: messages with the same key share a lane and are processed and written one after another, and while one of them is
/// being tried again the lane waits. Batches are split by key. As many lanes as the output has writes in flight; as many of them as
/// there are threads process at the same time.
/// </summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing that must be freed.
internal sealed class PartitionedWork(
    CompiledMapping key,
    int threads,
    ProcessorChain processors,
    OutputSlot output,
    InFlight inFlight,
    RunServices services,
    CancellationToken cutOff)
#pragma warning restore CA1001
{
    private const int MostLanes = 1024;
    private const int LaneLength = 16;
    private const double FirstPause = 1;
    private const double LongestPause = 1000;

    private readonly SemaphoreSlim processing = new(threads);

    public async Task RunAsync(ChannelReader<List<Delivery>> read)
    {
        int count = Math.Clamp(Math.Max(threads, output.MaxInFlight), 1, MostLanes);
        Channel<Delivery>[] lanes = [.. Enumerable.Range(0, count).Select(_ => Channel.CreateBounded<Delivery>(LaneLength))];
        Task[] work = [.. lanes.Select(lane => RunLaneAsync(lane.Reader))];
        try
        {
            await foreach (List<Delivery> group in read.ReadAllAsync(cutOff).ConfigureAwait(false))
            {
                foreach (Delivery delivery in group)
                {
                    await DispatchAsync(delivery, lanes).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            foreach (Channel<Delivery> lane in lanes)
            {
                lane.Writer.TryComplete();
            }
        }

        await Task.WhenAll(work).ConfigureAwait(false);
    }

    private async ValueTask DispatchAsync(Delivery delivery, Channel<Delivery>[] lanes)
    {
        inFlight.Begun();
        if (delivery.Messages.Count == 1)
        {
            await lanes[LaneOf(KeyOf(delivery.Messages, 0), lanes.Length)].Writer.WriteAsync(delivery, cutOff).ConfigureAwait(false);
            return;
        }

        (string Key, Batch Batch)[] parts =
        [
            .. delivery.Messages.Select((m, i) => (Key: KeyOf(delivery.Messages, i), Message: m)).GroupBy(p => p.Key, p => p.Message).Select(g => (g.Key, Batch.Of(g))),
        ];
        Delivery[] children = Join.Split(delivery, [.. parts.Select(p => p.Batch)]);
        for (int i = 0; i < parts.Length; i++)
        {
            await lanes[LaneOf(parts[i].Key, lanes.Length)].Writer.WriteAsync(children[i], cutOff).ConfigureAwait(false);
        }
    }

    private static int LaneOf(string key, int lanes) => (int)(XxHash3.HashToUInt64(System.Text.Encoding.UTF8.GetBytes(key)) % (ulong)lanes);

    /// <summary>A message whose key cannot be told has the empty one.</summary>
    private string KeyOf(Batch batch, int index)
    {
        var text = new ArrayBufferWriter<byte>();
        Message seen = batch[index].Copy();
        MappingOutcome outcome = key.Run([seen], 0, text, out MappingError? error);
        if (error is not null)
        {
            services.Log.Write(LogLevel.Error, $"partition_by failed, the message goes with those without a key: {error.Text}");
        }

        return outcome == MappingOutcome.Mapped ? System.Text.Encoding.UTF8.GetString(text.WrittenSpan) : string.Empty;
    }

    private async Task RunLaneAsync(ChannelReader<Delivery> lane)
    {
        await Task.Yield();
        await foreach (Delivery delivery in lane.ReadAllAsync(cutOff).ConfigureAwait(false))
        {
            await RunToEndAsync(delivery).ConfigureAwait(false);
        }
    }

    private async Task RunToEndAsync(Delivery delivery)
    {
        Batch left = delivery.Messages;
        for (double pause = FirstPause; ; pause = Math.Min(LongestPause, pause * 2))
        {
            Rejection? rejection = await AttemptAsync(left).ConfigureAwait(false);
            if (rejection is null)
            {
                inFlight.Processed();
                await delivery.SettleAsync(null).ConfigureAwait(false);
                return;
            }

            services.Log.Write(LogLevel.Warn, $"a key is held until its messages are written: {rejection.Reason}");
            left = rejection.Failures is null ? left : Batch.Of(left.Where((_, i) => rejection.Failed(i)));
            await Task.Delay(TimeSpan.FromMilliseconds(pause), services.Clock, cutOff).ConfigureAwait(false);
        }
    }

    /// <summary>Processes and writes copies; null when all is written.</summary>
    private async Task<Rejection?> AttemptAsync(Batch messages)
    {
        var result = new TaskCompletionSource<Rejection?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Delivery attempt = Delivery.To(messages.Copy(), rejection =>
        {
            result.TrySetResult(rejection);
            return ValueTask.CompletedTask;
        }).Track();
        var parts = new List<(Delivery Delivery, Batch Batch)>();
        await processing.WaitAsync(cutOff).ConfigureAwait(false);
        try
        {
            await Spread.AddAsync(attempt, await processors.RunAsync(attempt.Messages, cutOff).ConfigureAwait(false), parts).ConfigureAwait(false);
        }
        finally
        {
            processing.Release();
        }

        foreach ((Delivery delivery, Batch batch) in parts)
        {
            await output.SubmitAsync(delivery, batch, cutOff).ConfigureAwait(false);
        }

        return await result.Task.WaitAsync(cutOff).ConfigureAwait(false);
    }
}
