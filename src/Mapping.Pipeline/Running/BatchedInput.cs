using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>An input whose messages are grouped by a policy before they go on.</summary>
internal sealed class BatchedInput(IInput inner, BatchRule rule, ProcessorChain processors, RunServices services) : IInput
{
    private readonly BatchCutter cutter = new(rule);
    private readonly Queue<Delivery> ready = new();
    private Task<Delivery?>? reading;
    private long lastClosed = services.Clock.GetTimestamp();
    private bool isAtEnd;

    public bool IsExhausted => inner.IsExhausted;

    public ValueTask ConnectAsync(CancellationToken cancellation) => inner.ConnectAsync(cancellation);

    public async ValueTask<Delivery?> ReadAsync(CancellationToken cancellation)
    {
        while (ready.Count == 0)
        {
            if (isAtEnd)
            {
                return null;
            }

            try
            {
                await FillAsync(cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cutter.Waiting > 0)
            {
                // Nothing new will come: what was gathered goes on at once.
                await CloseAsync("period").ConfigureAwait(false);
            }
        }

        return ready.Dequeue();
    }

    public async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await processors.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask FillAsync(CancellationToken cancellation)
    {
        reading ??= inner.ReadAsync(cancellation).AsTask();
        if (cutter.Waiting > 0 && !reading.IsCompleted && services.Hurry.IsCancellationRequested)
        {
            await CloseAsync("period").ConfigureAwait(false);
            return;
        }

        if (cutter.Waiting > 0 && rule.Period is { } period && !reading.IsCompleted)
        {
            TimeSpan left = period - services.Clock.GetElapsedTime(lastClosed);
            if (left <= TimeSpan.Zero || !await CompletesAsync(reading, left, cancellation).ConfigureAwait(false))
            {
                await CloseAsync("period").ConfigureAwait(false);
                return;
            }
        }

        Task<Delivery?> done = reading;
        Delivery? next;
        try
        {
            using var hurried = CancellationTokenSource.CreateLinkedTokenSource(cancellation, cutter.Waiting > 0 ? services.Hurry : default);
            next = await done.WaitAsync(hurried.Token).ConfigureAwait(false);
        }
        finally
        {
            reading = done.IsCompleted ? null : done;
        }

        if (next is null)
        {
            isAtEnd = true;
            await CloseAsync("period").ConfigureAwait(false);
            return;
        }

        foreach (Cut cut in cutter.Add(next.Track(), next.Messages))
        {
            await GoOnAsync(cut).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> CompletesAsync(Task read, TimeSpan within, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, services.Hurry);
        Task first = await Task.WhenAny(read, Task.Delay(within, services.Clock, stop.Token)).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return first == read;
    }

    private ValueTask CloseAsync(string mechanism)
    {
        if (cutter.Waiting > 0)
        {
            return GoOnAsync(cutter.Close(mechanism));
        }

        lastClosed = services.Clock.GetTimestamp();
        return ValueTask.CompletedTask;
    }

    private async ValueTask GoOnAsync(Cut cut)
    {
        lastClosed = services.Clock.GetTimestamp();
        Batch? made = (await processors.RunAsync(cut.Batch, CancellationToken.None).ConfigureAwait(false)).Joined();
        if (made is not null)
        {
            ready.Enqueue(Merge.Of(cut.Sources, made));
            return;
        }

        foreach (Delivery source in cut.Sources)
        {
            await source.SettleAsync(null).ConfigureAwait(false);
        }
    }
}
