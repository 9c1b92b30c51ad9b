using System.Text;
using Mapping.Values.Json;

namespace Mapping.Tests.Values.Json;

public class LineReaderTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\n", new[] { "a" })]
    [InlineData("a\r\nb\r\n", new[] { "a", "b" })]
    [InlineData("\n\r\n\na\r", new[] { "", "", "", "a" })]
    [InlineData("a\rb\n\n", new[] { "a\rb", "" })]
    public void Splits(string text, string[] lines)
    {
        Assert.Equal(lines, Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), out long count));
        Assert.Equal(lines.Length, count);
    }

    [Fact]
    public void Lines_of_any_length_in_pieces_of_any_length()
    {
        var random = new Random(3);
        string[] lines = [.. Enumerable.Range(0, 300).Select(i => new string((char)('a' + (i % 26)), i == 150 ? 3_000_000 : random.Next(600)))];
        var stream = new Dribble(Encoding.UTF8.GetBytes(string.Join('\n', lines)), random);
        Assert.Equal(lines, Read(stream, out _));
    }

    private static List<string> Read(Stream stream, out long count)
    {
        var reader = new LineReader(stream, 16);
        var lines = new List<string>();
        while (reader.TryRead(out byte[] owner, out int offset, out int length))
        {
            lines.Add(Encoding.UTF8.GetString(owner, offset, length));
            Assert.Equal(lines.Count, reader.LineNumber);
        }

        Assert.False(reader.TryRead(out _, out _, out _));
        count = reader.LineNumber;
        return lines;
    }

    /// <summary>Gives as little at a time as it likes.</summary>
    private sealed class Dribble(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, random.Next(1, 5000)));
    }
}
