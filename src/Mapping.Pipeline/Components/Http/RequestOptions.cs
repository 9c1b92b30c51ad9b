using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Components.Http;

/// <summary>What the output <c>http_client</c> and the processor <c>http</c> have in common.</summary>
internal sealed record RequestOptions
{
    private const string Classes = "Each status is looked for in drop_on, backoff_on and successful_on, in this order; then 2xx is success, and everything else is tried again.";

    private static readonly Field<TextTemplate> Target = Fields.Template("url", "Where requests go.").Example("https://api.example.com/v1/events", "https://api.example.com/items/${! this.id }");
    private static readonly Field<string> Method = Fields.Text("verb", "The method of requests.").Default("POST").Example("PUT");
    private static readonly Field<string> PollMethod = Fields.Text("verb", "The method of requests.").Default("GET").Example("POST");

    private static readonly Field<IReadOnlyList<KeyValuePair<string, TextTemplate>>> GivenHeaders =
        Fields.Map("headers", Fields.TemplateValue, "Headers of requests. Without a Content-Type it is application/octet-stream.").Default("{}").Example("{ Content-Type: application/json }");

    private static readonly Field<MetadataFilter> SentMetadata = MetadataFilter.Field("metadata", "Metadata that is sent as headers; by default none.");
    private static readonly Field<MetadataFilter> KeptHeaders = MetadataFilter.Field("extract_headers", "Headers of the response that become metadata, with names in lower case; one that is repeated becomes a list. By default none.");
    private static readonly Field<TimeSpan> GivenTimeout = Fields.Duration("timeout", "The longest time for one attempt; 0s for no bound.").Default("5s");
    private static readonly Field<string> Limit = Fields.OptionalResource("rate_limit", ComponentKind.RateLimit, "The label of a rate limit, asked before every attempt.");
    private static readonly Field<long> GivenRetries = Fields.Integer("retries", "Attempts after the first.", least: 0, most: int.MaxValue).Default("3");
    private static readonly Field<TimeSpan> Period = Fields.Duration("retry_period", "The pause before another attempt.").Default("1s");

    private static readonly Field<TimeSpan> LongestBackoff =
        Fields.Duration("max_retry_backoff", "The longest pause after a status of backoff_on, where pauses double from retry_period on, give or take a half; also the longest that a Retry-After header is obeyed.").Default("300s");

    private static readonly Field<IReadOnlyList<long>> Backoffs = Codes("backoff_on", $"Statuses after which pauses grow. {Classes}", "[429]");
    private static readonly Field<IReadOnlyList<long>> Drops = Codes("drop_on", "Statuses that end the attempts at once: the message is rejected, or flagged as failed.", "[]");
    private static readonly Field<IReadOnlyList<long>> Successes = Codes("successful_on", "Statuses that are success although they are not 2xx.", "[]");
    private static readonly Field<bool> Redirects = Fields.Bool("follow_redirects", "Go where a 3xx response points; otherwise it is a successful answer itself.").Default("true").Advanced();
    private static readonly Field<string> Proxy = Fields.Text("proxy_url", "A proxy; without it those of the environment are used.").Optional().Advanced();
    private static readonly Field<bool> NoHttp2 = Fields.Bool("disable_http2", "Speak HTTP/1.1 only.").Default("false").Advanced();

    private static readonly Field<LogLevel> Dump = Fields.Choice(
        "dump_request_log_level",
        "Log whole requests and responses at this level; empty for not at all.",
        ("", LogLevel.Off),
        ("FATAL", LogLevel.Fatal),
        ("ERROR", LogLevel.Error),
        ("WARN", LogLevel.Warn),
        ("INFO", LogLevel.Info),
        ("DEBUG", LogLevel.Debug),
        ("TRACE", LogLevel.Trace)).Default("\"\"").Advanced();

    private static readonly Field<TextTemplate?> Key = new Field<TextTemplate?>(
        "idempotency_key",
        Fields.TemplateValue!,
        "A text by which the receiver knows a request it has seen. It is made once and the same for every attempt; make it of the message, so that it is the same when the message is delivered again.")
        .Optional().Advanced().Example("${! @kafka_topic }-${! @kafka_partition }-${! @kafka_offset }");

