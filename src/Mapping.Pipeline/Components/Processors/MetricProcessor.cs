using System.Collections.Concurrent;
using System.Globalization;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Processors;

internal enum MetricKind
{
    Counter,
    CounterBy,
    Gauge,
    Timing,
}

/// <param name="Kind">How numbers are gathered.</param>
/// <param name="Name">Of the metric.</param>
/// <param name="Labels">Names, and texts made for every message.</param>
/// <param name="Value">The number; null for kinds without one.</param>
internal sealed record MetricOptions(MetricKind Kind, string Name, IReadOnlyList<KeyValuePair<string, TextTemplate>> Labels, TextTemplate? Value);

/// <summary><c>metric</c>: a metric of the user's own.</summary>
internal sealed class MetricProcessor(MetricOptions options, IComponentContext context) : IProcessor
{
    private static readonly Field<MetricKind> Kind = Fields.Choice(
        "type",
        "counter adds 1 for every message; counter_by adds the value, which must not be negative; gauge is set to it; timing takes it as a time in nanoseconds.",
        ("counter", MetricKind.Counter),
        ("counter_by", MetricKind.CounterBy),
        ("gauge", MetricKind.Gauge),
        ("timing", MetricKind.Timing));

    private static readonly Field<string> Name = Fields.Text("name", "The name of the metric.").Example("orders_value");

    private static readonly Field<IReadOnlyList<KeyValuePair<string, TextTemplate>>> Labels =
        Fields.Map("labels", Fields.TemplateValue, "Labels, with a text made for every message; a metric of one name always has the same labels.").Default("{}").Example("{ topic: \"${! @kafka_topic }\" }");

    private static readonly Field<TextTemplate> Value = Fields.Template("value", "The number, for all types but counter.").Optional().Example("${! this.total }");

    private readonly ConcurrentDictionary<string, object> instruments = new();

    public static ComponentType Type { get; } = new ComponentType<IProcessor, MetricOptions>(
        ComponentKind.Processor,
        "metric",
        "Counts or measures messages as a metric of your own.",
        new Shape<MetricOptions>([Kind, Name, Labels, Value], read => new MetricOptions(read.Get(Kind), read.Get(Name), read.Get(Labels), read.Get(Value)))
            .Rule(static (o, _) => o.Kind != MetricKind.Counter && o.Value is null ? new Breach("this type needs a value", Kind, "give value, such as ${! this.total }") : null),
        static (options, context) => new MetricProcessor(options, context))
    {
        Description = "Messages pass as they are. What cannot be measured is logged and left out.",
        Example = """
            input:
              generate: { count: 5, interval: "", mapping: 'root = { "total": counter() * 10, "shop": "web" }' }
            pipeline:
              processors:
                - metric: { type: counter_by, name: orders_value, labels: { shop: "${! this.shop }" }, value: "${! this.total }" }
            output:
              drop: {}
            """,
    };

    public ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            if (Measure(batch, i) is { } problem)
            {
                context.Log.Write(LogLevel.Error, $"the metric {options.Name} leaves out a message: {problem}");
            }
        }

        return ValueTask.FromResult<Batches>(batch);
    }

    /// <summary>What stands in the way; null when nothing does.</summary>
    private string? Measure(Batch batch, int index)
    {
        var labels = new (string Name, string Value)[options.Labels.Count];
        for (int i = 0; i < labels.Length; i++)
        {
            if (!options.Labels[i].Value.TryResolve(batch, index, out string? text, out string? error))
            {
                return $"the label {options.Labels[i].Key} failed: {error}";
            }

            labels[i] = (options.Labels[i].Key, text);
        }

        string number = "1";
        if (options.Kind != MetricKind.Counter)
        {
            if (!options.Value!.TryResolve(batch, index, out string? text, out string? error))
            {
                return $"the value failed: {error}";
            }

            number = text;
        }

        return Record(Instrument(labels), number);
    }

    private object Instrument((string Name, string Value)[] labels) => instruments.GetOrAdd(
        string.Join('\0', labels.Select(l => l.Value)),
        static (_, known) => known.Kind switch
        {
            MetricKind.Gauge => known.Metrics.Gauge(known.Name, known.Labels),
            MetricKind.Timing => known.Metrics.Timing(known.Name, known.Labels),
            _ => known.Metrics.Counter(known.Name, known.Labels),
        },
        (options.Kind, context.Metrics, options.Name, Labels: labels));

    private string? Record(object instrument, string number)
    {
        if (options.Kind == MetricKind.Gauge)
        {
            if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double level))
            {
                return $"\"{number}\" is no number";
            }

            ((IGauge)instrument).Set(level);
            return null;
        }

        if (!decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal amount) || amount < 0 || amount > long.MaxValue || amount != decimal.Truncate(amount))
        {
            return $"\"{number}\" is no whole number of at least 0";
        }

        if (options.Kind == MetricKind.Timing)
        {
            ((ITiming)instrument).Record(TimeSpan.FromTicks((long)amount / TimeSpan.NanosecondsPerTick));
        }
        else
        {
            ((ICounter)instrument).Add((long)amount);
        }

        return null;
    }
}
