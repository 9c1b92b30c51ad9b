using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Mapping.Pipeline.Components.Http;

/// <summary>A request that can be sent as often as needed.</summary>
/// <param name="Url">Absolute.</param>
/// <param name="Verb">The method.</param>
/// <param name="Headers">In order; later ones replace earlier ones of the same name.</param>
/// <param name="Body">Null sends none.</param>
/// <param name="ContentType">For a body without a Content-Type among the headers.</param>
internal sealed record PreparedRequest(Uri Url, HttpMethod Verb, IReadOnlyList<(string Name, string Value)> Headers, ReadOnlyMemory<byte>? Body, string ContentType)
{
    /// <summary>For people: without the user and password that the URL may carry.</summary>
    public string ShownUrl => Url.UserInfo.Length == 0 ? Url.ToString() : Url.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.SafeUnescaped);

    public HttpRequestMessage ToMessage(bool isHttp1)
    {
        var message = new HttpRequestMessage(Verb, Url)
        {
            Version = isHttp1 ? new Version(1, 1) : new Version(2, 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = Body is { } body ? new ReadOnlyMemoryContent(body) : null,
        };
        if (Url.UserInfo.Length > 0)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(Url.UserInfo))));
        }

        message.Content?.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        foreach ((string name, string value) in Headers)
        {
            Set(message, name, value);
        }

        return message;
    }

    /// <summary>The request as a part of a trace, as W3C trace context tells it; headers of the user's own go before.</summary>
    public PreparedRequest Within(Activity span)
    {
        List<(string, string)> headers = [("traceparent", span.Id!)];
        if (!string.IsNullOrEmpty(span.TraceStateString))
        {
            headers.Add(("tracestate", span.TraceStateString));
        }

        return this with { Headers = [.. headers, .. Headers] };
    }

    /// <summary>For the log.</summary>
    public override string ToString() =>
        $"{Verb} {ShownUrl}\n{string.Concat(Headers.Select(h => $"{h.Name}: {h.Value}\n"))}\n{(Body is { } body ? Encoding.UTF8.GetString(body.Span) : string.Empty)}";

    private static void Set(HttpRequestMessage message, string name, string value)
    {
        if (name.Equals("Host", StringComparison.OrdinalIgnoreCase))
        {
            message.Headers.Host = value;
            return;
        }

        // The type of the content and the like belong to the body: without one they go nowhere.
        if (name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) || name.Equals("Expires", StringComparison.OrdinalIgnoreCase) || name.Equals("Last-Modified", StringComparison.OrdinalIgnoreCase) || name.Equals("Allow", StringComparison.OrdinalIgnoreCase))
        {
            if (message.Content is { } content && !name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                content.Headers.Remove(name);
                content.Headers.TryAddWithoutValidation(name, value);
            }

            return;
        }

        message.Headers.Remove(name);
        message.Headers.TryAddWithoutValidation(name, value);
    }
}
