using System.Buffers;
using System.Text;
using System.Text.Json;
using Mapping.Values.Json;

namespace Mapping.Tests.Values.Json;

public class JsonTextTests
{
    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("plain", "\"plain\"")]
    [InlineData("\b\f\n\r\t\"\\/", "\"\\b\\f\\n\\r\\t\\\"\\\\/\"")]
    [InlineData("\u0000\u0001\u000b\u001f\u007f", "\"\\u0000\\u0001\\u000b\\u001f\u007f\"")]
    [InlineData("\u2028\u2029\u202a", "\"\\u2028\\u2029\u202a\"")]
    [InlineData("<a>&", "\"<a>&\"")]
    [InlineData("é漢😀", "\"é漢😀\"")]
    public void Escapes_like_the_reference(string content, string expected)
    {
        Assert.Equal(expected, Written(Encoding.UTF8.GetBytes(content), escapeHtml: false));
    }

    [Fact]
    public void Escapes_html_on_request()
    {
        Assert.Equal("\"\\u003ca\\u003e \\u0026 \\n é\"", Written("<a> & \n é"u8, escapeHtml: true));
    }

    [Fact]
    public void Replaces_what_is_not_Utf8()
    {
        Assert.Equal("\"a\uFFFD\uFFFDb\uFFFD\uFFFD\uFFFD\"", Written([(byte)'a', 0xE2, 0x82, (byte)'b', 0xED, 0xA0, 0x80], escapeHtml: false));
    }

    [Fact]
    public void Random_content_reads_back()
    {
        var random = new Random(5);
        for (int i = 0; i < 3000; i++)
        {
            byte[] content = new byte[random.Next(100)];
            random.NextBytes(content);
            for (int k = 0; k < content.Length; k++)
            {
                content[k] = random.Next(12) > 0 ? (byte)((content[k] & 0x3F) + 0x40) : content[k];
            }

            bool html = i % 2 == 0;
            string written = Written(content, html);
            Assert.Equal(LenientUtf8.Decode(content), JsonSerializer.Deserialize<string>(written));
            Assert.False(html && written.AsSpan().IndexOfAny("<>&") >= 0);
        }
    }

    private static string Written(ReadOnlySpan<byte> content, bool escapeHtml)
    {
        var buffer = new Utf8Buffer(1);
        JsonText.WriteString(content, buffer, escapeHtml);
        var other = new ArrayBufferWriter<byte>();
        JsonText.WriteString(content, other, escapeHtml);
        Assert.True(other.WrittenSpan.SequenceEqual(buffer.WrittenSpan));
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
