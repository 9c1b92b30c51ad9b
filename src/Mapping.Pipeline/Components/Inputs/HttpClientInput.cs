using Mapping.Pipeline.Components.Http;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Inputs;

/// <param name="Reconnects">A response that ended is asked for again; otherwise the input ends with it.</param>
/// <param name="Scanner">Cuts the body.</param>
internal sealed record HttpStreamOptions(bool Reconnects, ComponentPlan<IScanner> Scanner);

/// <param name="Request">What requests have in common.</param>
/// <param name="Payload">The body of requests; null for none.</param>
/// <param name="DropsEmpty">Responses without a body are no messages.</param>
/// <param name="Stream">Null when every response is a message.</param>
/// <param name="ReplaysRejected">Rejected messages are delivered again.</param>
internal sealed record HttpClientInputOptions(RequestOptions Request, TextTemplate? Payload, bool DropsEmpty, HttpStreamOptions? Stream, bool ReplaysRejected);

/// <summary><c>http_client</c>: responses are messages.</summary>
internal sealed class HttpClientInput(HttpClientInputOptions options, IComponentContext context) : IInput
{
    private static readonly Field<TextTemplate?> Payload = new Field<TextTemplate?>(
        "payload", Fields.TemplateValue!, "The body of requests; interpolations see the previous response.").Optional().Example("""'{"after":"${! this.next | "" }"}'""");

    private static readonly Field<bool> DropsEmpty = Fields.Bool("drop_empty_bodies", "Skip responses without a body, rather than making empty messages of them.").Default("true").Advanced();
    private static readonly Field<bool> StreamEnabled = Fields.Bool("enabled", "Cut the body of a response into messages while it arrives. timeout is then for the beginning of the response only.").Default("false");
    private static readonly Field<bool> Reconnect = Fields.Bool("reconnect", "Ask again when the response ended; otherwise the input ends with it.").Default("true");
    private static readonly Field<ComponentPlan<IScanner>> Scanner = Fields.Scanner("scanner", "How the body is cut into messages.").Default("lines: {}");

    private static readonly Field<HttpStreamOptions?> Stream = Fields.Group(
        "stream",
        new Shape<HttpStreamOptions?>([StreamEnabled, Reconnect, Scanner], static read => read.Get(StreamEnabled) ? new HttpStreamOptions(read.Get(Reconnect), read.Get(Scanner)) : null),
        "One long response of many messages, instead of a message for every response.").Default("{}");

    private HttpSender? sender;
    private ResponseSource? source;

    public static ComponentType Type { get; } = new ComponentType<IInput, HttpClientInputOptions>(
        ComponentKind.Input,
        "http_client",
        "Asks an HTTP server again and again, or reads a long response as it arrives.",
        new Shape<HttpClientInputOptions>(
            [.. RequestOptions.OfInput, Payload, DropsEmpty, Stream, SharedFields.AutoReplayNacks],
            static read => new HttpClientInputOptions(RequestOptions.ReadInput(read), read.Get(Payload), read.Get(DropsEmpty), read.Get(Stream), read.Get(SharedFields.AutoReplayNacks)))
            .Rule(static (options, _) => options.Request.Check()),
        static (options, context) => new HttpClientInput(options, context))
    {
        Description = """
            Every response is a message, a multipart response a batch. Requests follow one another as fast as the pipeline takes the messages:
            set the pace with a `rate_limit`. Attempts are made as in the output `http_client`; when all of them failed, the input tries again
            after a pause that grows from 100 ms to 1 s, and `/ready` tells. It never ends by itself.

            Interpolations of `url`, `payload` and `headers` see the previous response, and the filter `metadata` sends metadata of it as
            headers: that is how to turn pages. Before the first response they see a message with nothing in it, so
            `${! ("&after=" + this.next) | "" }` is empty then.

            With `stream`, the body of a single response is cut into messages while it arrives.

            Metadata: `http_status_code`, and the response headers of `extract_headers` in lower case. A server does not learn what became of
            its messages: what a response held when the process was killed is gone, unless the server gives it again.
            """,
        Example = """
            input:
              http_client:
                url: http://localhost:1/orders?after=${! this.next | "0" }
                rate_limit: gentle
                retries: 0
            output:
              stdout: {}
            rate_limit_resources:
              - label: gentle
                local: { count: 1, interval: 5s }
            """,
    };

    public bool ReplaysRejected => options.ReplaysRejected;

    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        sender ??= new HttpSender(options.Request, context);
        source ??= options.Stream is { } stream
            ? new StreamedResponses(options, stream, sender, context)
            : new PolledResponses(options, sender, context);
        await source.ConnectAsync(cancellation).ConfigureAwait(false);
    }

    public async ValueTask<Delivery?> ReadAsync(CancellationToken cancellation) =>
        await source!.ReadAsync(cancellation).ConfigureAwait(false) is { } batch ? new Delivery(batch) : null;

    public async ValueTask DisposeAsync()
    {
        if (source is not null)
        {
            await source.DisposeAsync().ConfigureAwait(false);
        }

        sender?.Dispose();
    }
}
