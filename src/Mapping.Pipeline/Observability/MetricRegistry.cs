using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Observability;

/// <summary>All numbers of a run. Asked twice for the same name and labels it gives the same instrument.</summary>
internal sealed class MetricRegistry : IMetrics, IMetricSource
{
    private readonly IMetricsExporter exporter;
    private readonly MetricNaming naming;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly Dictionary<string, Instrument?> asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Family> families = new(StringComparer.Ordinal);

    public MetricRegistry(IMetricsExporter exporter, MetricNaming naming, TimeProvider clock)
    {
        this.exporter = exporter;
        this.naming = naming;
        this.clock = clock;
        exporter.Start(this);
    }

    public ICounter Counter(string name, params ReadOnlySpan<(string Name, string Value)> labels) => Counter(name, [.. labels], []);

    public IGauge Gauge(string name, params ReadOnlySpan<(string Name, string Value)> labels) => Gauge(name, [.. labels], []);

    public ITiming Timing(string name, params ReadOnlySpan<(string Name, string Value)> labels) => Timing(name, [.. labels], []);

    public IMetrics With(params ReadOnlySpan<(string Name, string Value)> labels) => new Labelled(this, [.. labels]);

    public IReadOnlyList<MetricFamily> Collect()
    {
        lock (gate)
        {
            return [.. families.OrderBy(static f => f.Key, StringComparer.Ordinal).Select(f => new MetricFamily(f.Key, f.Value.Kind, [.. f.Value.Series.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => s.Value.Read())]))];
        }
    }

    private ICounter Counter(string name, (string, string)[] outer, (string, string)[] inner) => (ICounter?)Find(MetricKind.Counter, name, outer, inner) ?? Silent.Instance;

    private IGauge Gauge(string name, (string, string)[] outer, (string, string)[] inner) => (IGauge?)Find(MetricKind.Gauge, name, outer, inner) ?? Silent.Instance;

    private ITiming Timing(string name, (string, string)[] outer, (string, string)[] inner) => (ITiming?)Find(MetricKind.Timing, name, outer, inner) ?? Silent.Instance;

    /// <summary>Null when the configuration leaves the metric out.</summary>
    private Instrument? Find(MetricKind kind, string name, (string Name, string Value)[] outer, (string Name, string Value)[] inner)
    {
        string key = KeyOf(name, outer, inner);
        lock (gate)
        {
            if (!asked.TryGetValue(key, out Instrument? known))
            {
                asked.Add(key, known = Make(kind, name, Pairs(outer, inner)));
            }

            return known;
        }
    }

    private Instrument? Make(MetricKind kind, string asName, IReadOnlyList<KeyValuePair<string, string>> given)
    {
        if (naming.Resolve(asName, given) is not var (name, labels))
        {
            return null;
        }

        if (!families.TryGetValue(name, out Family? family))
        {
            families.Add(name, family = new Family(kind, new Dictionary<string, Instrument>(StringComparer.Ordinal)));
        }

        if (family.Kind != kind)
        {
            naming.Report($"the metric {asName} cannot be named {name}, which is another kind of metric");
            return null;
        }

        string key = name;
        for (int i = 0; i < labels.Count; i++)
        {
            key += KeyOf(labels[i].Key, labels[i].Value);
        }

        if (!family.Series.TryGetValue(key, out Instrument? known))
        {
            IMetricTap? tap = exporter.Tap(kind, name, labels);
            family.Series.Add(key, known = kind switch
            {
                MetricKind.Counter => new CounterInstrument(labels, tap),
                MetricKind.Gauge => new GaugeInstrument(labels, tap),
                _ => new TimingInstrument(labels, tap, exporter.TimingBounds, clock),
            });
        }

        return known;
    }

    private static KeyValuePair<string, string>[] Pairs((string Name, string Value)[] outer, (string Name, string Value)[] inner)
    {
        var pairs = new KeyValuePair<string, string>[outer.Length + inner.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            (string name, string value) = i < outer.Length ? outer[i] : inner[i - outer.Length];
            pairs[i] = KeyValuePair.Create(name, value);
        }

        return pairs;
    }

    private static string KeyOf(string name, (string Name, string Value)[] outer, (string Name, string Value)[] inner)
    {
        string key = name;
        for (int i = 0; i < outer.Length + inner.Length; i++)
        {
            (string label, string value) = i < outer.Length ? outer[i] : inner[i - outer.Length];
            key += KeyOf(label, value);
        }

        return key;
    }

    /// <summary>No name holds a character below the blank.</summary>
    private static string KeyOf(string label, string value) => $"\u0001{label}\u0002{value}";

    /// <summary>What bears one name.</summary>
    private sealed record Family(MetricKind Kind, Dictionary<string, Instrument> Series);

    /// <summary>Adds labels to whatever is asked for.</summary>
    private sealed class Labelled(MetricRegistry registry, (string Name, string Value)[] labels) : IMetrics
    {
        public ICounter Counter(string name, params ReadOnlySpan<(string Name, string Value)> more) => registry.Counter(name, labels, [.. more]);

        public IGauge Gauge(string name, params ReadOnlySpan<(string Name, string Value)> more) => registry.Gauge(name, labels, [.. more]);

        public ITiming Timing(string name, params ReadOnlySpan<(string Name, string Value)> more) => registry.Timing(name, labels, [.. more]);

        public IMetrics With(params ReadOnlySpan<(string Name, string Value)> more) => new Labelled(registry, [.. labels, .. more]);
    }

    /// <summary>Of a metric that is left out.</summary>
    private sealed class Silent : ICounter, IGauge, ITiming
    {
        public static Silent Instance { get; } = new();

        public void Add(long count)
        {
        }

        public void Set(double value)
        {
        }

        public void Record(TimeSpan elapsed, int times)
        {
        }
    }
}
