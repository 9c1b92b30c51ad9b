using System.Threading.Channels;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>
/// Messages of a share of the keys, processed and written one after another. A lane fills batches of its own, so that what it waits for
/// holds no other lane; and while messages are tried again nothing of the lane passes them: what was behind them is processed anew.
/// </summary>
internal sealed class PartitionLane(
    ChannelReader<Delivery> lane,
    SemaphoreSlim processing,
    ProcessorChain processors,
    OutputSlot output,
    InFlight inFlight,
    RunServices services,
    CancellationToken cutOff)
{
    private const double FirstPause = 1;
    private const double LongestPause = 1000;
    private const string HeldBack = "held back behind a message of the same lane that failed";

    /// <summary>Without a period, a batch that is spread over lanes might never fill.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly BatchRule? rule = output.CreateRule();
    private readonly Queue<Work> again = new();
    private readonly List<Work> open = [];
    private BatchCutter? cutter;
    private long filledSince;
    private double pause = FirstPause;

    public async Task RunAsync()
    {
        await Task.Yield();
        cutter = rule is null ? null : new BatchCutter(rule);
        while (true)
        {
            if (again.TryDequeue(out Work? repeated))
            {
                if (repeated.Source.IsAbandoned)
                {
                    await GiveUpAsync(repeated).ConfigureAwait(false);
                }
                else
                {
                    await ProcessAsync(repeated).ConfigureAwait(false);
                }

                if (again.Count == 0)
                {
                    // What failed before does not wait for the batch to fill.
                    await CloseAsync().ConfigureAwait(false);
                }
            }
            else if (await IsReadyAsync().ConfigureAwait(false))
            {
                if (!lane.TryRead(out Delivery? delivery))
                {
                    return;
                }

                await ProcessAsync(new Work(delivery)).ConfigureAwait(false);
            }
            else
            {
                await CloseAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether there is something to read, or nothing more ever; false when the waiting batch should go first.</summary>
    private async ValueTask<bool> IsReadyAsync()
    {
        if (cutter is not { Waiting: > 0 })
        {
            await lane.WaitToReadAsync(cutOff).ConfigureAwait(false);
            return true;
        }

        if (lane.TryPeek(out _))
        {
            return true;
        }

        TimeSpan left = (rule!.Period ?? LongestWait) - services.Clock.GetElapsedTime(filledSince);
        if (left <= TimeSpan.Zero || services.Hurry.IsCancellationRequested)
        {
            return false;
        }

        // False at the end of the lane: the batch is written first then.
        Task<bool> reading = lane.WaitToReadAsync(cutOff).AsTask();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cutOff, services.Hurry);
        Task first = await Task.WhenAny(reading, Task.Delay(left, services.Clock, stop.Token)).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        return first == reading && await reading.ConfigureAwait(false);
    }

    private async ValueTask ProcessAsync(Work work)
    {
        open.Add(work);
        var parts = new List<(Delivery Delivery, Batch Batch)>();
        Delivery attempt = Delivery.To(work.Left.Copy(), rejection => NoteAsync(work, rejection)).Track();
        await processing.WaitAsync(cutOff).ConfigureAwait(false);
        try
        {
            await Spread.AddAsync(attempt, await processors.RunAsync(attempt.Messages, cutOff).ConfigureAwait(false), parts).ConfigureAwait(false);
        }
        finally
        {
            processing.Release();
        }

        if (cutter is null)
        {
            await WriteAsync([.. parts.Select(p => new Cut([p.Delivery], p.Batch))]).ConfigureAwait(false);
            return;
        }

        var cuts = new List<Cut>();
        foreach ((Delivery delivery, Batch batch) in parts)
        {
            bool wasEmpty = cutter.Waiting == 0;
            List<Cut> closed = cutter.Add(delivery, batch);
            if (wasEmpty || closed.Count > 0)
            {
                filledSince = services.Clock.GetTimestamp();
            }

            cuts.AddRange(closed);
        }

        await WriteAsync(cuts).ConfigureAwait(false);
    }

    private ValueTask CloseAsync() => cutter is { Waiting: > 0 } ? WriteAsync([cutter.Close("period")]) : ValueTask.CompletedTask;

    /// <summary>Writes batches one after another, up to the first of which something fails; what is not written then is to be done again.</summary>
    private async ValueTask WriteAsync(List<Cut> cuts)
    {
        for (int i = 0; i < cuts.Count; i++)
        {
            (IReadOnlyList<Delivery> sources, Batch batch) = cuts[i];
            Delivery whole = sources.Count == 1 ? sources[0] : Merge.Of(sources, batch);
            bool isRejected = false;
            whole.Observer = (_, rejection) => isRejected = rejection is not null;
            await output.WriteGroupedAsync(whole, batch, cutOff).ConfigureAwait(false);
            if (isRejected)
            {
                await BeginAgainAsync(cuts.Skip(i + 1)).ConfigureAwait(false);
                return;
            }
        }

        // All that is open is in the batch that fills, or settled.
        pause = cuts.Count > 0 ? FirstPause : pause;
        open.RemoveAll(static w => w.IsDone);
    }

    private async ValueTask BeginAgainAsync(IEnumerable<Cut> unwritten)
    {
        foreach (Cut cut in unwritten)
        {
            await HoldBackAsync(cut).ConfigureAwait(false);
        }

        if (cutter is { Waiting: > 0 })
        {
            await HoldBackAsync(cutter.Close("retry")).ConfigureAwait(false);
        }

        Work[] later = [.. again];
        again.Clear();
        foreach (Work work in open.Where(static w => !w.IsDone).Concat(later))
        {
            again.Enqueue(work);
        }

        string reason = open.First(static w => w.Rejection is not null).Rejection!.Reason;
        services.Log.Write(Contracts.LogLevel.Warn, $"a key is held until its messages are written: {reason}");
        open.ForEach(static w => w.Rejection = null);
        open.Clear();
        await Task.Delay(TimeSpan.FromMilliseconds(pause), services.Clock, cutOff).ConfigureAwait(false);
        pause = Math.Min(LongestPause, pause * 2);
    }

    /// <summary>Somebody else writes it now, and may have written what came later.</summary>
    private ValueTask GiveUpAsync(Work work)
    {
        inFlight.Processed();
        return work.Source.SettleAsync(work.Last);
    }

    private static async ValueTask HoldBackAsync(Cut cut)
    {
        foreach (Delivery source in cut.Sources)
        {
            await source.SettleAsync(new Rejection(HeldBack)).ConfigureAwait(false);
        }
    }

    private async ValueTask NoteAsync(Work work, Rejection? rejection)
    {
        if (rejection is null)
        {
            work.IsDone = true;
            inFlight.Processed();
            await work.Source.SettleAsync(null).ConfigureAwait(false);
            return;
        }

        work.Rejection = rejection;
        work.Last = new Rejection(rejection.Reason) { Kind = rejection.Kind };
        work.Left = rejection.Failures is null ? work.Left : Batch.Of(work.Left.Where((_, i) => rejection.Failed(i)));
    }

    /// <summary>A delivery, and what of it is not written yet, as it was read.</summary>
    private sealed class Work(Delivery source)
    {
        public Delivery Source { get; } = source;

        public Batch Left { get; set; } = source.Messages;

        public Rejection? Rejection { get; set; }

        /// <summary>Why it was rejected the last time, without positions: those of an attempt are not those of the source.</summary>
        public Rejection? Last { get; set; }

        public bool IsDone { get; set; }
    }
}
