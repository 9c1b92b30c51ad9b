using System.Text;
using System.Text.Json;
using Mapping.Values.Json;

namespace Mapping.Tests.Values.Json;

/// <summary>Strings with many escapes, of all lengths around those of vectors, against the platform.</summary>
public sealed class EscapedTextTests
{
    private static readonly string[][] Mixtures =
    [
        ["\\\"", "a", "bc", "x: 1"],
        ["\\\\", "\\\"", "a", "\\n"],
        ["\\u00e9", "\\ud83d\\ude00", "\\/", "plain text", "é"],
        ["\\\\\\\\\\\"", "\\t", "ü", "\\b\\f\\r", "€"],
    ];

    private readonly Document document = new();

    [Fact]
    public void AreReadAsThePlatformReadsThem()
    {
        var random = new Random(501);
        for (int i = 0; i < 4000 * TestScale.Factor; i++)
        {
            string[] mixture = Mixtures[random.Next(Mixtures.Length)];
            var text = new StringBuilder();
            for (int left = random.Next(80); left > 0; left--)
            {
                text.Append(mixture[random.Next(random.Next(4) == 0 ? 1 : mixture.Length)]);
            }

            byte[] json = Encoding.UTF8.GetBytes($"\"{text}\"");
            string expected = JsonSerializer.Deserialize<string>(json)!;
            Assert.Equal(expected, Content(json, before: 0, after: 0));
            Assert.Equal(expected, Content(json, before: random.Next(40), after: random.Next(100)));
        }
    }

    [Fact]
    public void ThatAreNotClosedEndAtTheEnd()
    {
        for (int length = 0; length < 100; length++)
        {
            foreach (string end in (string[])["", "\\", "\\\"", "\\\\\\\""])
            {
                byte[] text = Encoding.UTF8.GetBytes("\"" + new string('a', length) + end);
                byte[] framed = [.. text, .. "\",\\\"]}"u8, .. new byte[64]];
                Assert.False(document.TryParse(framed, 0, text.Length, strictUtf8: false, out JsonError? error));
                Assert.Equal((text.Length, "a string is not closed"), (error!.Value.Offset, error.Value.Message));
            }
        }
    }

    /// <summary>The content, where the text stands between others that look like the end of a string.</summary>
    private string Content(byte[] json, int before, int after)
    {
        byte[] framed = new byte[before + json.Length + after];
        for (int i = 0; i < framed.Length; i++)
        {
            framed[i] = "\\\"u"u8[i % 3];
        }

        json.CopyTo(framed, before);
        Assert.True(document.TryParse(framed, before, json.Length, strictUtf8: false, out _));
        document.StringAt(document.RootIndex, out byte[] owner, out int offset, out int length);
        return Encoding.UTF8.GetString(owner, offset, length);
    }
}
