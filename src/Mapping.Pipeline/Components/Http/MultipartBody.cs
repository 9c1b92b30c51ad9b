using System.Buffers;
using System.Text;

namespace Mapping.Pipeline.Components.Http;

/// <summary>Several bodies as one, RFC 2046.</summary>
internal sealed class MultipartBody(string boundary)
{
    private readonly ArrayBufferWriter<byte> buffer = new();

    public static MultipartBody Begin(Random random)
    {
        var bytes = new byte[24];
        lock (random)
        {
            random.NextBytes(bytes);
        }

        return new MultipartBody(Convert.ToHexStringLower(bytes));
    }

    /// <param name="subtype">Such as <c>multipart/mixed</c>.</param>
    public string ContentType(string subtype) => $"{subtype}; boundary={boundary}";

    public void Add(IEnumerable<(string Name, string Value)> headers, ReadOnlySpan<byte> body)
    {
        Write($"--{boundary}\r\n");
        foreach ((string name, string value) in headers)
        {
            Write($"{name}: {value}\r\n");
        }

        Write("\r\n");
        buffer.Write(body);
        Write("\r\n");
    }

    public byte[] End()
    {
        Write($"--{boundary}--\r\n");
        return buffer.WrittenSpan.ToArray();
    }

    private void Write(string text) => buffer.Write(Encoding.UTF8.GetBytes(text));
}
