using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Components.Http;

/// <summary>How the body of a request becomes messages.</summary>
internal enum BodyForm
{
    Whole,
    Lines,
    Array,
}

/// <summary>What the caller gets.</summary>
/// <param name="Status">The status, as text.</param>
/// <param name="Headers">Headers.</param>
/// <param name="MetadataHeaders">Metadata that is sent as headers.</param>
internal sealed record AnswerOptions(TextTemplate Status, IReadOnlyList<KeyValuePair<string, TextTemplate>> Headers, MetadataFilter MetadataHeaders);

/// <summary>Which origins may call from a browser; none when it is off.</summary>
internal sealed record CorsOptions(bool Enabled, IReadOnlyList<string> Origins);

/// <summary>The options of the input <c>http_server</c>.</summary>
internal sealed record HttpServerOptions
{
    private static readonly Field<string> GivenAddress = Fields.Text("address", "The host and port to listen on; empty for the HTTP server of the service.").Default("\"\"").Example("0.0.0.0:8080");
    private static readonly Field<string> GivenPath = Fields.Text("path", "The path that takes requests. A {name} segment takes any and becomes metadata; with a slash at the end, everything below it is taken. Empty takes no requests.").Default("/post").Example("/orders/{id}");
    private static readonly Field<string> SocketPath = Fields.Text("ws_path", "The path that takes websockets: every frame is a message, responses are text frames, and a rejected frame is delivered again. Empty takes none.").Default("/post/ws").Advanced();
    private static readonly Field<string> Welcome = Fields.Text("ws_welcome_message", "A frame that is sent when a websocket is opened; empty for none.").Default("\"\"").Advanced();
    private static readonly Field<string> LimitFrame = Fields.Text("ws_rate_limit_message", "A frame that is sent for a frame beyond the rate limit; empty for none.").Default("\"\"").Advanced();
    private static readonly Field<IReadOnlyList<string>> GivenVerbs = Fields.Texts("allowed_verbs", "Methods that are taken; others get 405.").Default("[POST]").Example("[POST, PUT]");
    private static readonly Field<TimeSpan> GivenTimeout = Fields.Duration("timeout", "The longest wait for the messages to be written. Then the caller gets 408, and they may still be written; or 503, when the pipeline had no room to begin with them, and they will not.").Default("5s");
    private static readonly Field<string> Limit = Fields.OptionalResource("rate_limit", ComponentKind.RateLimit, "The label of a rate limit. A request beyond it gets 429 with Retry-After; when the limit itself fails, 502.");

    private static readonly Field<bool> Mode = Fields.Choice(
        "mode",
        "When the caller is answered: sync, when its messages are written; async, as soon as the pipeline has taken them, with 202, and what is in memory is lost in a crash.",
        ("sync", false),
        ("async", true)).Default("sync");

    private static readonly Field<bool> ErrorStatus = Fields.Choice(
        "error_status",
        "The status when messages are rejected: 502 always; or classified, 422 when they are refused for what they are and sending them again is of no use, 503 with Retry-After when they may be taken later, and 502 when nobody knows whether they were written.",
        ("502", false),
        ("classified", true)).Default("\"502\"");

    private static readonly Field<BodyForm> GivenForm = Fields.Choice(
        "body_form",
        "What is in a body: one message (whole), a message on every line (lines), or a JSON array of messages (json_array). The messages of a request are one batch.",
        ("whole", BodyForm.Whole),
        ("lines", BodyForm.Lines),
        ("json_array", BodyForm.Array)).Default("whole");

    private static readonly Field<long> BodySize = Fields.Size("max_body_size", "The largest body, also after it is decompressed; a larger one gets 413.").Default("50MiB");
    private static readonly Field<long> InFlight = Fields.Integer("max_in_flight", "How many requests may be under way at once, read but not written; more get 503 with Retry-After.", least: 1, most: 1_000_000).Default("1000").Advanced();
    private static readonly Field<string> Certificate = Fields.Text("cert_file", "A certificate as PEM, for https; only with an address.").Default("\"\"").Advanced();
    private static readonly Field<string> Key = Fields.Text("key_file", "The key of the certificate as PEM.").Default("\"\"").Advanced();
    private static readonly Field<bool> CorsEnabled = Fields.Bool("enabled", "Answer browsers that ask.").Default("false");
    private static readonly Field<IReadOnlyList<string>> CorsOrigins = Fields.Texts("allowed_origins", "Origins that may call; * is any.").Default("[]");
    private static readonly Field<CorsOptions> CorsField = Fields.Group(
        "cors",
        new Shape<CorsOptions>([CorsEnabled, CorsOrigins], static read => new CorsOptions(read.Get(CorsEnabled), read.Get(CorsOrigins)))
            .Rule(static (cors, _) => cors.Enabled && cors.Origins.Count == 0 ? new Breach("cors needs at least one origin", CorsOrigins, "use \"*\" for any") : null),
        "Calls from web pages of other origins; only with an address.").Default("{}").Advanced();

