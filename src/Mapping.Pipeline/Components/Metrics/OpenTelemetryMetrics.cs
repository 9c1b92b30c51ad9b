using System.Diagnostics.Metrics;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Mapping.Pipeline.Components.Metrics;

internal sealed record OpenTelemetryMetricsOptions(TelemetryOptions Telemetry, TimeSpan Interval);

/// <summary><c>open_telemetry_collector</c>: metrics are sent to collectors.</summary>
internal sealed class OpenTelemetryMetrics : IMetricsExporter
{
    private static readonly Field<TimeSpan> Interval = Fields.Duration("push_interval", "Time between two reports; there is one at the end in any case.").Default("10s").Advanced();

    private readonly Meter meter;
    private readonly MeterProvider provider;
    private readonly Dictionary<(MetricKind, string), Instrument> instruments = [];

    private OpenTelemetryMetrics(OpenTelemetryMetricsOptions options)
    {
        meter = new Meter("mapping.pipeline");
        MeterProviderBuilder builder = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(options.Telemetry.ResourceOf()).AddMeter(meter.Name);
        foreach (CollectorAddress collector in options.Telemetry.Collectors)
        {
            builder.AddOtlpExporter((exporter, reader) =>
            {
                TelemetryOptions.Configure(exporter, collector, "metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.Interval.TotalMilliseconds;
            });
        }

        provider = builder.Build();
    }

    public static ComponentType Type { get; } = new ComponentType<IMetricsExporter, OpenTelemetryMetricsOptions>(
        ComponentKind.Metrics,
        "open_telemetry_collector",
        "Sends metrics to OpenTelemetry collectors.",
        new Shape<OpenTelemetryMetricsOptions>(
            [TelemetryOptions.ServiceField, TelemetryOptions.TagsField, TelemetryOptions.HttpField, TelemetryOptions.GrpcField, Interval],
            read => new OpenTelemetryMetricsOptions(TelemetryOptions.Read(read), read.Get(Interval)))
            .Rule(static (options, _) => TelemetryOptions.NeedsCollector(options.Telemetry)),
        static (options, _) => new OpenTelemetryMetrics(options))
    {
        Description = "Names and labels are those of `prometheus`; timings are histograms in nanoseconds. A collector that cannot be reached loses what was to be sent; counters catch up with the next report.",
    };

    public IMetricTap? Tap(MetricKind kind, string name, IReadOnlyList<KeyValuePair<string, string>> labels)
    {
        KeyValuePair<string, object?>[] tags = [.. labels.Select(l => KeyValuePair.Create(l.Key, (object?)l.Value))];
        return kind switch
        {
            MetricKind.Counter => new CounterTap(Find(kind, name, () => meter.CreateCounter<long>(name)), tags),
            MetricKind.Gauge => new GaugeTap(Find(kind, name, () => meter.CreateGauge<double>(name)), tags),
            _ => new TimingTap(Find(kind, name, () => meter.CreateHistogram<double>(name, "ns")), tags),
        };
    }

    public ValueTask DisposeAsync()
    {
        provider.ForceFlush(5000);
        provider.Dispose();
        meter.Dispose();
        return ValueTask.CompletedTask;
    }

    private T Find<T>(MetricKind kind, string name, Func<T> create)
        where T : Instrument
    {
        if (!instruments.TryGetValue((kind, name), out Instrument? known))
        {
            instruments.Add((kind, name), known = create());
        }

        return (T)known;
    }

    private sealed class CounterTap(Counter<long> counter, KeyValuePair<string, object?>[] tags) : IMetricTap
    {
        public void Changed(double value) => counter.Add((long)value, tags);
    }

    private sealed class GaugeTap(Gauge<double> gauge, KeyValuePair<string, object?>[] tags) : IMetricTap
    {
        public void Changed(double value) => gauge.Record(value, tags);
    }

    private sealed class TimingTap(Histogram<double> histogram, KeyValuePair<string, object?>[] tags) : IMetricTap
    {
        public void Changed(double value) => histogram.Record(value, tags);
    }
}
