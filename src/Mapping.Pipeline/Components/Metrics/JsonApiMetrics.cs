using System.Buffers;
using System.Text;
using System.Text.Json;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Metrics;

/// <summary><c>json_api</c>: metrics as a JSON object at <c>/metrics</c>.</summary>
internal sealed class JsonApiMetrics : IMetricsExporter
{
    private IMetricSource? source;

    private JsonApiMetrics() => Page = new MetricPage("application/json", () => JsonMetrics.Write(source?.Collect() ?? []));

    public static ComponentType Type { get; } = new ComponentType<IMetricsExporter, bool>(
        ComponentKind.Metrics,
        "json_api",
        "Serves metrics as a JSON object at /metrics and /stats of the service.",
        Component.NoFields,
        static (_, _) => new JsonApiMetrics())
    {
        Description = "Keys are names with their labels, as in `input_received{label=\"\",path=\"root.input\"}`; a timing is an object of `count`, `p50`, `p90` and `p99`, in nanoseconds.",
        Example = """
            input: { generate: { count: 1, mapping: root.id = 1 } }
            output: { drop: {} }
            metrics: { json_api: {} }
            """,
    };

    public MetricPage? Page { get; }

    public void Start(IMetricSource numbers) => source = numbers;
}

/// <summary>Metrics as one JSON object.</summary>
internal static class JsonMetrics
{
    public static string Write(IReadOnlyList<MetricFamily> families)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (MetricFamily family in families)
            {
                foreach (MetricSeries series in family.Series)
                {
                    json.WritePropertyName(family.Name + LabelsOf(series));
                    Write(json, series);
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static string LabelsOf(MetricSeries series) =>
        series.Labels.Count == 0 ? string.Empty : "{" + string.Join(",", series.Labels.Select(l => $"{l.Key}=\"{l.Value}\"")) + "}";

    private static void Write(Utf8JsonWriter json, MetricSeries series)
    {
        if (series.Timing is not { } timing)
        {
            json.WriteNumberValue(series.Value);
            return;
        }

        json.WriteStartObject();
        json.WriteNumber("count", timing.Count);
        foreach ((string name, double rank) in new[] { ("p50", 0.5), ("p90", 0.9), ("p99", 0.99) })
        {
            double value = timing.Quantile(rank);
            if (!double.IsNaN(value))
            {
                json.WriteNumber(name, value);
            }
        }

        json.WriteEndObject();
    }
}
