using System.Net.Http.Headers;
using System.Text;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Observability;

namespace Mapping.Pipeline.Components.Metrics;

internal sealed record PrometheusOptions(
    bool UsesHistograms,
    IReadOnlyList<double> Buckets,
    IReadOnlyList<double> Quantiles,
    bool AddsProcess,
    string PushUrl,
    TimeSpan? PushInterval,
    string PushJob,
    PushLogin PushLogin,
    string FilePath);

internal sealed record PushLogin(string User, string Password);

/// <summary><c>prometheus</c>: a page to be scraped, a push gateway, a file.</summary>
internal sealed class PrometheusMetrics : IMetricsExporter
{
    private static readonly double[] DefaultBuckets = [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10];

    private static readonly Field<bool> UseHistogram =
        Fields.Bool("use_histogram_timing", "Timings are histograms in seconds instead of summaries in nanoseconds.").Default("false").Advanced();

    private static readonly Field<IReadOnlyList<double>> HistogramBuckets =
        Fields.List("histogram_buckets", new NumberType(), "Upper bounds of the buckets of histograms, in seconds, rising; empty for those from 5 ms to 10 s.").Default("[]").Advanced();

    private static readonly Field<double> Quantile = Fields.Number("quantile", "From 0 to 1.").Default("0");
    private static readonly Field<double> Error = Fields.Number("error", "Understood but not needed: every quantile is right within one part in 64.").Default("0");

    private static readonly Field<IReadOnlyList<double>> Objectives = Fields.List(
        "summary_quantiles_objectives",
        new Shape<double>([Quantile, Error], read => read.Get(Quantile)),
        "Quantiles of summaries, over the last five to ten minutes.").Default("[ { quantile: 0.5, error: 0.05 }, { quantile: 0.9, error: 0.01 }, { quantile: 0.99, error: 0.001 } ]").Advanced();

    private static readonly Field<bool> ProcessMetrics =
        Fields.Bool("add_process_metrics", "Adds processor time, memory and start of the process.").Default("false").OrNamed("add_go_metrics").Advanced();

    private static readonly Field<string> PushUrl = Fields.Text("push_url", "Address of a push gateway that metrics are sent to; empty for none.").Default("\"\"").Advanced().Example("http://localhost:9091");
    private static readonly Field<TimeSpan?> PushInterval = Fields.OptionalDuration("push_interval", "Time between two pushes; without it there is one, at the end.").Advanced().Example("10s");
    private static readonly Field<string> PushJob = Fields.Text("push_job_name", "The job of the push.").Default("benthos_push").Advanced();
    private static readonly Field<string> User = Fields.Text("username", "Of the push gateway.").Default("\"\"");
    private static readonly Field<string> Password = Fields.Text("password", "Of the push gateway.").Default("\"\"").Secret();

    private static readonly Field<PushLogin> PushLogin = Fields.Group(
        "push_basic_auth",
        new Shape<PushLogin>([User, Password], read => new PushLogin(read.Get(User), read.Get(Password))),
        "Credentials of the push gateway.").Default("{}").Advanced();

    private static readonly Field<string> FilePath = Fields.Text("file_output_path", "A file that metrics are written to at the end; empty for none.").Default("\"\"").Advanced();

    private readonly PrometheusOptions options;
    private readonly IComponentContext context;
    private readonly HttpClient? client;
    private readonly ITimer? pushing;
    private IMetricSource? source;

    private PrometheusMetrics(PrometheusOptions options, IComponentContext context)
    {
        this.options = options;
        this.context = context;
        TimingBounds = options.UsesHistograms ? (options.Buckets.Count > 0 ? options.Buckets : DefaultBuckets) : null;
        Page = new MetricPage(PrometheusText.ContentType, Write);
        if (options.PushUrl.Length > 0)
        {
            client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
            pushing = options.PushInterval is { } interval ? context.Clock.CreateTimer(_ => _ = PushAsync(), null, interval, interval) : null;
        }
    }

