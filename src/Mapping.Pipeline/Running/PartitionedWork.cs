using System.Buffers;
using System.IO.Hashing;
using System.Text;
using System.Threading.Channels;
using Mapping.Functions;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>
/// Lanes for keys: messages with the same key share a lane. Batches are split by key. As many lanes as the output has writes in flight;
/// as many of them as there are threads process at the same time.
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

    private readonly SemaphoreSlim processing = new(threads);

    public async Task RunAsync(ChannelReader<List<Delivery>> read)
    {
        int count = Math.Clamp(Math.Max(threads, output.Writes), 1, MostLanes);
        Channel<Delivery>[] lanes = [.. Enumerable.Range(0, count).Select(_ => Channel.CreateBounded<Delivery>(LaneLength))];
        Task[] work = [.. lanes.Select(lane => new PartitionLane(lane.Reader, processing, processors, output, inFlight, services, cutOff).RunAsync())];
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

    private static int LaneOf(string key, int lanes) => (int)(XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(key)) % (ulong)lanes);

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

        return outcome == MappingOutcome.Mapped ? Encoding.UTF8.GetString(text.WrittenSpan) : string.Empty;
    }
}
