using System.Net.WebSockets;
using System.Text;
using Mapping.Functions;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;
using Mapping.Values;
using Microsoft.AspNetCore.Http;

namespace Mapping.Pipeline.Components.Http;

/// <summary>Takes websockets: every frame is a message, one after another.</summary>
internal sealed class SocketEndpoint(HttpServerOptions options, CallQueue queue, IRateLimit? limit, IComponentContext context, CancellationToken closing)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    public async Task ServeAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            await HttpAnswer.FailAsync(http.Response, StatusCodes.Status426UpgradeRequired, "this path takes websockets").ConfigureAwait(false);
            return;
        }

        if (queue.IsStopped)
        {
            await HttpAnswer.FailAsync(http.Response, StatusCodes.Status503ServiceUnavailable, "the pipeline is stopping").ConfigureAwait(false);
            return;
        }

        Value metadata = RequestMessages.Metadata(http);
        using WebSocket socket = await http.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        using CancellationTokenRegistration farewell = closing.Register(() => _ = SayStoppingAsync(socket));
        try
        {
            await SendAsync(socket, options.WelcomeFrame, http.RequestAborted).ConfigureAwait(false);
            while (await ReceiveAsync(socket, http.RequestAborted).ConfigureAwait(false) is { } frame)
            {
                if (limit is not null && await limit.AccessAsync(http.RequestAborted).ConfigureAwait(false) > TimeSpan.Zero)
                {
                    await SendAsync(socket, options.RateLimitFrame, http.RequestAborted).ConfigureAwait(false);
                    continue;
                }

                if (!await DeliverAsync(socket, frame, metadata, http.RequestAborted).ConfigureAwait(false))
                {
                    await socket.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "the pipeline is stopping", http.RequestAborted).ConfigureAwait(false);
                    return;
                }
            }

            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, http.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            // The other side is gone; what it sent and was not answered, it sends again.
        }
    }

    /// <summary>The other side answers with a close of its own, and that ends the wait for frames.</summary>
    private static async Task SayStoppingAsync(WebSocket socket)
    {
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "the pipeline is stopping", CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It is closed already.
        }
    }

    private static async Task SendAsync(WebSocket socket, string text, CancellationToken cancellation)
    {
        if (text.Length > 0)
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Null when the other side closes.</summary>
    private async Task<byte[]?> ReceiveAsync(WebSocket socket, CancellationToken cancellation)
    {
        using var frame = new MemoryStream();
        var block = new byte[16 * 1024];
        while (true)
        {
            ValueWebSocketReceiveResult received = await socket.ReceiveAsync(block.AsMemory(), cancellation).ConfigureAwait(false);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            frame.Write(block, 0, received.Count);
            if (frame.Length > options.LargestBody)
            {
                await socket.CloseAsync(WebSocketCloseStatus.MessageTooBig, "the frame is too large", cancellation).ConfigureAwait(false);
                throw new WebSocketException(WebSocketError.Faulted);
            }

            if (received.EndOfMessage)
            {
                return frame.ToArray();
            }
        }
    }

    /// <summary>Delivers a frame until it is written. False when the pipeline stops before.</summary>
    private async Task<bool> DeliverAsync(WebSocket socket, byte[] frame, Value metadata, CancellationToken cancellation)
    {
        for (TimeSpan pause = FirstPause; !queue.IsStopped; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (queue.TryEnter())
            {
                Call call = queue.Add(new Batch(new Message(frame) { MetadataObject = metadata }));
                try
                {
                    if (await SettledAsync(call, cancellation).ConfigureAwait(false) is not { } rejection)
                    {
                        foreach (Message response in call.Responses.ToList().SelectMany(static b => b))
                        {
                            await socket.SendAsync(response.Body, WebSocketMessageType.Text, endOfMessage: true, cancellation).ConfigureAwait(false);
                        }

                        return true;
                    }

                    context.Log.Write(LogLevel.Warn, $"a frame was rejected and is delivered again: {rejection.Reason}");
                }
                catch (OperationCanceledException) when (call.GiveUp() || call.Taken.IsCanceled)
                {
                    cancellation.ThrowIfCancellationRequested();
                    return false;
                }
            }

            await Task.Delay(pause, context.Clock, cancellation).ConfigureAwait(false);
        }

        return false;
    }

    private async Task<Rejection?> SettledAsync(Call call, CancellationToken cancellation)
    {
        await call.Taken.WaitAsync(cancellation).ConfigureAwait(false);
        return options.IsAsync ? null : await call.Settled.WaitAsync(cancellation).ConfigureAwait(false);
    }
}
