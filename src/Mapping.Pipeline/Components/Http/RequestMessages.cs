using System.IO.Compression;
using System.Net;
using System.Security.Authentication;
using System.Text.Json;
using Mapping.Functions;
using Mapping.Pipeline.Messages;
using Mapping.Values;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Mapping.Pipeline.Components.Http;

/// <summary>Requests to messages.</summary>
internal static class RequestMessages
{
    /// <exception cref="InvalidDataException">The body is not what it says it is.</exception>
    /// <exception cref="BadHttpRequestException">It is too large, or ended early.</exception>
    public static async Task<Batch> ReadAsync(HttpContext context, BodyForm form, long largest, CancellationToken cancellation)
    {
        byte[] body = await BodyAsync(context, largest, cancellation).ConfigureAwait(false);
        IEnumerable<ReadOnlyMemory<byte>> bodies = MultipartText.BoundaryOf(context.Request.ContentType) is { } boundary
            ? (await MultipartText.ReadAsync(body, boundary, cancellation).ConfigureAwait(false)).Select(static part => (ReadOnlyMemory<byte>)part)
            : form switch
            {
                BodyForm.Lines => Lines(body),
                BodyForm.Array => Items(body),
                _ => [body],
            };
        Value metadata = Metadata(context);
        return Batch.Of(bodies.Select(content => new Message(content) { MetadataObject = metadata }));
    }

    /// <summary>As HTTP spells names: <c>x-request-id</c> is <c>X-Request-Id</c>.</summary>
    public static string Canonical(string name) => string.Create(name.Length, name, static (text, source) =>
    {
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = i == 0 || source[i - 1] == '-' ? char.ToUpperInvariant(source[i]) : char.ToLowerInvariant(source[i]);
        }
    });

    /// <summary>What is known of the request. Of what has the same name, the last in this order counts: facts of the request, headers, query, path, cookies.</summary>
    public static Value Metadata(HttpContext context)
    {
        HttpRequest request = context.Request;
        var metadata = new ObjectNode();
        void Set(string name, string? text) => metadata.Set(Value.FromString(name), Value.FromString(text ?? string.Empty));
        Set("http_server_user_agent", request.Headers.UserAgent.ToString());
        Set("http_server_request_path", request.Path.Value);
        Set("http_server_verb", request.Method);
        Set("http_server_remote_ip", Plain(context.Connection.RemoteIpAddress));
        if (context.Features.Get<ITlsHandshakeFeature>() is { } tls)
        {
            Set("http_server_tls_version", Version(tls.Protocol));
            Set("http_server_tls_cipher_suite", tls.NegotiatedCipherSuite?.ToString());
            Set("http_server_tls_subject", context.Connection.ClientCertificate?.Subject);
        }

        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in request.Headers)
        {
            if (values.Count > 0 && !name.StartsWith(':') && !name.Equals("Host", StringComparison.OrdinalIgnoreCase))
            {
                Set(Canonical(name), values[0]);
            }
        }

        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in request.Query)
        {
            Set(name, values.Count > 0 ? values[0] : string.Empty);
        }

        foreach ((string name, object? value) in request.RouteValues)
        {
            Set(name, value as string);
        }

        foreach ((string name, string value) in request.Cookies)
        {
            Set(name, value);
        }

        return Value.FromObject(metadata).Frozen();
    }

    private static string? Plain(IPAddress? address) => (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();

    private static string Version(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls12 => "TLS 1.2",
        SslProtocols.Tls13 => "TLS 1.3",
        _ => protocol.ToString(),
    };

    private static async Task<byte[]> BodyAsync(HttpContext context, long largest, CancellationToken cancellation)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = largest;
        }

        bool isCompressed = string.Equals(context.Request.Headers.ContentEncoding.ToString(), "gzip", StringComparison.OrdinalIgnoreCase);
        await using Stream source = isCompressed ? new GZipStream(context.Request.Body, CompressionMode.Decompress, leaveOpen: true) : context.Request.Body;
        using var body = new MemoryStream();
        var block = new byte[32 * 1024];
        for (int read; (read = await source.ReadAsync(block, cancellation).ConfigureAwait(false)) > 0;)
        {
            if (body.Length + read > largest)
            {
                throw new BadHttpRequestException("the body is too large", StatusCodes.Status413PayloadTooLarge);
            }

            body.Write(block, 0, read);
        }

        return body.ToArray();
    }

    private static List<ReadOnlyMemory<byte>> Lines(byte[] body)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        foreach (Range range in body.AsSpan().Split((byte)'\n'))
        {
            ReadOnlyMemory<byte> line = body.AsMemory(range);
            line = line.Span is [.., (byte)'\r'] ? line[..^1] : line;
            if (!line.IsEmpty)
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    private static List<ReadOnlyMemory<byte>> Items(byte[] body)
    {
        var items = new List<ReadOnlyMemory<byte>>();
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            {
                throw new InvalidDataException("the body is no JSON array");
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                items.Add(body.AsMemory(start, (int)reader.BytesConsumed - start));
            }

            if (reader.Read())
            {
                throw new InvalidDataException("there is more behind the JSON array");
            }
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"the body is no JSON array: {error.Message}", error);
        }

        return items;
    }
}
