using System.Globalization;
using Mapping.Functions;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>
/// Keeps what was read until it is written: rejected messages are delivered again as they were read, before anything new, and the
/// position of the source does not pass them. From the third attempt on it pauses, growing from 1 ms to 1 s.
/// </summary>
/// <param name="inner">The source.</param>
/// <param name="context">Its component.</param>
/// <param name="inFlight">Told what waits to be delivered again.</param>
/// <param name="ended">Called when the source has no more.</param>
/// <param name="cutOff">Where the source does not deliver again: ends what goes on until all is written, also when reading is stopped.</param>
internal sealed class ReplayingInput(IInput inner, ComponentContext context, InFlight inFlight, Action ended, CancellationToken? cutOff = null) : IInput
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
                    return ValueTask.FromResult<Delivery?>(SendFirst(next));
                }

                reading = Task.FromResult<Delivery?>(null);
            }
            else
            {
                reading = read.AsTask();
            }
        }

        return cutOff is { } last ? WaitOrDrainAsync(cancellation, last) : WaitAsync(cancellation);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>As <see cref="WaitAsync"/>; when reading is stopped, until all that was read is written.</summary>
    private async ValueTask<Delivery?> WaitOrDrainAsync(CancellationToken cancellation, CancellationToken last)
    {
        try
        {
            return await WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!last.IsCancellationRequested)
        {
            if (reading is { } begun)
            {
                await ((Task)begun).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                reading = null;
                if (begun is { IsCompletedSuccessfully: true, Result: { } next })
                {
                    return SendFirst(next);
                }
            }

            isAtEnd = true;
            return await WaitAsync(last).ConfigureAwait(false);
        }
    }

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
                if (await RepeatAsync(again, cancellation).ConfigureAwait(false) is { } repeated)
                {
                    return repeated;
                }

                continue;
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
                    return SendFirst(next);
                }

                isAtEnd = true;
                ended();
            }
        }
    }

    /// <summary>Null when the source has given it up meanwhile: who owns it now may have written what came later.</summary>
    private async ValueTask<Delivery?> RepeatAsync(Pending again, CancellationToken cancellation)
    {
        if (again.Attempts >= 2 && !again.Source.IsAbandoned)
        {
            TimeSpan pause = TimeSpan.FromMilliseconds(Math.Min(LongestPause, Math.Pow(2, again.Attempts - 2)));
            try
            {
                await Task.Delay(pause, context.Clock, cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Whoever waited gave up, and may come back for it.
                lock (gate)
                {
                    rejected.Enqueue(again);
                    hasRejected = true;
                }

                throw;
            }
        }

        if (again.Source.IsAbandoned)
        {
            inFlight.Release(again.Count);
            await again.Source.SettleAsync(again.Last).ConfigureAwait(false);
            return null;
        }

        return SendAgain(again);
    }

    private Delivery SendFirst(Delivery source)
    {
        Interlocked.Increment(ref underWay);
        return new Delivery(source.Messages, new Pending(this, source), responses: source.Responses);
    }

    private Delivery SendAgain(Pending pending)
    {
        Interlocked.Increment(ref underWay);
        inFlight.Release(pending.Count);
        return new Delivery(pending.Again(), pending, responses: pending.Source.Responses);
    }

    private void Repeat(Pending pending, Rejection rejection)
    {
        replayed.Add(pending.Count);
        context.Log.Write(LogLevel.Warn, string.Create(CultureInfo.InvariantCulture, $"delivering {pending.Count} messages again, attempt {pending.Attempts + 1}: {rejection.Reason}"));
        inFlight.Hold(pending.Count);
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

    /// <summary>A delivery of the source and what of it is not written yet, as it was read.</summary>
    private sealed class Pending : ISettler
    {
        private readonly ReplayingInput owner;
        private readonly MessageSnapshot first;
        private readonly bool isLoose;
        private MessageSnapshot[]? left;

        public Pending(ReplayingInput owner, Delivery source)
        {
            this.owner = owner;
            Source = source;
            isLoose = source.Messages.IsLoose;
            if (source.Messages.Count == 1)
            {
                first = new MessageSnapshot(source.Messages[0]);
            }
            else
            {
                left = new MessageSnapshot[source.Messages.Count];
                for (int i = 0; i < left.Length; i++)
                {
                    left[i] = new MessageSnapshot(source.Messages[i]);
                }
            }
        }

        public Delivery Source { get; }

        public int Count => left?.Length ?? 1;

        public int Attempts { get; private set; }

        /// <summary>Why it was rejected last.</summary>
        public Rejection? Last { get; private set; }

        public bool IsAbandoned => Source.IsAbandoned;

        public Batch Again()
        {
            Message[] messages = left is null ? [first.ToMessage()] : Array.ConvertAll(left, static m => m.ToMessage());
            return isLoose ? Batch.Loose(messages) : new Batch(messages);
        }

        public ValueTask SettleAsync(Delivery delivery, Rejection? rejection)
        {
            if (rejection is null || Source.IsAbandoned)
            {
                ValueTask settling = Source.SettleAsync(WithinSource(rejection));
                if (settling.IsCompletedSuccessfully)
                {
                    owner.Done();
                    return settling;
                }

                return FinishAsync(settling);
            }

            Attempts++;
            Last = WithinSource(rejection);
            if (left is not null && rejection.Failures is not null)
            {
                left = [.. left.Where((_, i) => rejection.Failed(i))];
            }

            owner.Repeat(this, rejection);
            return ValueTask.CompletedTask;
        }

        /// <summary>Without positions: after a first attempt they are no longer those of the source.</summary>
        private static Rejection? WithinSource(Rejection? rejection) => rejection is { Failures: not null } ? new Rejection(rejection.Reason) { Kind = rejection.Kind } : rejection;

        private async ValueTask FinishAsync(ValueTask settling)
        {
            await settling.ConfigureAwait(false);
            owner.Done();
        }
    }
}
