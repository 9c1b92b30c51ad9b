using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;
using Microsoft.AspNetCore.Http;

namespace Mapping.Pipeline.Components.Http;

/// <summary>Takes requests of callers into the pipeline and answers them.</summary>
internal sealed class RequestEndpoint(HttpServerOptions options, CallQueue queue, IRateLimit? limit, IComponentContext context)
{
    private const string Stopping = "the pipeline is stopping";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly HttpAnswer answer = new(options.Answer, options.Classifies, context.CreateRandom());

    public async Task ServeAsync(HttpContext http)
    {
        HttpResponse response = http.Response;
        if (!options.Verbs.Contains(http.Request.Method, StringComparer.OrdinalIgnoreCase))
        {
            response.Headers.Allow = string.Join(", ", options.Verbs);
            await HttpAnswer.FailAsync(response, StatusCodes.Status405MethodNotAllowed, $"{http.Request.Method} is not taken here").ConfigureAwait(false);
            return;
        }

        if (queue.IsStopped)
        {
            await HttpAnswer.FailAsync(response, StatusCodes.Status503ServiceUnavailable, Stopping, Soon).ConfigureAwait(false);
            return;
        }

        if (!await IsGrantedAsync(http).ConfigureAwait(false))
        {
            return;
        }

        if (!queue.TryEnter())
        {
            await HttpAnswer.FailAsync(response, StatusCodes.Status503ServiceUnavailable, "too many requests are under way", Soon).ConfigureAwait(false);
            return;
        }

        if (await ReadAsync(http).ConfigureAwait(false) is { } messages)
        {
            await DeliverAsync(http, messages).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsGrantedAsync(HttpContext http)
    {
        if (limit is null)
        {
            return true;
        }

        try
        {
            TimeSpan wait = await limit.AccessAsync(http.RequestAborted).ConfigureAwait(false);
            if (wait <= TimeSpan.Zero)
            {
                return true;
            }

            await HttpAnswer.FailAsync(http.Response, StatusCodes.Status429TooManyRequests, "the rate limit is reached", wait).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever the limiter fails with, the caller is told.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            context.Log.Write(LogLevel.Error, $"the rate limit \"{options.RateLimit}\" failed: {error.Message}");
            await HttpAnswer.FailAsync(http.Response, StatusCodes.Status502BadGateway, $"the rate limit failed: {error.Message}").ConfigureAwait(false);
        }

        return false;
    }

    /// <summary>Null when there is nothing to deliver and the caller is answered; the place in the queue is then free again.</summary>
    private async Task<Batch?> ReadAsync(HttpContext http)
    {
        Batch? messages = null;
        try
        {
            messages = await RequestMessages.ReadAsync(http, options.Form, options.LargestBody, http.RequestAborted).ConfigureAwait(false);
            if (messages.Count == 0)
            {
                messages = null;
                http.Response.StatusCode = StatusCodes.Status200OK;
            }
        }
        catch (BadHttpRequestException error)
        {
            await HttpAnswer.FailAsync(http.Response, error.StatusCode, error.Message).ConfigureAwait(false);
        }
        catch (InvalidDataException error)
        {
            await HttpAnswer.FailAsync(http.Response, StatusCodes.Status400BadRequest, error.Message).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The caller is gone.
            http.Abort();
        }
        finally
        {
            if (messages is null)
            {
                queue.Leave();
            }
        }

        return messages;
    }

    private async Task DeliverAsync(HttpContext http, Batch messages)
    {
        HttpResponse response = http.Response;
        Call call = queue.Add(messages);
        using CancellationTokenSource? limited = options.Timeout > TimeSpan.Zero ? new CancellationTokenSource(options.Timeout, context.Clock) : null;
        using var waits = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, limited?.Token ?? default);
        try
        {
            await call.Taken.WaitAsync(waits.Token).ConfigureAwait(false);
            if (options.IsAsync)
            {
                response.StatusCode = StatusCodes.Status202Accepted;
                return;
            }

            if (await call.Settled.WaitAsync(waits.Token).ConfigureAwait(false) is { } rejection)
            {
                await answer.RejectAsync(response, rejection).ConfigureAwait(false);
            }
            else
            {
                await answer.AcceptAsync(response, call.Responses).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // A call that was given up here was never delivered; one that the queue gave up has been cancelled by it.
            bool wasDelivered = !call.GiveUp() && !call.Taken.IsCanceled;
            if (http.RequestAborted.IsCancellationRequested)
            {
                return;
            }

            await (wasDelivered
                ? HttpAnswer.FailAsync(response, StatusCodes.Status408RequestTimeout, "the messages were not written in time; they may still be")
                : HttpAnswer.FailAsync(response, StatusCodes.Status503ServiceUnavailable, queue.IsStopped ? Stopping : "the pipeline is busy", Soon)).ConfigureAwait(false);
        }
    }
}
