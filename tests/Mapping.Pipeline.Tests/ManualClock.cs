namespace Mapping.Pipeline.Tests;

/// <summary>A clock that a test moves; its timers ring when it passes them.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Timer> timers = [];
    private TimeSpan passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => passed.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + passed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (gate)
        {
            var timer = new Timer(callback, state, passed + dueTime, period);
            timers.Add(timer);
            return timer;
        }
    }

    /// <summary>Timers that have not rung.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
            {
                return timers.Count(static t => t.IsWaiting);
            }
        }
    }

    public void Move(TimeSpan by)
    {
        Timer[] known;
        lock (gate)
        {
            passed += by;
            known = [.. timers];
        }

        foreach (Timer timer in known)
        {
            timer.Ring(passed);
        }
    }

    private sealed class Timer(TimerCallback callback, object? state, TimeSpan due, TimeSpan period) : ITimer
    {
        private TimeSpan? next = due;

        public bool IsWaiting => next is not null;

        public void Ring(TimeSpan now)
        {
            while (next <= now)
            {
                next += period;
                callback(state);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose() => next = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
