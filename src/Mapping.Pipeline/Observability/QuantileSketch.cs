using System.Numerics;

namespace Mapping.Pipeline.Observability;

/// <summary>
/// Counts durations in buckets whose width grows with the duration, so that a quantile is off by at most one part in 64. Two windows of
/// five minutes take turns: quantiles are those of the last five to ten minutes.
/// </summary>
internal sealed class QuantileSketch(TimeProvider clock)
{
    private const int Steps = 64;
    private const int StepBits = 6;
    private const int BucketCount = (64 - StepBits) * Steps;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private long[] current = new long[BucketCount];
    private long[]? previous;
    private long windowStart = clock.GetTimestamp();

    public void Record(long nanoseconds, int times = 1)
    {
        Turn();
        Interlocked.Add(ref current[BucketOf(Math.Max(0, nanoseconds))], times);
    }

    /// <param name="rank">From 0 to 1.</param>
    /// <returns>Nanoseconds, or NaN when nothing was recorded lately.</returns>
    public double Quantile(double rank)
    {
        Turn();
        (long[] now, long[]? before) = (current, previous);
        long total = 0;
        for (int i = 0; i < BucketCount; i++)
        {
            total += Interlocked.Read(ref now[i]) + (before?[i] ?? 0);
        }

        if (total == 0)
        {
            return double.NaN;
        }

        long wanted = Math.Max(1, (long)Math.Ceiling(rank * total));
        int bucket = 0;
        for (long seen = 0; bucket < BucketCount; bucket++)
        {
            seen += now[bucket] + (before?[bucket] ?? 0);
            if (seen >= wanted)
            {
                break;
            }
        }

        return MiddleOf(Math.Min(bucket, BucketCount - 1));
    }

    private static int BucketOf(long value)
    {
        if (value < Steps)
        {
            return (int)value;
        }

        int exponent = BitOperations.Log2((ulong)value);
        return ((exponent - StepBits + 1) * Steps) + (int)((value >> (exponent - StepBits)) & (Steps - 1));
    }

    private static double MiddleOf(int bucket)
    {
        if (bucket < Steps)
        {
            return bucket;
        }

        int shift = (bucket / Steps) - 1;
        long low = (long)(Steps + (bucket % Steps)) << shift;
        return low + (((1L << shift) - 1) / 2.0);
    }

    private void Turn()
    {
        if (clock.GetElapsedTime(Interlocked.Read(ref windowStart)) < Window)
        {
            return;
        }

        lock (gate)
        {
            TimeSpan age = clock.GetElapsedTime(windowStart);
            if (age >= Window)
            {
                previous = age < Window * 2 ? current : null;
                current = new long[BucketCount];
                windowStart = clock.GetTimestamp();
            }
        }
    }
}
