using System.Text;
using Mapping.Cli.Input;

namespace Mapping.Cli.Tests;

/// <summary>Lines are the same, wherever the stream happens to break off.</summary>
public class LineReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a\n", "a")]
    [InlineData("a\r\nb\r\n", "a|b")]
    [InlineData("\n\na\n\n", "||a|")]
    [InlineData("a\rb\n\r\nc\r", "a\rb||c\r")]
    public void Lines_of_a_text(string text, string lines)
    {
        foreach (int chunk in (int[])[1, 2, 3, 1000])
        {
            Assert.Equal(lines, string.Join('|', Read(text, chunk)));
        }
    }

    [Fact]
    public void Lines_longer_than_the_buffer_and_short_ones_between_them()
    {
        string[] lines = [.. Enumerable.Range(0, 60).Select(i => new string((char)('a' + (i % 26)), i * i * (i % 3)))];

        foreach (int chunk in (int[])[1, 7, 64, 100_000])
        {
            Assert.Equal(lines, Read(string.Join('\n', lines) + "\n", chunk));
        }
    }

    [Fact]
    public void Output_is_handed_on_before_every_wait()
    {
        int reads = 0;
        using var reader = new LineReader(new ChunkedStream("1\n2\n"u8.ToArray(), 2), () => reads++);

        Assert.True(reader.TryRead(out _));
        Assert.Equal(1, reads);
        Assert.True(reader.TryRead(out _));
        Assert.Equal(2, reads);
    }

    private static List<string> Read(string text, int chunk)
    {
        var lines = new List<string>();
        using var reader = new LineReader(new ChunkedStream(Encoding.UTF8.GetBytes(text), chunk), bufferSize: 16);
        while (reader.TryRead(out ArraySegment<byte> line))
        {
            lines.Add(Encoding.UTF8.GetString(line));
        }

        return lines;
    }

    /// <summary>Gives a few bytes at a time, as a pipe may.</summary>
    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, chunk));
    }
}
