using System.Net.Http.Headers;
using Microsoft.AspNetCore.WebUtilities;

namespace Mapping.Pipeline.Components.Http;

/// <summary>Takes a multipart body apart.</summary>
internal static class MultipartText
{
    private const int LongestHeaders = 64 * 1024;

    /// <summary>The boundary of a multipart type; null for any other, the empty text when there is none.</summary>
    public static string? BoundaryOf(string? contentType)
    {
        if (contentType is null || !contentType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
            ? type.Parameters.FirstOrDefault(p => p.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase))?.Value?.Trim('"') ?? string.Empty
            : string.Empty;
    }

    /// <exception cref="InvalidDataException">It is no multipart body with this boundary.</exception>
    public static async Task<List<byte[]>> ReadAsync(byte[] body, string boundary, CancellationToken cancellation)
    {
        if (boundary.Length == 0)
        {
            throw new InvalidDataException("the multipart content type names no boundary");
        }

        var parts = new List<byte[]>();
        try
        {
            using var stream = new MemoryStream(body);
            var reader = new MultipartReader(boundary, stream) { HeadersLengthLimit = LongestHeaders, BodyLengthLimit = null };
            while (await reader.ReadNextSectionAsync(cancellation).ConfigureAwait(false) is { } section)
            {
                using var content = new MemoryStream();
                await section.Body.CopyToAsync(content, cancellation).ConfigureAwait(false);
                parts.Add(content.ToArray());
            }
        }
        catch (Exception error) when (error is IOException or ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"the multipart body cannot be read: {error.Message}", error);
        }

        return parts.Count > 0 ? parts : throw new InvalidDataException("the multipart body has no parts");
    }
}