    private static readonly Field<bool> ReuseAddress = Fields.Bool("reuse_addr", "Listen on an address that was in use a moment ago; systems other than Windows always do.").Default("false");
    private static readonly Field<bool> ReusePort = Fields.Bool("reuse_port", "Share the port with other processes; not supported.").Default("false");
    private static readonly Field<bool> Tcp = Fields.Group(
        "tcp",
        new Shape<bool>([ReuseAddress, ReusePort], static read => read.Get(ReusePort))
            .Rule(static (sharesPort, _) => sharesPort ? new Breach("sharing a port between processes is not supported", ReusePort, "put a load balancer in front of several ports") : null),
        "Options of the listener.").Default("{}").Advanced();

    private static readonly Field<TextTemplate> AnswerStatus = Fields.Template("status", "The status, made of the response.").Default("\"200\"");
    private static readonly Field<IReadOnlyList<KeyValuePair<string, TextTemplate>>> AnswerHeaders = Fields.Map("headers", Fields.TemplateValue, "Headers, made of the response.").Default("{ Content-Type: application/octet-stream }");
    private static readonly Field<MetadataFilter> AnswerMetadata = MetadataFilter.Field("metadata_headers", "Metadata of the response that is sent as headers; by default none.");
    private static readonly Field<AnswerOptions> AnswerField = Fields.Group(
        "sync_response",
        new Shape<AnswerOptions>([AnswerStatus, AnswerHeaders, AnswerMetadata], static read => new AnswerOptions(read.Get(AnswerStatus), read.Get(AnswerHeaders), read.Get(AnswerMetadata))),
        "What the caller gets when a sync_response kept a response for it.").Default("{}").Advanced();

    public static Shape<HttpServerOptions> Shape { get; } = new Shape<HttpServerOptions>(
        [GivenAddress, GivenPath, SocketPath, Welcome, LimitFrame, GivenVerbs, GivenTimeout, Limit, Mode, ErrorStatus, GivenForm, BodySize, InFlight, Certificate, Key, CorsField, Tcp, AnswerField],
        static read => new HttpServerOptions
        {
            Address = read.Get(GivenAddress),
            Path = read.Get(GivenPath),
            WebSocketPath = read.Get(SocketPath),
            WelcomeFrame = read.Get(Welcome),
            RateLimitFrame = read.Get(LimitFrame),
            Verbs = read.Get(GivenVerbs),
            Timeout = read.Get(GivenTimeout),
            RateLimit = read.Get(Limit),
            IsAsync = read.Get(Mode),
            Classifies = read.Get(ErrorStatus),
            Form = read.Get(GivenForm),
            LargestBody = read.Get(BodySize),
            MaxInFlight = (int)read.Get(InFlight),
            CertificateFile = read.Get(Certificate),
            KeyFile = read.Get(Key),
            Cors = read.Get(CorsField),
            Answer = read.Get(AnswerField),
        })
        .Rule(static (options, _) => options.CertificateFile.Length > 0 != options.KeyFile.Length > 0 ? new Breach("cert_file and key_file belong together", options.CertificateFile.Length > 0 ? Certificate : Key) : null)
        .Rule(static (options, _) => options.Address.Length == 0 && (options.CertificateFile.Length > 0 || options.Cors.Enabled) ? new Breach("cert_file, key_file and cors need an address of their own", GivenAddress, "set address, or the same fields of the section http") : null)
        .Rule(static (options, _) => options.Path.Length == 0 && options.WebSocketPath.Length == 0 ? new Breach("path and ws_path are both empty: nothing would be taken", GivenPath) : null)
        .Rule(static (options, _) => options.Address.Length > 0 && HttpHost.Parse(options.Address) is null ? new Breach($"\"{options.Address}\" is no host and port", GivenAddress, "as in 0.0.0.0:8080") : null);

    public required string Address { get; init; }

    public required string Path { get; init; }

    public required string WebSocketPath { get; init; }

    public required string WelcomeFrame { get; init; }

    public required string RateLimitFrame { get; init; }

    public required IReadOnlyList<string> Verbs { get; init; }

    public required TimeSpan Timeout { get; init; }

    public string? RateLimit { get; init; }

    public bool IsAsync { get; init; }

    public bool Classifies { get; init; }

    public BodyForm Form { get; init; }

    public required long LargestBody { get; init; }

    public required int MaxInFlight { get; init; }

    public required string CertificateFile { get; init; }

    public required string KeyFile { get; init; }

    public required CorsOptions Cors { get; init; }

    public required AnswerOptions Answer { get; init; }
}
