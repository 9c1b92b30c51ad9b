using System.Text;
using Mapping.Pipeline.Components.Scanners;
using Mapping.Pipeline.Contracts;
using Mapping.Testing;

namespace Mapping.Pipeline.Tests.Components;

public class LinesTests
{
    private static async Task<List<(string Text, long Position)>> CutAsync(Stream stream, string? delimiter = null, bool omitEmpty = false, long longest = 65536)
    {
        await using IScan scan = new LinesScanner(new LinesOptions(delimiter, longest, omitEmpty)).Open(stream, "test");
        var lines = new List<(string, long)>();
        while (await scan.NextAsync(CancellationToken.None) is { } batch)
        {
            lines.Add((Encoding.UTF8.GetString(batch[0].Body.Span), scan.Position!.Value));
        }

        return lines;
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a\n", "a")]
    [InlineData("a\r\nb\n\nc", "a|b||c")]
    [InlineData("\n", "")]
    public async Task Lines_end_with_a_line_break_or_the_stream(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', (await CutAsync(Text(text))).Select(l => l.Text)));

    [Fact]
    public async Task Another_delimiter_may_be_longer_than_a_character() =>
        Assert.Equal(["a", "b\r", "", "c<"], (await CutAsync(Text("a<>b\r<><>c<"), "<>")).Select(l => l.Text));

    [Fact]
    public async Task Empty_lines_can_be_skipped() => Assert.Equal(["a", "b"], (await CutAsync(Text("\n\na\n\nb\n\n"), omitEmpty: true)).Select(l => l.Text));

    [Fact]
    public async Task A_line_that_is_too_long_is_an_error() =>
        await Assert.ThrowsAsync<InvalidDataException>(() => CutAsync(Text(new string('x', 200_000) + "\n"), longest: 100_000));

    [Fact]
    public async Task However_the_bytes_arrive_the_lines_and_positions_are_the_same()
    {
        var random = new Random(7);
        for (int round = 0; round < 50 * TestScale.Factor; round++)
        {
            string[] lines = [.. Enumerable.Range(0, random.Next(1, 400)).Select(i => new string((char)('a' + (i % 26)), random.Next(0, 900)))];
            string text = string.Concat(lines.Select(l => l + "\n"));
            List<(string Text, long Position)> cut = await CutAsync(new Trickle(Encoding.UTF8.GetBytes(text), random));
            Assert.Equal(lines, cut.Select(l => l.Text));
            long position = 0;
            Assert.Equal(lines.Select(l => position += l.Length + 1), cut.Select(l => l.Position));
        }
    }

    /// <summary>Gives as few bytes as it likes.</summary>
    private sealed class Trickle(byte[] content, Random random) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, random.Next(1, 5000))], cancellationToken);
    }
}
