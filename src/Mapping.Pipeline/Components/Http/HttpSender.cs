using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Mapping.Functions;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Http;

/// <summary>Sends requests until they succeed or nothing more is to be tried.</summary>
internal sealed class HttpSender : IDisposable
{
    private const string SpanName = "http_request";

    /// <summary>Of a status that ends a request: 2xx.</summary>
    private const int FirstClass = 2;

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly RequestOptions options;
    private readonly IComponentContext context;
    private readonly HttpMessageInvoker client;
    private readonly HttpCredentials credentials;
    private readonly RateGate? gate;
    private readonly Random random;
    private readonly ITiming latency;
    private readonly ICounter[] classes;

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
        classes = [.. Enumerable.Range(FirstClass, 4).Select(c => context.Metrics.Counter($"http_request_code_{c}xx"))];
    }

    /// <summary>Never throws for what the other side does or does not do.</summary>
    /// <param name="request">What is sent.</param>
    /// <param name="origin">The message it is made of, whose trace it continues; null when there is none.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<HttpOutcome> SendAsync(PreparedRequest request, Message? origin, CancellationToken cancellation)
    {
        using Activity? span = origin is null ? null : context.StartSpan(SpanName, ActivityKind.Client, origin);
        HttpOutcome outcome = await SendAsync(span is null ? request : request.Within(span), isStream: false, cancellation).ConfigureAwait(false);
        if (span is not null && outcome.Failure is { } failure)
        {
            MessageSpans.Fail(span, failure.Message);
        }

        return outcome;
    }

    /// <summary>As <see cref="SendAsync(PreparedRequest, Message?, CancellationToken)"/>, but the body of the response is left to be read.</summary>
    public ValueTask<HttpOutcome> OpenAsync(PreparedRequest request, CancellationToken cancellation) => SendAsync(request, isStream: true, cancellation);

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

            // The trace of a message is not that of whatever the thread did last.
            ActivityHeadersPropagator = null,
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

    private async ValueTask<HttpOutcome> SendAsync(PreparedRequest request, bool isStream, CancellationToken cancellation)
    {
        FailureKind? worst = null;
        int backoffs = 0;
        for (int attempt = 0; ; attempt++)
        {
            if (gate is not null)
            {
                await gate.EnterAsync(cancellation).ConfigureAwait(false);
            }

            (HttpOutcome outcome, TimeSpan? retryAfter) = await AttemptAsync(request, isStream, cancellation).ConfigureAwait(false);
            if (outcome.Failure is not { } failure)
            {
                return outcome;
            }

            Verdict verdict = outcome.Reply is null ? Verdict.Again : options.Retry.Judge(outcome.Reply.Status);
            worst = FailureKinds.Worse(worst, failure.Kind);
            if (verdict == Verdict.Final || attempt >= options.Retry.Retries)
            {
                // That it is refused in the end says more than that an earlier attempt may have got through.
                FailureKind kind = failure.Kind == FailureKind.Permanent ? failure.Kind : worst.Value;
                return outcome with { Failure = new ClassifiedException(failure.Message, kind, failure) };
            }

            backoffs = verdict == Verdict.BackOff ? backoffs + 1 : 0;
            TimeSpan pause = options.Retry.Pause(backoffs, retryAfter, random);
            context.Log.Write(LogLevel.Warn, string.Create(CultureInfo.InvariantCulture, $"attempt {attempt + 1} of a request failed, trying again in {pause.TotalSeconds:0.###}s: {failure.Message}"));
            await Task.Delay(pause, context.Clock, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<(HttpOutcome Outcome, TimeSpan? RetryAfter)> AttemptAsync(PreparedRequest request, bool isStream, CancellationToken cancellation)
    {
        using CancellationTokenSource? limit = options.Timeout > TimeSpan.Zero ? new CancellationTokenSource(options.Timeout, context.Clock) : null;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit?.Token ?? default);
        long start = context.Clock.GetTimestamp();
        try
        {
            using HttpRequestMessage message = request.ToMessage(options.IsHttp1);
            await credentials.AddAsync(message, either.Token).ConfigureAwait(false);
            Dump(request.ToString);
            HttpResponseMessage response = await client.SendAsync(message, either.Token).ConfigureAwait(false);
            bool isOpen = isStream && options.Retry.Judge((int)response.StatusCode) == Verdict.Success;
            using HttpResponseMessage? read = isOpen ? null : response;
            HttpReply reply = await ReadAsync(response, isOpen, either.Token).ConfigureAwait(false);
            latency.Record(context.Clock.GetElapsedTime(start));
            Count(reply.Status);
            Dump(() => $"{reply.Status} {reply.Phrase}\n{string.Concat(reply.Headers.Select(h => $"{h.Name}: {string.Join(", ", h.Values)}\n"))}\n{Encoding.UTF8.GetString(reply.Body)}");
            if (options.Retry.Judge(reply.Status) == Verdict.Success)
            {
                return (new HttpOutcome(reply, null) { Open = isOpen ? response : null }, null);
            }

            if (reply.Status == (int)HttpStatusCode.Unauthorized)
            {
                credentials.Refused();
            }

            return (new HttpOutcome(reply, new ClassifiedException(Failed(reply), RetryRules.KindOf(reply.Status))), RetryRules.Asked(response.Headers.RetryAfter, context.Clock.GetUtcNow()));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (Failed($"{request.Verb} {request.ShownUrl} got no answer within {options.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)}s", FailureKind.Ambiguous, null), null);
        }
        catch (HttpRequestException error)
        {
            return (Failed($"{request.Verb} {request.ShownUrl} failed: {Told(error)}", RetryRules.KindOf(error), error), null);
        }
        catch (Exception error) when (error is IOException or ClassifiedException)
        {
            return (Failed($"{request.Verb} {request.ShownUrl} failed: {error.Message}", FailureKinds.Of(error), error), null);
        }
    }

    /// <summary>The innermost message says what happened; the outer ones only that something did.</summary>
    private static string Told(Exception error) => error.InnerException is { } inner ? Told(inner) : error.Message;

    private static HttpOutcome Failed(string message, FailureKind kind, Exception? cause) => new(null, new ClassifiedException(message, kind, cause));

    private static async Task<HttpReply> ReadAsync(HttpResponseMessage response, bool isOpen, CancellationToken cancellation)
    {
        byte[] body = isOpen ? [] : await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        (string, string[])[] headers = [.. response.Headers.Concat(response.Content.Headers).Select(h => (h.Key, (string[])[.. h.Value]))];
        return new HttpReply((int)response.StatusCode, response.ReasonPhrase ?? string.Empty, headers, body);
    }

    private void Count(int status)
    {
        if (status is >= 200 and < 600)
        {
            classes[(status / 100) - FirstClass].Add();
        }
    }

    private void Dump(Func<string> text)
    {
        if (options.DumpLevel != LogLevel.Off && context.Log.IsOn(options.DumpLevel))
        {
            context.Log.Write(options.DumpLevel, text());
        }
    }
}