    public static ComponentType Type { get; } = new ComponentType<IMetricsExporter, PrometheusOptions>(
        ComponentKind.Metrics,
        "prometheus",
        "Serves metrics to Prometheus at /metrics and /stats of the service.",
        new Shape<PrometheusOptions>(
            [UseHistogram, HistogramBuckets, Objectives, ProcessMetrics, PushUrl, PushInterval, PushJob, PushLogin, FilePath],
            read => new PrometheusOptions(
                read.Get(UseHistogram),
                read.Get(HistogramBuckets),
                read.Get(Objectives),
                read.Get(ProcessMetrics),
                read.Get(PushUrl),
                read.Get(PushInterval),
                read.Get(PushJob),
                read.Get(PushLogin),
                read.Get(FilePath)))
            .Rule(static (options, _) => !AreRising(options.Buckets)
                ? new Breach("the bounds of buckets must rise", HistogramBuckets, "sort them, each one once")
                : null)
            .Rule(static (options, _) => options.Quantiles.Any(q => q is < 0 or > 1) ? new Breach("a quantile is from 0 to 1", Objectives) : null)
            .Rule(static (options, _) => options.PushUrl.Length > 0 && !Uri.TryCreate(options.PushUrl, UriKind.Absolute, out Uri? _)
                ? new Breach($"\"{options.PushUrl}\" is no address", PushUrl, "as in http://localhost:9091")
                : null),
        static (options, context) => new PrometheusMetrics(options, context))
    {
        Description = "Counters and gauges keep their names; there is no `_total`. Every component metric carries the labels `label` (empty without one) and `path`. Names are listed in the guide of the service.",
        Example = """
            input: { generate: { count: 1, mapping: root.id = 1 } }
            output: { drop: {} }
            metrics:
              mapping: |
                # Leave batches out, and put a name of the team before the others.
                root = if this.contains("_batch_") { deleted() } else { "orders_" + this }
              prometheus: { use_histogram_timing: true }
            """,
    };

    public IReadOnlyList<double>? TimingBounds { get; }

    public MetricPage? Page { get; }

    public void Start(IMetricSource numbers) => source = numbers;

    public async ValueTask DisposeAsync()
    {
        if (pushing is not null)
        {
            await pushing.DisposeAsync().ConfigureAwait(false);
        }

        if (client is not null)
        {
            await PushAsync().ConfigureAwait(false);
            client.Dispose();
        }

        if (options.FilePath.Length > 0)
        {
            try
            {
                await File.WriteAllTextAsync(options.FilePath, Write()).ConfigureAwait(false);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                context.Log.Write(LogLevel.Error, $"metrics cannot be written to {options.FilePath}: {error.Message}");
            }
        }
    }

    private string Write()
    {
        IReadOnlyList<MetricFamily> families = source?.Collect() ?? [];
        return PrometheusText.Write(options.AddsProcess ? [.. families, .. ProcessNumbers.Collect()] : families, options.Quantiles, TimingBounds);
    }

    private async Task PushAsync()
    {
        try
        {
            string address = $"{options.PushUrl.TrimEnd('/')}/metrics/job/{Uri.EscapeDataString(options.PushJob)}";
            using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new StringContent(Write()) };
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(PrometheusText.ContentType);
            if (options.PushLogin.User.Length > 0)
            {
                string login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.PushLogin.User}:{options.PushLogin.Password}"));
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", login);
            }

            using HttpResponseMessage response = await client!.SendAsync(request).ConfigureAwait(false);
            response.EnsureSuccessStatusCode();
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            context.Log.Write(LogLevel.Error, $"metrics cannot be pushed to {options.PushUrl}: {error.Message}");
        }
    }

    private static bool AreRising(IReadOnlyList<double> bounds)
    {
        for (int i = 1; i < bounds.Count; i++)
        {
            if (bounds[i - 1] >= bounds[i])
            {
                return false;
            }
        }

        return true;
    }
}
