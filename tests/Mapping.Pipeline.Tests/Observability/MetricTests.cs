using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Observability;
using Mapping.Testing;

namespace Mapping.Pipeline.Tests.Observability;

public class MetricTests
{
    private readonly ManualClock clock = new();
    private readonly ListLog log = new();

    [Fact]
    public void Counts_from_many_threads_add_up()
    {
        MetricRegistry registry = Registry();
        IMetrics labelled = registry.With(("label", "a"));
        Parallel.For(0, 8, _ =>
        {
            ICounter counter = labelled.Counter("processor_received", ("path", "root"));
            ITiming timing = labelled.Timing("processor_latency_ns");
            for (int i = 0; i < 10_000; i++)
            {
                counter.Add(2);
                timing.Record(TimeSpan.FromMicroseconds(1));
            }
        });
        Assert.Equal(160_000, Single(registry, "processor_received").Value);
        Assert.Equal(80_000, Single(registry, "processor_latency_ns").Timing!.Count);
        Assert.Equal(80_000_000, Single(registry, "processor_latency_ns").Timing!.Sum);
    }

    [Fact]
    public void The_same_name_and_labels_are_one_series()
    {
        MetricRegistry registry = Registry();
        Assert.Same(registry.Counter("a", ("b", "c")), registry.With(("b", "c")).Counter("a"));
        Assert.NotSame(registry.Counter("a", ("b", "c")), registry.Counter("a", ("b", "d")));
    }

    [Fact]
    public void The_text_is_what_Prometheus_reads()
    {
        MetricRegistry registry = Registry();
        registry.Counter("input_received", ("label", "a\"b\\c\nd"), ("path", "root.input")).Add(3);
        registry.Gauge("lag").Set(1.5);
        registry.Gauge("odd").Set(double.PositiveInfinity);
        ITiming timing = registry.Timing("output_latency_ns", ("path", "root.output"));
        for (int i = 1; i <= 100; i++)
        {
            timing.Record(TimeSpan.FromMilliseconds(i));
        }

        registry.Timing("never");
        Snapshot.Verify(PrometheusText.Write(registry.Collect(), [0.5, 0.9, 0.99], bounds: null));
    }

    [Fact]
    public void Histograms_are_cumulative_and_in_seconds()
    {
        double[] bounds = [0.01, 0.1, 1];
        MetricRegistry registry = Registry(new Exporter(bounds));
        ITiming timing = registry.Timing("output_latency_ns");
        foreach (int milliseconds in new[] { 5, 10, 11, 500, 2000 })
        {
            timing.Record(TimeSpan.FromMilliseconds(milliseconds));
        }

        Snapshot.Verify(PrometheusText.Write(registry.Collect(), [], bounds));
    }

    [Fact]
    public void A_mapping_renames_leaves_out_and_changes_labels()
    {
        CompiledMapping mapping = MappingEnvironment.Full.Compile("""
            root = if this.has_prefix("input") { deleted() } else { "team_" + this }
            meta stage = "test"
            meta path = deleted()
            """);
        MetricRegistry registry = Registry(naming: new MetricNaming(mapping, log));
        registry.Counter("input_received", ("path", "x")).Add();
        registry.Counter("output_sent", ("path", "x"), ("label", "l")).Add(2);
        Assert.Equal(
            "# HELP team_output_sent A counter.\n# TYPE team_output_sent counter\nteam_output_sent{label=\"l\",stage=\"test\"} 2\n",
            PrometheusText.Write(registry.Collect(), [], null));
        Assert.Empty(log.Lines);
    }

    [Theory]
    [InlineData("root = this + \"-x\"", "Warn the metric output_sent is left out: \"output_sent-x\" is no name of a metric")]
    [InlineData("root = this\nmeta \"a b\" = \"x\"", "Warn the metric output_sent is left out: \"a b\" is no name of a label")]
    public void What_Prometheus_would_refuse_is_left_out_and_told_once(string mapping, string told)
    {
        MetricRegistry registry = Registry(naming: new MetricNaming(MappingEnvironment.Full.Compile(mapping), log));
        registry.Counter("output_sent", ("path", "a")).Add();
        registry.Counter("output_sent", ("path", "b")).Add();
        Assert.Empty(registry.Collect());
        Assert.Equal([told], log.Lines);
    }

    [Fact]
    public void A_mapping_that_fails_keeps_the_metric()
    {
        MetricRegistry registry = Registry(naming: new MetricNaming(MappingEnvironment.Full.Compile("root = this.number()"), log));
        registry.Counter("output_sent").Add();
        Assert.Equal(1, Single(registry, "output_sent").Value);
        Assert.Single(log.Lines);
    }

    [Fact]
    public void Two_kinds_of_metric_cannot_share_a_name()
    {
        MetricRegistry registry = Registry(naming: new MetricNaming(MappingEnvironment.Full.Compile("root = \"one\""), log));
        registry.Counter("a").Add();
        registry.Gauge("b").Set(7);
        Assert.Equal(1, Single(registry, "one").Value);
        Assert.Equal(["Warn the metric b cannot be named one, which is another kind of metric"], log.Lines);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(3_000_000)]
    public void Quantiles_are_right_within_one_part_in_64(long unit)
    {
        var sketch = new QuantileSketch(clock);
        var random = new Random(17);
        long[] values = [.. Enumerable.Range(0, 10_000).Select(_ => (long)(Math.Pow(random.NextDouble(), 3) * 1000 * unit))];
        foreach (long value in values)
        {
            sketch.Record(value);
        }

        Array.Sort(values);
        foreach (double rank in new[] { 0.01, 0.5, 0.9, 0.99, 1 })
        {
            double exact = values[(int)Math.Ceiling(rank * values.Length) - 1];
            Assert.InRange(sketch.Quantile(rank), (exact * (1 - (1.0 / 64))) - 1, (exact * (1 + (1.0 / 64))) + 1);
        }
    }

    [Fact]
    public void Quantiles_forget_what_is_older_than_ten_minutes()
    {
        var sketch = new QuantileSketch(clock);
        Assert.Equal(double.NaN, sketch.Quantile(0.5));
        sketch.Record(10);
        clock.Move(TimeSpan.FromMinutes(6));
        sketch.Record(50);
        Assert.Equal(10, sketch.Quantile(0.5));
        clock.Move(TimeSpan.FromMinutes(6));
        Assert.Equal(50, sketch.Quantile(0.5));
        clock.Move(TimeSpan.FromMinutes(30));
        Assert.Equal(double.NaN, sketch.Quantile(0.5));
    }

    private MetricRegistry Registry(Exporter? exporter = null, MetricNaming? naming = null) => new(exporter ?? new Exporter(null), naming ?? new MetricNaming(null, log), clock);

    private static MetricSeries Single(MetricRegistry registry, string name) => registry.Collect().Single(f => f.Name == name).Series.Single();

    private sealed class Exporter(IReadOnlyList<double>? bounds) : IMetricsExporter
    {
        public IReadOnlyList<double>? TimingBounds => bounds;
    }
}
