using Mapping.Functions;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>An input whose messages are grouped by a policy before they go on.</summary>
internal sealed class BatchedInput(IInput inner, BatchRule rule, ProcessorChain processors, RunServices services) : IInput
{
    private readonly List<Delivery> sources = [];
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
            catch (OperationCanceledException) when (rule.Count > 0)
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
        if (rule.Count > 0 && !reading.IsCompleted && services.Hurry.IsCancellationRequested)
        {
            await CloseAsync("period").ConfigureAwait(false);
            return;
        }

        if (rule.Count > 0 && rule.Policy.Period is { } period && !reading.IsCompleted)
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
            using var hurried = CancellationTokenSource.CreateLinkedTokenSource(cancellation, rule.Count > 0 ? services.Hurry : default);
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

        await AddAsync(next.Track()).ConfigureAwait(false);
    }

    /// <summary>Batches are cut anew: what was read together may go on in several.</summary>
    private async ValueTask AddAsync(Delivery delivery)
    {
        var segments = new List<Batch>();
        var closed = new List<Batch>();
        var segment = new List<Message>();
        foreach (Message message in delivery.Messages)
        {
            segment.Add(message);
            if (rule.Add(message) is { } mechanism)
            {
                closed.Add(rule.Close(mechanism));
                segments.Add(Batch.Of(segment));
                segment.Clear();
            }
        }

        if (segment.Count > 0)
        {
            segments.Add(Batch.Of(segment));
        }

        Delivery[] parts = segments.Count <= 1 ? [delivery] : Join.Split(delivery, segments);
        for (int i = 0; i < parts.Length; i++)
        {
            sources.Add(parts[i]);
            if (i < closed.Count)
            {
                await GoOnAsync(closed[i]).ConfigureAwait(false);
            }
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
        if (sources.Count > 0)
        {
            return GoOnAsync(rule.Close(mechanism));
        }

        lastClosed = services.Clock.GetTimestamp();
        return ValueTask.CompletedTask;
    }

    /// <summary>A batch is complete: all that is gathered goes on as it.</summary>
    private async ValueTask GoOnAsync(Batch batch)
    {
        lastClosed = services.Clock.GetTimestamp();
        Delivery[] merged = [.. sources];
        sources.Clear();
        Batch? made = (await processors.RunAsync(batch, CancellationToken.None).ConfigureAwait(false)).Joined();
        if (made is not null)
        {
            ready.Enqueue(Merge.Of(merged, made));
            return;
        }

        foreach (Delivery source in merged)
        {
            await source.SettleAsync(null).ConfigureAwait(false);
        }
    }
}
