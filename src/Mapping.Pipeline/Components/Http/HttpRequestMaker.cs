using System.Text;
using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Http;

/// <summary>How a batch becomes the body of one request.</summary>
internal enum BatchForm
{
    /// <summary>It does not: every message is a request.</summary>
    Single,

    /// <summary>A line for every message.</summary>
    Lines,

    /// <summary>A JSON array.</summary>
    Array,

    /// <summary>A part for every message.</summary>
    Multipart,
}

/// <summary>A part of a multipart request.</summary>
internal sealed record PartTemplate(TextTemplate ContentType, TextTemplate ContentDisposition, TextTemplate Body);

/// <summary>Messages to requests.</summary>
/// <param name="options">Url, headers and the like.</param>
/// <param name="parts">Parts that every message is sent as; none for its body.</param>
/// <param name="random">Gives boundaries.</param>
internal sealed class HttpRequestMaker(RequestOptions options, IReadOnlyList<PartTemplate> parts, Random random)
{
    private const string Bytes = "application/octet-stream";
    private const string Form = "multipart/form-data";

    private readonly HttpMethod verb = new(options.Verb.ToUpperInvariant());

    /// <summary>The request for one message.</summary>
    /// <exception cref="ClassifiedException">An interpolation failed, or its result is no URL.</exception>
    public PreparedRequest Of(Batch batch, int index)
    {
        Message message = batch[index];
        if (parts.Count > 0)
        {
            var body = MultipartBody.Begin(random);
            foreach (PartTemplate part in parts)
            {
                body.Add(
                    Named(("Content-Type", Resolve(part.ContentType, batch, index)), ("Content-Disposition", Resolve(part.ContentDisposition, batch, index))),
                    Encoding.UTF8.GetBytes(Resolve(part.Body, batch, index)));
            }

            return Make(batch, index, body.End(), body.ContentType(Form));
        }

        // Written out, because a null would otherwise become an empty body.
        ReadOnlyMemory<byte>? content = message.IsNull || message.Body.IsEmpty ? default(ReadOnlyMemory<byte>?) : message.Body;
        return Make(batch, index, content, Bytes);
    }

    /// <summary>The request for all messages; url and headers are made for the first.</summary>
    /// <exception cref="ClassifiedException">An interpolation failed, or a message does not fit the form.</exception>
    public PreparedRequest Of(Batch batch, BatchForm form)
    {
        if (form == BatchForm.Multipart)
        {
            var body = MultipartBody.Begin(random);
            foreach (Message message in batch)
            {
                body.Add([("Content-Type", Bytes)], message.Body.Span);
            }

            return Make(batch, 0, body.End(), body.ContentType(Form));
        }

        return form == BatchForm.Lines ? Make(batch, 0, Lines(batch), "application/x-ndjson") : Make(batch, 0, Array(batch), "application/json");
    }

    /// <summary>The request of an input, made of what it was answered the last time.</summary>
    /// <exception cref="ClassifiedException">An interpolation failed, or its result is no URL.</exception>
    public PreparedRequest After(Batch previous, TextTemplate? payload)
    {
        ReadOnlyMemory<byte>? body = null;
        if (payload is not null)
        {
            body = payload.TryResolve(previous, 0, out byte[]? bytes, out string? error) ? bytes : throw Unresolved(error);
        }

        return Make(previous, 0, body, Bytes);
    }

    private static ClassifiedException Unresolved(string error) => new($"interpolation failed: {error}", FailureKind.Permanent);

    private static byte[] Lines(Batch batch)
    {
        using var body = new MemoryStream();
        for (int i = 0; i < batch.Count; i++)
        {
            if (batch[i].Body.Span.IndexOf((byte)'\n') >= 0)
            {
                throw new ClassifiedException($"message {i} of the batch holds a line break and cannot be a line", FailureKind.Permanent);
            }

            body.Write(batch[i].Body.Span);
            body.WriteByte((byte)'\n');
        }

        return body.ToArray();
    }

    private static byte[] Array(Batch batch)
    {
        using var body = new MemoryStream();
        body.WriteByte((byte)'[');
        for (int i = 0; i < batch.Count; i++)
        {
            if (!batch[i].IsNull && !batch[i].TryGetDocument(out _))
            {
                throw new ClassifiedException($"message {i} of the batch is no JSON document and cannot be an item of an array", FailureKind.Permanent);
            }

            body.Write(i > 0 ? ","u8 : default);
            body.Write(batch[i].IsNull ? "null"u8 : batch[i].Body.Span);
        }

        body.WriteByte((byte)']');
        return body.ToArray();
    }

    private static IEnumerable<(string Name, string Value)> Named(params (string Name, string Value)[] headers) => headers.Where(h => h.Value.Length > 0);

    private static string Resolve(TextTemplate template, Batch batch, int index) =>
        template.TryResolve(batch, index, out string? text, out string? error) ? text : throw Unresolved(error);

    private PreparedRequest Make(Batch batch, int index, ReadOnlyMemory<byte>? body, string contentType)
    {
        string url = Resolve(options.Url, batch, index);
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? target) || !RequestOptions.IsHttp(target))
        {
            throw new ClassifiedException($"{RequestOptions.Shown(url)} is no URL of http or https", FailureKind.Permanent);
        }

        var headers = new List<(string Name, string Value)>(options.Metadata.Of(batch[index]));
        foreach ((string name, TextTemplate value) in options.Headers)
        {
            headers.Add((name, Resolve(value, batch, index)));
        }

        // The boundary of a multipart body stands in its type: a type of the user's keeps its subtype and gets it.
        int type = headers.FindLastIndex(h => h.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase));
        if (type >= 0 && contentType.IndexOf("boundary=", StringComparison.Ordinal) is var boundary and >= 0)
        {
            bool isMultipart = headers[type].Value.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase);
            headers[type] = (headers[type].Name, isMultipart ? $"{headers[type].Value.Split(';')[0]}; {contentType[boundary..]}" : contentType);
        }

        if (options.IdempotencyKey is { } key)
        {
            headers.Add((options.IdempotencyHeader, Resolve(key, batch, index)));
        }

        return new PreparedRequest(target, verb, headers, body, contentType);
    }
}
