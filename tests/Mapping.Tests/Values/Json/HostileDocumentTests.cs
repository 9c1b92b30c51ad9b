using System.Diagnostics;
using System.Text;
using Mapping.Values.Json;

namespace Mapping.Tests.Values.Json;

/// <summary>Texts meant to hurt. On threads of the pool, whose stacks are not the largest.</summary>
public class HostileDocumentTests
{
    /// <summary>Far more than what is linear takes, and far less than what is not.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("[", "]", 10_000, true)]
    [InlineData("{\"a\":", "}", 10_000, true)]
    [InlineData("[", "]", 10_001, false)]
    [InlineData("[", "]", 100_000, false)]
    [InlineData("{\"a\":", "}", 100_000, false)]
    [InlineData("[{\"a\": ", "}]", 5_000, true)]
    public async Task Deep_nesting_is_read_and_copied_or_refused(string open, string close, int times, bool accepted)
    {
        byte[] text = Encoding.UTF8.GetBytes(new StringBuilder().Insert(0, open, times).Append('1').Insert(open.Length * times + 1, close, times).ToString());
        await Task.Run(() =>
        {
            var document = new Document();
            Assert.Equal(accepted, document.TryParse(text, 0, text.Length, false, out JsonError? error));
            if (!accepted)
            {
                Assert.Equal("more than 10000 nested arrays and objects", error!.Value.Message);
                return;
            }

            Assert.Equal(10_000, document.Depth);
            var copy = new Utf8Buffer();
            RawCopy.Write(document, 0, copy);
            Assert.Equal(Encoding.UTF8.GetString(text).Replace(" ", ""), Encoding.UTF8.GetString(copy.WrittenSpan));
        });
    }

    [Fact]
    public async Task Unclosed_brackets_are_refused()
    {
        byte[] text = Encoding.UTF8.GetBytes(new string('[', 100_000));
        JsonError? error = await Task.Run(() =>
        {
            Assert.False(new Document().TryParse(text, 0, text.Length, false, out JsonError? error));
            return error;
        });
        Assert.Equal(10_000, error!.Value.Offset);
    }

    /// <summary>Keys whose cheap hashes are all equal: only the middle differs.</summary>
    [Theory]
    [InlineData("aaaaaaaa{0:d7}bbbbbbbb", false)]
    [InlineData("aaaaaaaa{0:d7}bbbbbbbb", true)]
    [InlineData("{0}", false)]
    [InlineData("{0}", true)]
    [InlineData("\\u0061aaaaaaa{0:d7}bbbbbbbb", true)]
    public void Keys_stay_linear(string pattern, bool repeat)
    {
        const int Count = 100_000;
        var text = new StringBuilder("{");
        for (int i = 0; i < Count; i++)
        {
            text.Append(i > 0 ? ",\"" : "\"").AppendFormat(pattern, repeat && i == Count - 1 ? 7 : i).Append("\":").Append(i);
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text.Append('}').ToString());
        var document = new Document();
        var copy = new Utf8Buffer();
        TimeSpan taken = TimeSpan.MaxValue;

        // The best of several: a busy machine may stop any of them.
        for (int attempt = 0; attempt < 5 && taken >= Limit; attempt++)
        {
            document = new Document();
            copy = new Utf8Buffer();
            var watch = Stopwatch.StartNew();
            Assert.True(document.TryParse(bytes, 0, bytes.Length, false, out _));
            Assert.Equal(repeat, document.HasDuplicateKeys(0));
            RawCopy.Write(document, 0, copy);
            taken = watch.Elapsed;
        }

        Assert.True(taken < Limit, $"{taken}");
        Assert.True(document.TryParse(copy.Array, 0, copy.Length, false, out _));
        Assert.Equal(repeat ? Count - 1 : Count, document.CountAt(0));
        Assert.Equal(JsonKind.Number, document.KindAt(2 + (2 * 7)));
    }

    [Fact]
    public void Many_elements_and_a_long_string_are_read()
    {
        byte[] text = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Repeat("0", 300_000)) + ",\"" + new string('é', 500_000) + "\"]");
        var document = new Document();
        Assert.True(document.TryParse(text, 0, text.Length, false, out _));
        Assert.Equal(300_001, document.CountAt(0));
        document.StringAt(document.ElementAt(0, 300_000), out _, out _, out int length);
        Assert.Equal(1_000_000, length);
    }
}
