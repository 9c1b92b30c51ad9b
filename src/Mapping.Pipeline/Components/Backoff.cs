using Mapping.Pipeline.Config;

namespace Mapping.Pipeline.Components;

/// <summary>Pauses between attempts: each one and a half times as long as the one before, and by up to a half shorter or longer.</summary>
/// <param name="Initial">The first pause.</param>
/// <param name="Longest">No pause grows beyond it.</param>
/// <param name="MaxElapsed">When to give up; zero for never.</param>
internal sealed record Backoff(TimeSpan Initial, TimeSpan Longest, TimeSpan MaxElapsed)
{
    private const double Growth = 1.5;
    private const double Jitter = 0.5;

    /// <summary>The field <c>backoff</c> with the defaults of a component.</summary>
    public static Field<Backoff> Field(string initial, string longest, string elapsed, string name = "backoff")
    {
        Field<TimeSpan> first = Fields.Duration("initial_interval", "The first pause.").Default(initial);
        Field<TimeSpan> most = Fields.Duration("max_interval", "The longest pause.").Default(longest);
        Field<TimeSpan> total = Fields.Duration("max_elapsed_time", "When to give up; 0s for never.").Default(elapsed);
        return Fields.Group(name, new Shape<Backoff>([first, most, total], read => new Backoff(read.Get(first), read.Get(most), read.Get(total))), "Pauses between attempts.").Default("{}").Advanced();
    }

    /// <summary>The pause before another attempt; null when it is time to give up.</summary>
    /// <param name="failures">Attempts that failed so far, at least one.</param>
    /// <param name="elapsed">Since the first of them began.</param>
    /// <param name="random">Gives the jitter.</param>
    public TimeSpan? Pause(int failures, TimeSpan elapsed, Random random)
    {
        if (MaxElapsed > TimeSpan.Zero && elapsed >= MaxElapsed)
        {
            return null;
        }

        double steps = Math.Pow(Growth, failures - 1);
        double milliseconds = Math.Min(Longest.TotalMilliseconds, Initial.TotalMilliseconds * steps);
        double factor;
        lock (random)
        {
            factor = 1 - Jitter + (random.NextDouble() * 2 * Jitter);
        }

        return TimeSpan.FromMilliseconds(milliseconds * factor);
    }
}
