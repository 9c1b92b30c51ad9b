using System.Text;
using Mapping.Values.Json;

namespace Mapping.Tests.Values.Json;

/// <summary>The parser against the reader of the platform, which is the judge of what is valid.</summary>
public class DocumentFuzzTests
{
    private readonly Document document = new();
    private readonly Document copyDocument = new();
    private readonly Utf8Buffer copy = new();

    private static int Scale => int.TryParse(Environment.GetEnvironmentVariable("MAPPING_TEST_SCALE"), out int scale) ? Math.Max(scale, 1) : 1;

    [Fact]
    public void Agrees_with_the_reader_of_the_platform()
    {
        for (int seed = 0; seed < 100 * Scale; seed++)
        {
            var random = new RandomJson(seed);
            for (int i = 0; i < 25; i++)
            {
                byte[] bytes = random.Document();
                Check(bytes);
                for (int mutation = 0; mutation < 3; mutation++)
                {
                    Check(random.Mutate(bytes));
                }
            }
        }
    }

    private void Check(byte[] text)
    {
        // Odd surroundings, which must not matter: quotes and brackets, or the end of the buffer.
        byte[] framed = [.. "\"\\]}"u8, .. text, .. "\"}]0123456789,\"\"\"abcdefghijklmnopqrstuvwxyz0123456789"u8];
        List<string>? expected = JsonTokens.FromReader(text);
        bool accepted = document.TryParse(framed, 4, text.Length, strictUtf8: false, out JsonError? error);
        Assert.True(accepted == expected is not null, $"accepted: {accepted} ({error})\n{Shown(text)}");
        bool acceptedAtEnd = copyDocument.TryParse(text, 0, text.Length, strictUtf8: false, out JsonError? errorAtEnd);
        Assert.True(accepted == acceptedAtEnd && error == errorAtEnd, $"{error} but at the end of the buffer {errorAtEnd}\n{Shown(text)}");
        if (expected is null)
        {
            Assert.InRange(error!.Value.Offset, 0, text.Length);
            return;
        }

        AssertSame(expected, JsonTokens.FromTape(document), text);
        AssertSame(expected, JsonTokens.FromTape(copyDocument), text);
        List<string> resolved = JsonTokens.WithoutDuplicates(expected);
        copy.Clear();
        RawCopy.Write(document, 0, copy);
        byte[] written = copy.WrittenSpan.ToArray();
        AssertSame(resolved, JsonTokens.FromReader(written) ?? ["refused"], text);
        Assert.True(copyDocument.TryParse(written, 0, written.Length, strictUtf8: true, out error), $"{error}\n{Shown(text)}");
        Assert.True(copyDocument.IsRawClean(0), Shown(written));
        AssertLookups(text);
    }

    /// <summary>Every key of every object is found, and the value is that of its last occurrence.</summary>
    private void AssertLookups(byte[] text)
    {
        int entries = document.NextAt(0);
        for (int index = 0; index < entries; index++)
        {
            if (document.KindAt(index) != JsonKind.Object)
            {
                continue;
            }

            var last = new Dictionary<string, int>();
            int key = document.FirstChild(index);
            for (int i = 0; i < document.CountAt(index); i++)
            {
                document.StringAt(key, out byte[] owner, out int offset, out int length);
                last[Convert.ToHexString(owner, offset, length)] = key + 1;
                key = document.NextAt(key + 1);
            }

            Assert.Equal(document.NextAt(index), key);
            Assert.True(document.HasDuplicateKeys(index) == last.Count < document.CountAt(index), Shown(text));
            foreach ((string hex, int value) in last)
            {
                Assert.True(document.TryFindMember(index, Convert.FromHexString(hex), out int found) && found == value, Shown(text));
            }

            Assert.False(document.TryFindMember(index, "absent"u8, out _));
        }
    }

    private static void AssertSame(List<string> expected, List<string> actual, byte[] text)
    {
        if (!expected.SequenceEqual(actual))
        {
            Assert.Fail($"{Shown(text)}\nexpected {string.Join(' ', expected)}\nactual   {string.Join(' ', actual)}");
        }
    }

    private static string Shown(byte[] text) => Encoding.Latin1.GetString(text) + "\n" + Convert.ToHexString(text);
}
