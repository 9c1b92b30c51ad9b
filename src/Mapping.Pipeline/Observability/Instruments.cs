using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Observability;

/// <summary>One series: a name with its labels.</summary>
internal abstract class Instrument(IReadOnlyList<KeyValuePair<string, string>> labels, IMetricTap? tap)
{
    protected IReadOnlyList<KeyValuePair<string, string>> Labels => labels;

    protected IMetricTap? Tap => tap;

    public abstract MetricSeries Read();
}

internal sealed class CounterInstrument(IReadOnlyList<KeyValuePair<string, string>> labels, IMetricTap? tap) : Instrument(labels, tap), ICounter
{
    private long value;

    public void Add(long count)
    {
        Interlocked.Add(ref value, count);
        Tap?.Changed(count);
    }

    public override MetricSeries Read() => new(Labels, Interlocked.Read(ref value));
}

internal sealed class GaugeInstrument(IReadOnlyList<KeyValuePair<string, string>> labels, IMetricTap? tap) : Instrument(labels, tap), IGauge
{
    private double value;

    public void Set(double to)
    {
        Volatile.Write(ref value, to);
        Tap?.Changed(to);
    }

    public override MetricSeries Read() => new(Labels, Volatile.Read(ref value));
}

/// <summary>Counts, adds up, and sorts into buckets what was timed.</summary>
internal sealed class TimingInstrument(IReadOnlyList<KeyValuePair<string, string>> labels, IMetricTap? tap, IReadOnlyList<double>? bounds, TimeProvider clock)
    : Instrument(labels, tap), ITiming
{
    private const double NanosecondsPerSecond = 1e9;

    private readonly QuantileSketch? sketch = bounds is null ? new QuantileSketch(clock) : null;
    private readonly long[] buckets = new long[bounds?.Count ?? 0];
    private long count;
    private long sum;

    public void Record(TimeSpan elapsed, int times)
    {
        long nanoseconds = elapsed.Ticks * 100;
        Interlocked.Add(ref count, times);
        Interlocked.Add(ref sum, nanoseconds * times);
        sketch?.Record(nanoseconds, times);
        for (int i = 0; i < buckets.Length; i++)
        {
            if (nanoseconds <= bounds![i] * NanosecondsPerSecond)
            {
                Interlocked.Add(ref buckets[i], times);
                break;
            }
        }

        Tap?.Changed(nanoseconds);
    }

    public override MetricSeries Read()
    {
        // The total is read last, so that no bucket holds more than it.
        var upTo = new long[buckets.Length];
        long seen = 0;
        for (int i = 0; i < upTo.Length; i++)
        {
            upTo[i] = seen += Interlocked.Read(ref buckets[i]);
        }

        long total = Interlocked.Read(ref count);
        return new MetricSeries(Labels, 0, new TimingValue(total, Interlocked.Read(ref sum), rank => sketch?.Quantile(rank) ?? double.NaN, upTo));
    }
}