    private static readonly Field<string> KeyHeader = Fields.Text("idempotency_header", "The header that carries idempotency_key.").Default("Idempotency-Key").Advanced();

    /// <summary>Of components that send messages, in the order of the reference.</summary>
    public static IReadOnlyList<Field> All { get; } =
    [
        Target, Method, GivenHeaders, SentMetadata, KeptHeaders, GivenTimeout, Limit, GivenRetries, Period, LongestBackoff, Backoffs, Drops, Successes, Redirects,
        Key, KeyHeader, Proxy, NoHttp2, Dump, .. HttpAuthentication.All, TlsClient.Field,
    ];

    /// <summary>Of an input, which asks rather than sends.</summary>
    public static IReadOnlyList<Field> OfInput { get; } = [.. All.Select(static f => f == Method ? PollMethod : f).Where(static f => f != Key && f != KeyHeader)];

    public required TextTemplate Url { get; init; }

    public required string Verb { get; init; }

    public required IReadOnlyList<KeyValuePair<string, TextTemplate>> Headers { get; init; }

    public required MetadataFilter Metadata { get; init; }

    public required MetadataFilter ExtractHeaders { get; init; }

    public required TimeSpan Timeout { get; init; }

    public string? RateLimit { get; init; }

    public required RetryRules Retry { get; init; }

    public bool FollowsRedirects { get; init; }

    public TextTemplate? IdempotencyKey { get; init; }

    public string IdempotencyHeader { get; init; } = string.Empty;

    public string? ProxyUrl { get; init; }

    public bool IsHttp1 { get; init; }

    public LogLevel DumpLevel { get; init; }

    public required HttpAuthentication Authentication { get; init; }

    public required TlsClient Tls { get; init; }

    /// <summary>A rule of every shape that has these fields.</summary>
    public Breach? Check() =>
        Url.IsConstant && !(Uri.TryCreate(Url.Text, UriKind.Absolute, out Uri? url) && IsHttp(url)) ? new Breach($"{Shown(Url.Text)} is no URL of http or https", Target)
        : !string.IsNullOrEmpty(ProxyUrl) && !Uri.TryCreate(ProxyUrl, UriKind.Absolute, out _) ? new Breach($"{Shown(ProxyUrl)} is no URL", Proxy)
        : Verb.Length == 0 || !Verb.All(char.IsAsciiLetter) ? new Breach($"\"{Verb}\" is no method of HTTP", Method)
        : null;

    /// <summary>What cannot be read as a URL, for people; only when no password can be in it.</summary>
    public static string Shown(string url) => url.Contains('@', StringComparison.Ordinal) ? "what stands here (not shown, for it may hold a password)" : $"\"{url}\"";

    public static bool IsHttp(Uri url) => url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps;

    public static RequestOptions Read(FieldValues read) => Read(read, Method) with { IdempotencyKey = read.Get(Key), IdempotencyHeader = read.Get(KeyHeader) };

    public static RequestOptions ReadInput(FieldValues read) => Read(read, PollMethod);

    private static RequestOptions Read(FieldValues read, Field<string> method) => new()
    {
        Url = read.Get(Target),
        Verb = read.Get(method),
        Headers = read.Get(GivenHeaders),
        Metadata = read.Get(SentMetadata),
        ExtractHeaders = read.Get(KeptHeaders),
        Timeout = read.Get(GivenTimeout),
        RateLimit = read.Get(Limit),
        Retry = new RetryRules((int)read.Get(GivenRetries), read.Get(Period), read.Get(LongestBackoff), read.Get(Backoffs).ToHashSet(), read.Get(Drops).ToHashSet(), read.Get(Successes).ToHashSet(), !read.Get(Redirects)),
        FollowsRedirects = read.Get(Redirects),
        ProxyUrl = read.Get(Proxy),
        IsHttp1 = read.Get(NoHttp2),
        DumpLevel = read.Get(Dump),
        Authentication = HttpAuthentication.Read(read),
        Tls = read.Get(TlsClient.Field),
    };

    private static Field<IReadOnlyList<long>> Codes(string name, string description, string preset) => Fields.List(name, new IntegerType(100, 599), description).Default(preset).Advanced();
}
