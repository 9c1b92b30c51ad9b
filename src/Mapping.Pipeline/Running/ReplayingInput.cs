using System.Globalization;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>
/// Keeps what was read until it is written: rejected messages are delivered again as they were read, before anything new, and the
/// position of the source does not pass them. From the third attempt on it pauses, growing from 1 ms to 1 s.
/// </summary>
internal sealed class ReplayingInput(IInput inner, ComponentContext context, Action ended) : IInput
{
    private const double LongestPause = 1000;

    private readonly Lock gate = new();
    private readonly Queue<Pending> rejected = new();
    private readonly ICounter replayed = context.Metrics.Counter("input_replayed");
    private TaskCompletionSource changed = NewSignal();
    private Task<Delivery?>? reading;
    private int underWay;
    private volatile bool hasRejected;
    private volatile bool isAtEnd;

    public bool IsExhausted => isAtEnd;

    public ValueTask ConnectAsync(CancellationToken cancellation) => inner.ConnectAsync(cancellation);

    public ValueTask<Delivery?> ReadAsync(CancellationToken cancellation)
    {
        if (!hasRejected && !isAtEnd && reading is null && !cancellation.IsCancellationRequested)
        {
            ValueTask<Delivery?> read = inner.ReadAsync(cancellation);
            if (read.IsCompletedSuccessfully)
            {
                Delivery? next = read.Result;
                if (next is not null)
                {
                    return ValueTask.FromResult<Delivery?>(Send(new Pending(this, next)));
                }

                reading = Task.FromResult<Delivery?>(null);
            }
            else
            {
                reading = read.AsTask();
            }
        }

        return WaitAsync(cancellation);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits for whatever comes first: something rejected, something new, or the last of what is under way.</summary>
    private async ValueTask<Delivery?> WaitAsync(CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            Task signal;
            Pending? again;
            lock (gate)
            {
                rejected.TryDequeue(out again);
                hasRejected = rejected.Count > 0;
                if (again is null && isAtEnd && underWay == 0)
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
                continue;
            }

            reading ??= inner.ReadAsync(cancellation).AsTask();
            await Task.WhenAny(reading, signal).ConfigureAwait(false);
            if (reading.IsCompleted)
            {
                Task<Delivery?> done = reading;
                reading = null;
                if (await done.ConfigureAwait(false) is { } next)
                {
                    return Send(new Pending(this, next));
                }

                isAtEnd = true;
                ended();
            }
        }
    }

    private async ValueTask<Delivery> RepeatAsync(Pending again, CancellationToken cancellation)
    {
        if (again.Attempts >= 2)
        {
            TimeSpan pause = TimeSpan.FromMilliseconds(Math.Min(LongestPause, Math.Pow(2, again.Attempts - 2)));
            await Task.Delay(pause, context.Clock, cancellation).ConfigureAwait(false);
        }

        return Send(again);
    }

    private Delivery Send(Pending pending)
    {
        Interlocked.Increment(ref underWay);
        return new Delivery(pending.Left.CopyApart(), pending, responses: pending.Source.Responses);
    }

    private void Repeat(Pending pending, Rejection rejection)
    {
        replayed.Add(pending.Left.Count);
        context.Log.Write(LogLevel.Warn, string.Create(CultureInfo.InvariantCulture, $"delivering {pending.Left.Count} messages again, attempt {pending.Attempts + 1}: {rejection.Reason}"));
        lock (gate)
        {
            rejected.Enqueue(pending);
            hasRejected = true;
            Interlocked.Decrement(ref underWay);
        }

        Wake();
    }

    private void Done()
    {
        if (Interlocked.Decrement(ref underWay) == 0 && isAtEnd)
        {
            Wake();
        }
    }

    private void Wake()
    {
        TaskCompletionSource old;
        lock (gate)
        {
            old = changed;
            changed = NewSignal();
        }

        old.TrySetResult();
    }

    /// <summary>A delivery of the source and what of it is not written yet.</summary>
    private sealed class Pending(ReplayingInput owner, Delivery source) : ISettler
    {
        public Delivery Source { get; } = source;

        public Batch Left { get; private set; } = source.Messages;

        public int Attempts { get; private set; }

        public async ValueTask SettleAsync(Delivery delivery, Rejection? rejection)
        {
            if (rejection is not null)
            {
                Attempts++;
                Left = rejection.Failures is null ? Left : Batch.Of(Left.Where((_, i) => rejection.Failed(i)));
                owner.Repeat(this, rejection);
                return;
            }

            await Source.SettleAsync(null).ConfigureAwait(false);
            owner.Done();
        }
    }
}
