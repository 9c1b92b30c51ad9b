using System.Globalization;
using System.Text;
using Mapping.Builtins.Strings;
using Mapping.Testing;
using Mapping.Values;

namespace Mapping.Tests.Builtins.Segmentation;

public class SegmentationTests
{
    [Theory]
    [InlineData("grapheme", "GraphemeBreakTest.txt", 602)]
    [InlineData("word", "WordBreakTest.txt", 1823)]
    [InlineData("sentence", "SentenceBreakTest.txt", 502)]
    public void The_test_data_of_the_standard_is_met(string kind, string file, int cases)
    {
        var wrong = new List<string>();
        int seen = 0;
        foreach (string line in File.ReadLines(Repository.PathOf("tests/Mapping.Tests/Builtins/Segmentation", file)).Where(l => l[0] != '#'))
        {
            seen++;
            string[] expected = [.. line.Split('÷', StringSplitOptions.RemoveEmptyEntries).Select(Decode).Where(s => s.Length > 0)];
            string[] actual = Segments(kind, Value.FromString(string.Concat(expected)));
            if (!expected.SequenceEqual(actual))
            {
                wrong.Add($"{line}: {string.Join('|', actual)}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {seen}\n" + string.Join('\n', wrong.Take(20)));
        Assert.Equal(cases, seen);
    }

    [Theory]
    [InlineData("grapheme")]
    [InlineData("word")]
    [InlineData("sentence")]
    public void The_parts_joined_are_the_text_whatever_its_bytes(string kind)
    {
        var random = new Random(29);
        byte[] alphabet = [.. "aA1.,:'\" \r\n)\u0301\u200d\u05d0\u30ab👩🇩"u8, 0xFF, 0xC3, 0x80];
        for (int round = 0; round < 2_000 * TestScale.Factor; round++)
        {
            byte[] text = [.. Enumerable.Range(0, random.Next(60)).Select(_ => alphabet[random.Next(alphabet.Length)])];
            Value segments = Call.Method(Segmenting.UnicodeSegments, Value.FromBytes(text), Value.FromString(kind));
            var joined = new List<byte>();
            foreach (Value segment in segments.Elements)
            {
                Assert.True(segment.IsString && segment.TextLength > 0);
                joined.AddRange(segment.AsSpan());
            }

            Assert.Equal(text, joined);
        }
    }

    [Theory]
    [InlineData("grapheme", "a\u0301", 1)]
    [InlineData("word", "a:\u0301\u0301", 1)]
    [InlineData("word", "1.", 2)]
    [InlineData("sentence", "A. ", 1)]
    [InlineData("sentence", "a.)1 ", 1)]
    public void Long_texts_take_linear_time(string kind, string unit, int least)
    {
        string text = string.Concat(Enumerable.Repeat(unit, 100_000));
        Assert.True(Segments(kind, Value.FromString(text)).Length >= least);
        Assert.True(Segments(kind, Value.FromString("a" + new string('\u0301', 200_000))).Length == 1);
    }

    [Fact]
    public void Unknown_kinds_are_errors_and_no_text_has_no_parts()
    {
        Assert.Equal("error: unsupported segmentation type: line", Call.Text(Segmenting.UnicodeSegments, "a b", Value.FromString("line")));
        Assert.Equal("[]", Call.Text(Segmenting.UnicodeSegments, string.Empty, Value.FromString("word")));
        Assert.Equal("[2020|-|01|-|01T00|:|00|:|00Z]", Call.Text(Segmenting.UnicodeSegments, "2020-01-01T00:00:00Z", Value.FromString("word")));
    }

    private static string[] Segments(string kind, Value text)
    {
        var parts = new List<string>();
        foreach (Value part in Call.Method(Segmenting.UnicodeSegments, text, Value.FromString(kind)).Elements)
        {
            parts.Add(part.AsHostString());
        }

        return [.. parts];
    }

    /// <summary><c> 0041 × 0308 </c> as text.</summary>
    private static string Decode(string codes)
    {
        var text = new StringBuilder();
        foreach (string code in codes.Split([' ', '×'], StringSplitOptions.RemoveEmptyEntries))
        {
            int number = int.Parse(code, NumberStyles.HexNumber);
            text.Append(Rune.IsValid(number) ? new Rune(number).ToString() : "?");
        }

        return text.ToString();
    }
}
