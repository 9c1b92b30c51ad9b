using System.Text;
using Mapping.Values.Json;

namespace Mapping.Tests.Values.Json;

public class DocumentTests
{
    [Theory]
    [InlineData("", "the document is empty", 1, 1)]
    [InlineData(" \n ", "the document is empty", 2, 2)]
    [InlineData("pear", "unexpected `p`, expected a value", 1, 1)]
    [InlineData("[1,\n pear]", "unexpected `p`, expected a value", 2, 2)]
    [InlineData("[pear]", "unexpected `p`, expected a value or `]`", 1, 2)]
    [InlineData("[1,]", "unexpected `]`, expected a value", 1, 4)]
    [InlineData("[1", "the document ends early, expected `,` or `]`", 1, 3)]
    [InlineData("[1}", "unexpected `}`, expected `,` or `]`", 1, 3)]
    [InlineData("{\"a\":1]", "unexpected `]`, expected `,` or `}`", 1, 7)]
    [InlineData("{\"a\":1,}", "unexpected `}`, expected a key in double quotes", 1, 8)]
    [InlineData("{a:1}", "unexpected `a`, expected a key in double quotes or `}`", 1, 2)]
    [InlineData("{\"a\" 1}", "unexpected `1`, expected `:` after a key", 1, 6)]
    [InlineData("{\"a\":}", "unexpected `}`, expected a value", 1, 6)]
    [InlineData("{\"a\":", "the document ends early, expected a value", 1, 6)]
    [InlineData("\"abc", "a string is not closed", 1, 5)]
    [InlineData("\"abc\\", "a string is not closed", 1, 6)]
    [InlineData("\"a\\u12", "a string is not closed", 1, 7)]
    [InlineData("\"a\\u12g4\"", "unexpected `g`, expected four hexadecimal digits after `\\u`", 1, 7)]
    [InlineData("\"a\\x\"", "unknown escape: `x` after a backslash", 1, 4)]
    [InlineData("\"a\nb\"", "a line break inside a string, write `\\n`", 1, 3)]
    [InlineData("\"a\u0001b\"", "a control character (0x01) inside a string, write `\\u0001`", 1, 3)]
    [InlineData("{} {}", "text after the document", 1, 4)]
    [InlineData("1 2", "text after the document", 1, 3)]
    [InlineData("truE", "unexpected `t`, expected `true`, `false`, `null` or another value", 1, 1)]
    [InlineData("[01]", "a number starts with a needless zero", 1, 2)]
    [InlineData("-", "the document ends early, expected a digit", 1, 2)]
    [InlineData("[1.]", "unexpected `]`, expected a digit", 1, 4)]
    [InlineData("[1e+]", "unexpected `]`, expected a digit", 1, 5)]
    [InlineData("\uFEFF{}", "unexpected byte order mark, expected a value", 1, 1)]
    [InlineData("[\u00a0]", "unexpected `\u00a0`, expected a value or `]`", 1, 2)]
    public void Says_what_is_wrong_and_where(string text, string message, int line, int column)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.False(new Document().TryParse(bytes, 0, bytes.Length, false, out JsonError? error));
        Assert.Equal((message, line, column), (error!.Value.Message, error.Value.Line, error.Value.Column));
    }

    [Fact]
    public void Bytes_that_are_not_Utf8_are_replaced_in_strings_or_refused_on_request()
    {
        byte[] text = [.. "[\"a"u8, 0xFF, .. "b\"]"u8];
        var document = new Document();
        Assert.True(document.TryParse(text, 0, text.Length, strictUtf8: false, out _));
        Assert.Equal("a\uFFFDb", Text(document, 1));
        Assert.False(document.IsRawClean(0));
        Assert.False(document.TryParse(text, 0, text.Length, strictUtf8: true, out JsonError? error));
        Assert.Equal(new JsonError("a string is not UTF-8 (byte 0xff)", 3, 1, 4), error);
        byte[] outside = [.. "[1"u8, 0xFF, .. "]"u8];
        Assert.False(document.TryParse(outside, 0, outside.Length, strictUtf8: false, out error));
        Assert.Equal("unexpected byte 0xff, expected `,` or `]`", error!.Value.Message);
    }

    [Fact]
    public void Offsets_count_from_the_start_of_the_range_and_ranges_from_the_start_of_the_buffer()
    {
        byte[] text = "xx[1,2]yy"u8.ToArray();
        var document = new Document();
        Assert.True(document.TryParse(text, 2, 5, false, out _));
        document.RawRange(0, out int offset, out int length);
        Assert.Equal((2, 5), (offset, length));
        document.NumberAt(2, out offset, out length);
        Assert.Equal((5, 1), (offset, length));
        Assert.False(document.TryParse(text, 2, 6, false, out JsonError? error));
        Assert.Equal(5, error!.Value.Offset);
    }

    [Fact]
    public void Walks_and_looks_up()
    {
        Document document = Parse("""{"a":[1,[2,3],{"b":4}],"c\u0064":"x","a":true}""");
        Assert.Equal(JsonKind.Object, document.KindAt(0));
        Assert.Equal(3, document.CountAt(0));
        Assert.Equal(3, document.Depth);
        Assert.True(document.HasDuplicateKeys(0));
        Assert.True(document.TryFindMember(0, "a"u8, out int value));
        Assert.Equal(JsonKind.True, document.KindAt(value));
        Assert.True(document.TryFindMember(0, "cd"u8, out value));
        Assert.Equal("x", Text(document, value));
        Assert.False(document.TryFindMember(0, "b"u8, out _));
        int list = document.FirstChild(0) + 1;
        Assert.Equal(3, document.CountAt(list));
        Assert.Equal(JsonKind.Array, document.KindAt(document.ElementAt(list, 1)));
        Assert.Equal(JsonKind.Object, document.KindAt(document.ElementAt(list, 2)));
        Assert.Equal(-1, document.ElementAt(list, 3));
        Assert.Equal(-1, document.ElementAt(list, -1));
    }

    [Theory]
    [InlineData("""{"a":[1,2],"b":"x"}""", true)]
    [InlineData("""{"a":"\n\u0041\/\ud83d\ude00"}""", true)]
    [InlineData("""[ 1]""", false)]
    [InlineData("""[1 ]""", false)]
    [InlineData("""{"a": 1}""", false)]
    [InlineData("""{"a" :1}""", false)]
    [InlineData("""{"a":1,"a":1}""", false)]
    [InlineData("""{"a":1,"\u0061":1}""", false)]
    [InlineData("""["\ud800"]""", false)]
    [InlineData("""["\udc00\ud800"]""", false)]
    [InlineData("[\"\u2028\"]", false)]
    [InlineData("[\"\u202a\"]", true)]
    [InlineData("  [1]  ", true)]
    public void Knows_what_can_be_copied_as_it_stands(string text, bool clean)
    {
        Assert.Equal(clean, Parse(text).IsRawClean(0));
    }

    [Fact]
    public void Only_the_ancestors_of_unclean_text_are_unclean()
    {
        Document document = Parse("""[[1,2],[{"a":1 }],[3],{"k":4,"k":5},[6]]""");
        bool[] clean = [.. Enumerable.Range(0, 5).Select(i => document.IsRawClean(document.ElementAt(0, i)))];
        Assert.Equal([true, false, true, false, true], clean);
        Assert.False(document.HasDuplicateKeys(0));
    }

    [Fact]
    public void A_document_is_reused_without_allocation()
    {
        byte[] text = Encoding.UTF8.GetBytes("""{"a":"x\ny","b":[1,2,{"c":null}],"d\u0065":1.5}""");
        var document = new Document();
        for (int i = 0; i < 3; i++)
        {
            document.TryParse(text, 0, text.Length, false, out _);
            document.StringAt(2, out _, out _, out _);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            document.TryParse(text, 0, text.Length, false, out _);
            document.StringAt(2, out _, out _, out _);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Reuse_decodes_afresh_and_a_huge_text_is_forgotten()
    {
        var document = new Document();
        for (int i = 0; i < 200; i++)
        {
            byte[] text = Encoding.UTF8.GetBytes($"[\"a\\n{i}\",\"\\u00e9{i}\"]");
            Assert.True(document.TryParse(text, 0, text.Length, false, out _));
            Assert.Equal($"é{i}", Text(document, 2));
            Assert.Equal($"a\n{i}", Text(document, 1));
        }

        byte[] huge = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Repeat("\"\\n\"", 200_000)) + "]");
        Assert.True(document.TryParse(huge, 0, huge.Length, false, out _));
        Assert.True(document.ApproximateBytes > 3_000_000);
        byte[] small = "[1]"u8.ToArray();
        for (int i = 0; i < 100; i++)
        {
            Assert.True(document.TryParse(small, 0, small.Length, false, out _));
        }

        Assert.True(document.ApproximateBytes < 10_000);
    }

    [Fact]
    public void Threads_may_ask_for_the_same_strings()
    {
        byte[] text = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Range(0, 300).Select(i => $"\"\\u00e9{i}\\n\"")) + "]");
        for (int round = 0; round < 50; round++)
        {
            var document = new Document();
            Assert.True(document.TryParse(text, 0, text.Length, false, out _));
            Parallel.For(0, 4, _ =>
            {
                for (int i = 0; i < 300; i++)
                {
                    Assert.Equal($"é{i}\n", Text(document, i + 1));
                }
            });
        }
    }

    internal static Document Parse(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var document = new Document();
        Assert.True(document.TryParse(bytes, 0, bytes.Length, false, out JsonError? error), error?.Message);
        return document;
    }

    internal static string Text(Document document, int index)
    {
        document.StringAt(index, out byte[] owner, out int offset, out int length);
        return Encoding.UTF8.GetString(owner, offset, length);
    }
}
