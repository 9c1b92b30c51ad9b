using Mapping.Pipeline.Components.Http;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Inputs;

/// <summary><c>http_server</c>: requests are messages.</summary>
internal sealed class HttpServerInput(HttpServerOptions options, IComponentContext context) : IInput
{
    private readonly CallQueue queue = new(options.MaxInFlight);
    private readonly IRateLimit? limit = string.IsNullOrEmpty(options.RateLimit) ? null : context.Resources.RateLimit(options.RateLimit);
    private readonly CancellationTokenSource closing = new();
    private readonly List<IDisposable> added = [];
    private HttpHost? host;

    public static ComponentType Type { get; } = new ComponentType<IInput, HttpServerOptions>(
        ComponentKind.Input,
        "http_server",
        "Takes messages from HTTP requests and websockets, and answers when they are written.",
        HttpServerOptions.Shape,
        static (options, context) => new HttpServerInput(options, context))
    {
        Description = """
            By default the caller is answered when its messages are written: 200 means that they are, with what a `sync_response` kept as the
            body (several messages are `multipart/mixed`). Any other status means that the caller must send them again, or knows why that is of
            no use:

            | status | meaning |
            | --- | --- |
            | 400 | the body cannot be read |
            | 405, 413, 429 | the method is not taken, the body is too large, the rate limit is reached (with `Retry-After`) |
            | 408 | not written within `timeout`; they may still be |
            | 422 | refused for what they are (`error_status: classified`) |
            | 502 | rejected |
            | 503 | the pipeline is full or stops, nothing was written; or rejected for a reason that may pass (`error_status: classified`) |

            With `mode: async` the caller is answered with 202 as soon as the pipeline has taken its messages. They are then in memory only:
            they are lost when the process is killed or crashes, and when an ordered stop takes longer than `shutdown_timeout`. Rejected
            messages are delivered again until they are written, so the process must live on for that. Use `sync`, or a durable buffer, where
            nothing may be lost.

            A request is one message, or a batch: a multipart body has a message for every part, and `body_form` cuts bodies at line ends or
            takes a JSON array apart. Bodies compressed with gzip are decompressed.

            Metadata: `http_server_user_agent`, `http_server_request_path`, `http_server_verb`, `http_server_remote_ip`; with https also
            `http_server_tls_version`, `http_server_tls_cipher_suite` and `http_server_tls_subject`; every header under its canonical name
            (`Content-Type`), parameters of the query, `{name}` segments of the path, and cookies.
            """,
        Example = """
            input:
              http_server:
                address: 127.0.0.1:0
                path: /orders/{id}
                error_status: classified
            pipeline:
              processors:
                - mapping: |
                    root = this
                    root.id = @id
                - sync_response: {}
            output:
              stdout: {}
            """,
    };

    /// <summary>A caller that waits sends rejected messages again itself; one that was answered does not.</summary>
    public bool ReplaysRejected => options.IsAsync;

    public bool AcknowledgesEarly => options.IsAsync;

    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        HttpEndpoints endpoints = options.Address.Length > 0
            ? new HttpEndpoints()
            : context.Endpoints ?? throw new StartException("this run has no HTTP server of a service that it could use", "set address, as in 0.0.0.0:8080");
        if (options.Path.Length > 0)
        {
            added.Add(endpoints.Add(options.Path, "Takes messages.", new RequestEndpoint(options, queue, limit, context).ServeAsync));
        }

        if (options.WebSocketPath.Length > 0)
        {
            added.Add(endpoints.Add(options.WebSocketPath, "Takes messages from websockets.", new SocketEndpoint(options, queue, limit, context, closing.Token).ServeAsync));
        }

        if (options.Address.Length > 0)
        {
            host = await HttpHost.StartAsync(options, endpoints, cancellation).ConfigureAwait(false);
            context.Log.Write(LogLevel.Info, $"taking messages at {host.Address}{options.Path}");
        }
    }

    public async ValueTask<Delivery?> ReadAsync(CancellationToken cancellation) => await queue.ReadAsync(forgetsResponses: options.IsAsync, cancellation).ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        queue.Stop();
        await closing.CancelAsync().ConfigureAwait(false);
        if (host is not null)
        {
            await host.DisposeAsync().ConfigureAwait(false);
        }

        added.ForEach(static a => a.Dispose());
        closing.Dispose();
    }
}
