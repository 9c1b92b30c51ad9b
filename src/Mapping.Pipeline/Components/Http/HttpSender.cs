using System.Globalization;
using System.Net;
using System.Text;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Http;

/// <summary>Sends requests until they succeed or nothing more is to be tried.</summary>
internal sealed class HttpSender : IDisposable
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly RequestOptions options;
    private readonly IComponentContext context;
    private readonly HttpMessageInvoker client;
    private readonly HttpCredentials credentials;
    private readonly RateGate? gate;
    private readonly Random random;
    private readonly ITiming latency;

    /// <exception cref="StartException">A certificate or key cannot be read.</exception>
    public HttpSender(RequestOptions options, IComponentContext context)
    {
        this.options = options;
        this.context = context;
        random = context.CreateRandom();
        client = new HttpMessageInvoker(Handler(options), disposeHandler: true);
        credentials = new HttpCredentials(options.Authentication, client, context.Clock, random);
        gate = RateGate.Of(context, options.RateLimit);
        latency = context.Metrics.Timing("http_request_latency_ns");
    }

    /// <summary>Never throws for what the other side does or does not do.</summary>
    public async ValueTask<HttpOutcome> SendAsync(PreparedRequest request, CancellationToken cancellation)
    {
        FailureKind? worst = null;
        int backoffs = 0;
        for (int attempt = 0; ; attempt++)
        {
            if (gate is not null)
            {
                await gate.EnterAsync(cancellation).ConfigureAwait(false);
            }

            (HttpReply? reply, ClassifiedException? failure, TimeSpan? retryAfter) = await AttemptAsync(request, cancellation).ConfigureAwait(false);
            Verdict verdict = reply is null ? Verdict.Again : options.Retry.Judge(reply.Status);
            if (failure is null)
            {
                return new HttpOutcome(reply, null);
            }

            worst = FailureKinds.Worse(worst, failure.Kind);
            if (verdict == Verdict.Final || attempt >= options.Retry.Retries)
            {
                // That it is refused in the end says more than that an earlier attempt may have got through.
                FailureKind kind = failure.Kind == FailureKind.Permanent ? failure.Kind : worst.Value;
                return new HttpOutcome(reply, new ClassifiedException(failure.Message, kind, failure));
            }

            backoffs = verdict == Verdict.BackOff ? backoffs + 1 : 0;
            TimeSpan pause = options.Retry.Pause(backoffs, retryAfter, random);
            context.Log.Write(LogLevel.Warn, string.Create(CultureInfo.InvariantCulture, $"attempt {attempt + 1} of a request failed, trying again in {pause.TotalSeconds:0.###}s: {failure.Message}"));
            await Task.Delay(pause, context.Clock, cancellation).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        credentials.Dispose();
        client.Dispose();
    }

    private static SocketsHttpHandler Handler(RequestOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = options.FollowsRedirects,
            AutomaticDecompression = DecompressionMethods.GZip,
            PooledConnectionLifetime = ConnectionLifetime,
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
            SslOptions = options.Tls.ToOptions(),
            UseCookies = false,
        };
        if (options.ProxyUrl is { Length: > 0 } proxy)
        {
            var address = new Uri(proxy);
            handler.Proxy = new WebProxy(address);
            if (address.UserInfo.Length > 0)
            {
                string[] login = address.UserInfo.Split(':', 2);
                handler.Proxy.Credentials = new NetworkCredential(Uri.UnescapeDataString(login[0]), login.Length > 1 ? Uri.UnescapeDataString(login[1]) : string.Empty);
            }
        }

        return handler;
    }

    private static string Failed(HttpReply reply) => $"HTTP request returned unexpected response code ({reply.Status}): {reply.Status} {reply.Phrase}, Error: {Encoding.UTF8.GetString(reply.Body)}";

    private async Task<(HttpReply? Reply, ClassifiedException? Failure, TimeSpan? RetryAfter)> AttemptAsync(PreparedRequest request, CancellationToken cancellation)
    {
        using CancellationTokenSource? limit = options.Timeout > TimeSpan.Zero ? new CancellationTokenSource(options.Timeout, context.Clock) : null;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit?.Token ?? default);
        long start = context.Clock.GetTimestamp();
        try
        {
            using HttpRequestMessage message = request.ToMessage(options.IsHttp1);
            await credentials.AddAsync(message, either.Token).ConfigureAwait(false);
            Dump(request.ToString);
            using HttpResponseMessage response = await client.SendAsync(message, either.Token).ConfigureAwait(false);
            HttpReply reply = await ReadAsync(response, either.Token).ConfigureAwait(false);
            latency.Record(context.Clock.GetElapsedTime(start));
            context.Metrics.Counter($"http_request_code_{reply.Status / 100}xx").Add();
            Dump(() => $"{reply.Status} {reply.Phrase}\n{string.Concat(reply.Headers.Select(h => $"{h.Name}: {string.Join(", ", h.Values)}\n"))}\n{Encoding.UTF8.GetString(reply.Body)}");
            if (options.Retry.Judge(reply.Status) == Verdict.Success)
            {
                return (reply, null, null);
            }

            if (reply.Status == (int)HttpStatusCode.Unauthorized)
            {
                credentials.Refused();
            }

            return (reply, new ClassifiedException(Failed(reply), RetryRules.KindOf(reply.Status)), RetryRules.Asked(response.Headers.RetryAfter, context.Clock.GetUtcNow()));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, new ClassifiedException($"{request.Verb} {request.Url} got no answer within {options.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)}s", FailureKind.Ambiguous), null);
        }
        catch (HttpRequestException error)
        {
            return (null, new ClassifiedException($"{request.Verb} {request.Url} failed: {Told(error)}", RetryRules.KindOf(error), error), null);
        }
        catch (Exception error) when (error is IOException or ClassifiedException)
        {
            return (null, new ClassifiedException($"{request.Verb} {request.Url} failed: {error.Message}", FailureKinds.Of(error), error), null);
        }
    }

    /// <summary>The innermost message says what happened; the outer ones only that something did.</summary>
    private static string Told(Exception error) => error.InnerException is { } inner ? Told(inner) : error.Message;

    private static async Task<HttpReply> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        (string, string[])[] headers = [.. response.Headers.Concat(response.Content.Headers).Select(h => (h.Key, (string[])[.. h.Value]))];
        return new HttpReply((int)response.StatusCode, response.ReasonPhrase ?? string.Empty, headers, body);
    }

    private void Dump(Func<string> text)
    {
        if (options.DumpLevel != LogLevel.Off && context.Log.IsOn(options.DumpLevel))
        {
            context.Log.Write(options.DumpLevel, text());
        }
    }
}
