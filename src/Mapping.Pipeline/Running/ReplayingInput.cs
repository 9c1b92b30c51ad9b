using System.Globalization;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>
/// Keeps what was read until it is written: rejected messages are delivered again as they were read, before anything new, and the
/// position of the source does not pass them. From the third attempt on it pauses, growing from 1 ms to 1 s.
/// </summary>
internal sealed class ReplayingInput(IInput inner, ComponentContext context, Action ended) : IInput, ISettler
{
    private const double PauseGrowth = 2;
    private const double LongestPause = 1000;

    private readonly Lock gate = new();
    private readonly Dictionary<Delivery, Pending> underWay = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<Pending> rejected = new();
    private readonly ICounter replayed = context.Metrics.Counter("input_replayed");
    private TaskCompletionSource changed = NewSignal();
    private Task<Delivery?>? reading;
    private volatile bool isAtEnd;

    public bool IsExhausted => isAtEnd;

    public ValueTask ConnectAsync(CancellationToken cancellation) => inner.ConnectAsync(cancellation);

    public async ValueTask<Delivery?> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            Task signal;
            Pending? again;
            lock (gate)
            {
                rejected.TryDequeue(out again);
                if (again is null && isAtEnd && underWay.Count == 0)
                {
                    return null;
                }

                signal = changed.Task;
            }

            if (again is not null)
            {
                return await RepeatAsync(again, cancellation).ConfigureAwait(false);
            }

            if (isAtEnd)
            {
                await signal.WaitAsync(cancellation).ConfigureAwait(false);
            }
            else if (await NextAsync(signal, cancellation).ConfigureAwait(false) is { } next)
            {
                return next;
            }
        }
    }

    public async ValueTask SettleAsync(Delivery delivery, Rejection? rejection)
    {
        Pending pending;
        lock (gate)
        {
            underWay.Remove(delivery, out Pending? known);
            pending = known!;
            if (rejection is not null)
            {
                pending.Reject(rejection);
                rejected.Enqueue(pending);
            }
        }

        if (rejection is null)
        {
            await pending.Source.SettleAsync(null).ConfigureAwait(false);
        }
        else
        {
            replayed.Add(pending.Left.Count);
            context.Log.Write(LogLevel.Warn, string.Create(CultureInfo.InvariantCulture, $"delivering {pending.Left.Count} messages again, attempt {pending.Attempts + 1}: {rejection.Reason}"));
        }

        if (rejection is not null || isAtEnd)
        {
            TaskCompletionSource old;
            lock (gate)
            {
                old = changed;
                changed = NewSignal();
            }

            old.TrySetResult();
        }
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async ValueTask<Delivery> RepeatAsync(Pending again, CancellationToken cancellation)
    {
        if (again.Attempts >= 2)
        {
            TimeSpan pause = TimeSpan.FromMilliseconds(Math.Min(LongestPause, Math.Pow(PauseGrowth, again.Attempts - 2)));
            await Task.Delay(pause, context.Clock, cancellation).ConfigureAwait(false);
        }

        return Send(again);
    }

    /// <summary>The next delivery of the source; null when something else happened first.</summary>
    private async ValueTask<Delivery?> NextAsync(Task signal, CancellationToken cancellation)
    {
        Delivery? next;
        if (reading is null)
        {
            ValueTask<Delivery?> read = inner.ReadAsync(cancellation);
            if (read.IsCompletedSuccessfully)
            {
                next = read.Result;
                return next is null ? End() : Send(new Pending(next));
            }

            reading = read.AsTask();
        }

        await Task.WhenAny(reading, signal).ConfigureAwait(false);
        if (!reading.IsCompleted)
        {
            return null;
        }

        Task<Delivery?> done = reading;
        reading = null;
        next = await done.ConfigureAwait(false);
        return next is null ? End() : Send(new Pending(next));
    }

    private Delivery? End()
    {
        lock (gate)
        {
            isAtEnd = true;
        }

        ended();
        return null;
    }

    private Delivery Send(Pending pending)
    {
        var delivery = new Delivery(pending.Left.Copy(), this, responses: pending.Source.Responses);
        lock (gate)
        {
            underWay.Add(delivery, pending);
        }

        return delivery;
    }

    /// <summary>A delivery of the source and what of it is not written yet.</summary>
    private sealed class Pending(Delivery source)
    {
        public Delivery Source { get; } = source;

        public Batch Left { get; private set; } = source.Messages;

        public int Attempts { get; private set; }

        public void Reject(Rejection rejection)
        {
            Attempts++;
            Left = rejection.Failures is null ? Left : Batch.Of(Left.Where((_, i) => rejection.Failed(i)));
        }
    }
}
