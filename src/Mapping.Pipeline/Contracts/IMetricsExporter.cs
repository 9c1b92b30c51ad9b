namespace Mapping.Pipeline.Contracts;

/// <summary>Where the numbers of a run go.</summary>
internal interface IMetricsExporter : IAsyncDisposable
{
    /// <summary>Upper bounds of the histogram of a timing, in seconds; null for a summary with quantiles in nanoseconds.</summary>
    IReadOnlyList<double>? TimingBounds => null;

    /// <summary>False when nobody looks at numbers, so that none need to be gathered.</summary>
    bool IsOn => true;

    /// <summary>Called once, before the first component is made.</summary>
    void Start(IMetricSource source)
    {
    }

    /// <summary>A series begins: an exporter that is told of every change, instead of asking, gives what it wants to be told.</summary>
    IMetricTap? Tap(MetricKind kind, string name, IReadOnlyList<KeyValuePair<string, string>> labels) => null;

    /// <summary>Its page for <c>/metrics</c> and <c>/stats</c>; null when it has none.</summary>
    MetricPage? Page => null;

    ValueTask IAsyncDisposable.DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Told of every change of one series.</summary>
internal interface IMetricTap
{
    void Changed(double value);
}

/// <summary>What answers a scrape.</summary>
internal sealed record MetricPage(string ContentType, Func<string> Write);

/// <summary>All numbers of a run, as they are now.</summary>
internal interface IMetricSource
{
    /// <summary>By name.</summary>
    IReadOnlyList<MetricFamily> Collect();
}

internal enum MetricKind
{
    Counter,
    Gauge,
    Timing,
}

/// <summary>All series of one name.</summary>
internal sealed record MetricFamily(string Name, MetricKind Kind, IReadOnlyList<MetricSeries> Series);

/// <param name="Labels">By name.</param>
/// <param name="Value">Of a counter or gauge.</param>
/// <param name="Timing">Of a timing.</param>
internal sealed record MetricSeries(IReadOnlyList<KeyValuePair<string, string>> Labels, double Value, TimingValue? Timing = null);

/// <param name="Count">All that were timed.</param>
/// <param name="Sum">Of all, in nanoseconds.</param>
/// <param name="Quantile">From 0 to 1, in nanoseconds, of the last minutes; NaN when nothing was timed in them.</param>
/// <param name="Buckets">How many took no longer than the bound of <see cref="IMetricsExporter.TimingBounds"/>, for each; empty without bounds.</param>
internal sealed record TimingValue(long Count, double Sum, Func<double, double> Quantile, IReadOnlyList<long> Buckets);
