using System.Globalization;
using System.Text.Unicode;
using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Messages;
using Microsoft.AspNetCore.Http;

namespace Mapping.Pipeline.Components.Http;

/// <summary>Answers to callers.</summary>
internal sealed class HttpAnswer(AnswerOptions options, bool classifies, Random random)
{
    /// <summary>An error, as plain text.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="status">The status.</param>
    /// <param name="text">One line.</param>
    /// <param name="retryAfter">When the caller should try again; null says nothing.</param>
    public static Task FailAsync(HttpResponse response, int status, string text, TimeSpan? retryAfter = null)
    {
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        if (retryAfter is { } time)
        {
            response.Headers.RetryAfter = ((long)Math.Max(1, Math.Ceiling(time.TotalSeconds))).ToString(CultureInfo.InvariantCulture);
        }

        return response.WriteAsync(text + "\n");
    }

    /// <summary>The messages were not written.</summary>
    public Task RejectAsync(HttpResponse response, Rejection rejection) => (classifies ? rejection.Kind : FailureKind.Ambiguous) switch
    {
        FailureKind.Permanent => FailAsync(response, StatusCodes.Status422UnprocessableEntity, rejection.ToString()),
        FailureKind.Transient => FailAsync(response, StatusCodes.Status503ServiceUnavailable, rejection.ToString(), TimeSpan.FromSeconds(1)),
        _ => FailAsync(response, StatusCodes.Status502BadGateway, rejection.ToString()),
    };

    /// <summary>They were written, or removed on purpose: the caller gets what was kept for it.</summary>
    public async Task AcceptAsync(HttpResponse response, ResponseStore kept)
    {
        var messages = Batch.Of(kept.ToList().SelectMany(static b => b));
        if (messages.Count == 0)
        {
            response.StatusCode = StatusCodes.Status200OK;
            return;
        }

        string? status = Resolve(options.Status, messages, 0, out string? error);
        if (status is null || !int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out int code) || code is < 200 or > 599)
        {
            await FailAsync(response, StatusCodes.Status502BadGateway, error ?? $"the status \"{status}\" of the response is no number from 200 to 599").ConfigureAwait(false);
            return;
        }

        var headers = new List<(string Name, string Value)>(options.MetadataHeaders.Of(messages[0]));
        foreach ((string name, TextTemplate template) in options.Headers)
        {
            if (Resolve(template, messages, 0, out error) is not { } value)
            {
                await FailAsync(response, StatusCodes.Status502BadGateway, error!).ConfigureAwait(false);
                return;
            }

            headers.Add((name, value));
        }

        response.StatusCode = code;
        string? type = null;
        foreach ((string name, string value) in headers)
        {
            if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            {
                type = value;
            }
            else if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                response.Headers[name] = value.ReplaceLineEndings(" ");
            }
        }

        await WriteAsync(response, messages, type).ConfigureAwait(false);
    }

    private static string? Resolve(TextTemplate template, Batch batch, int index, out string? error)
    {
        bool resolved = template.TryResolve(batch, index, out string? text, out string? failure);
        error = resolved ? null : $"the answer cannot be made: interpolation failed: {failure}";
        return text;
    }

    /// <summary>Text is told from bytes by looking at it.</summary>
    private static string TypeOf(ReadOnlySpan<byte> body) =>
        Utf8.IsValid(body) && body.IndexOfAnyInRange((byte)0, (byte)8) < 0 ? "text/plain; charset=utf-8" : "application/octet-stream";

    private async Task WriteAsync(HttpResponse response, Batch messages, string? type)
    {
        byte[] body;
        if (messages.Count == 1)
        {
            body = messages[0].Body.ToArray();
            response.ContentType = type ?? TypeOf(body);
        }
        else
        {
            var parts = MultipartBody.Begin(random);
            foreach (Message message in messages)
            {
                parts.Add([("Content-Type", type ?? TypeOf(message.Body.Span))], message.Body.Span);
            }

            body = parts.End();
            response.ContentType = parts.ContentType("multipart/mixed");
        }

        if (response.StatusCode is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified)
        {
            // Such an answer has no body, and the server refuses to send one.
            return;
        }

        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body).ConfigureAwait(false);
    }
}
