using System.Globalization;
using System.Text;
using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Observability;

/// <summary>Metrics in the text format of Prometheus, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <param name="families">What to write.</param>
    /// <param name="quantiles">Of timings without bounds.</param>
    /// <param name="bounds">In seconds; null writes timings as summaries in nanoseconds.</param>
    public static string Write(IReadOnlyList<MetricFamily> families, IReadOnlyList<double> quantiles, IReadOnlyList<double>? bounds)
    {
        var text = new StringBuilder();
        foreach (MetricFamily family in families)
        {
            string type = family.Kind switch
            {
                MetricKind.Counter => "counter",
                MetricKind.Gauge => "gauge",
                _ => bounds is null ? "summary" : "histogram",
            };
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(Escape(MetricNames.Describe(family.Name, family.Kind), quotes: false)).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(type).Append('\n');
            foreach (MetricSeries series in family.Series)
            {
                if (series.Timing is not { } timing)
                {
                    Sample(text, family.Name, series.Labels, null, series.Value);
                }
                else if (bounds is null)
                {
                    Summary(text, family.Name, series.Labels, timing, quantiles);
                }
                else
                {
                    Histogram(text, family.Name, series.Labels, timing, bounds);
                }
            }
        }

        return text.ToString();
    }

    private static void Summary(StringBuilder text, string name, IReadOnlyList<KeyValuePair<string, string>> labels, TimingValue timing, IReadOnlyList<double> quantiles)
    {
        foreach (double rank in quantiles)
        {
            Sample(text, name, labels, ("quantile", Number(rank)), timing.Quantile(rank));
        }

        Sample(text, name + "_sum", labels, null, timing.Sum);
        Sample(text, name + "_count", labels, null, timing.Count);
    }

    private static void Histogram(StringBuilder text, string name, IReadOnlyList<KeyValuePair<string, string>> labels, TimingValue timing, IReadOnlyList<double> bounds)
    {
        for (int i = 0; i < bounds.Count; i++)
        {
            Sample(text, name + "_bucket", labels, ("le", Number(bounds[i])), timing.Buckets[i]);
        }

        Sample(text, name + "_bucket", labels, ("le", "+Inf"), timing.Count);
        Sample(text, name + "_sum", labels, null, timing.Sum / 1e9);
        Sample(text, name + "_count", labels, null, timing.Count);
    }

    private static void Sample(StringBuilder text, string name, IReadOnlyList<KeyValuePair<string, string>> labels, (string Name, string Value)? more, double value)
    {
        text.Append(name);
        string separator = "{";
        foreach ((string label, string content) in labels)
        {
            text.Append(separator).Append(label).Append("=\"").Append(Escape(content, quotes: true)).Append('"');
            separator = ",";
        }

        if (more is var (extra, its))
        {
            text.Append(separator).Append(extra).Append("=\"").Append(its).Append('"');
            separator = ",";
        }

        text.Append(separator == "{" ? " " : "} ").Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Escape(string text, bool quotes)
    {
        string escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }
}
