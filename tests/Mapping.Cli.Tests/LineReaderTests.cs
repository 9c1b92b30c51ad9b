using System.Buffers;
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

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a\r\nb\r\n", "a|b")]
    [InlineData("\n\na\n\n \n\r\n", "||a|| |")]
    [InlineData("a\rb\n\r\nc\r", "a\rb||c\r")]
    public void Lines_taken_many_at_once(string text, string lines)
    {
        foreach (int chunk in (int[])[1, 2, 3, 1000])
        {
            foreach (int wanted in (int[])[1, 3, 1000])
            {
                Assert.Equal(lines, string.Join('|', ReadBlocks(text, chunk, wanted, keepsEmpty: true).Select(l => l.Text)));
            }
        }
    }

    [Fact]
    public void Long_lines_taken_many_at_once()
    {
        string[] lines = [.. Enumerable.Range(0, 60).Select(i => new string((char)('a' + (i % 26)), i * i * (i % 3)))];
        (string, long)[] expected = [.. lines.Select((l, i) => (l, i + 1L)).Where(l => l.l.Length > 0)];
        foreach (int chunk in (int[])[1, 7, 64, 100_000])
        {
            Assert.Equal(expected, ReadBlocks(string.Join('\n', lines) + "\n", chunk, wanted: 100, keepsEmpty: false));
        }
    }

    private static List<(string Text, long Line)> ReadBlocks(string text, int chunk, int wanted, bool keepsEmpty)
    {
        var lines = new List<(string, long)>();
        using var reader = new LineReader(new ChunkedStream(Encoding.UTF8.GetBytes(text), chunk), bufferSize: 16);
        long before = 0;
        while (reader.TryTakeLines(wanted, ArrayPool<byte>.Shared.Rent(16), out ArraySegment<byte> bytes))
        {
            var places = new List<(int Offset, int Length, long Line)>();
            int count = new LineBlock(bytes, keepsEmpty).Split(places);
            lines.AddRange(places.Select(p => (Encoding.UTF8.GetString(bytes.Array!, p.Offset, p.Length), before + p.Line)));
            before += count;
        }

        return lines;
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
