using System.Globalization;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Metrics;

/// <param name="PushInterval">Between reports; null for one at the end.</param>
/// <param name="Flushes">A report begins with nothing: what was told before is not told again.</param>
internal sealed record LoggerMetricsOptions(TimeSpan? PushInterval, bool Flushes);

/// <summary><c>logger</c>: metrics as lines of the log.</summary>
internal sealed class LoggerMetrics : IMetricsExporter
{
    private static readonly Field<TimeSpan?> PushInterval = Fields.OptionalDuration("push_interval", "Time between two reports; without it there is one, at the end.").Example("1m");

    private static readonly Field<bool> FlushMetrics = Fields.Bool("flush_metrics", "Counters and the counts of timings begin at 0 again after each report. Quantiles are of the last minutes either way.").Default("false").Advanced();

    private readonly LoggerMetricsOptions options;
    private readonly IComponentContext context;
    private readonly ITimer? timer;
    private readonly Lock gate = new();
    private readonly Dictionary<string, double> told = new(StringComparer.Ordinal);
    private IMetricSource? source;

    private LoggerMetrics(LoggerMetricsOptions options, IComponentContext context)
    {
        this.options = options;
        this.context = context;
        timer = options.PushInterval is { } interval ? context.Clock.CreateTimer(_ => Report(), null, interval, interval) : null;
    }

    public static ComponentType Type { get; } = new ComponentType<IMetricsExporter, LoggerMetricsOptions>(
        ComponentKind.Metrics,
        "logger",
        "Writes metrics to the log.",
        new Shape<LoggerMetricsOptions>([PushInterval, FlushMetrics], read => new LoggerMetricsOptions(read.Get(PushInterval), read.Get(FlushMetrics))),
        static (options, context) => new LoggerMetrics(options, context))
    {
        Description = "One line at level INFO for each series, with the fields `name`, `value` and the labels; timings give their count, and `p50` and `p99` in nanoseconds.",
        Example = """
            input: { generate: { count: 1, mapping: root.id = 1 } }
            output: { drop: {} }
            metrics: { logger: { push_interval: 1m } }
            """,
    };

    public void Start(IMetricSource numbers) => source = numbers;

    public async ValueTask DisposeAsync()
    {
        if (timer is not null)
        {
            await timer.DisposeAsync().ConfigureAwait(false);
        }

        Report();
    }

    private void Report()
    {
        lock (gate)
        {
            foreach (MetricFamily family in source?.Collect() ?? [])
            {
                Report(family);
            }
        }
    }

    private void Report(MetricFamily family)
    {
        foreach (MetricSeries series in family.Series)
        {
            (string, string)[] timing = series.Timing is { } t ? [("p50", Text(t.Quantile(0.5))), ("p99", Text(t.Quantile(0.99)))] : [];
            (string, string)[] labels = [.. series.Labels.Select(l => (l.Key, l.Value))];
            context.Log.Write(LogLevel.Info, "metric", [("name", family.Name), ("value", Text(ValueOf(family, series))), .. timing, .. labels]);
        }
    }

    /// <summary>Of a counter that is flushed, what came since the last report.</summary>
    private double ValueOf(MetricFamily family, MetricSeries series)
    {
        double value = series.Timing?.Count ?? series.Value;
        if (!options.Flushes || family.Kind == MetricKind.Gauge)
        {
            return value;
        }

        string key = family.Name + JsonMetrics.LabelsOf(series);
        double before = told.GetValueOrDefault(key);
        told[key] = value;
        return value - before;
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
