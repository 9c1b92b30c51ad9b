using System.Text;
using Mapping.Builtins.Parsing;
using Mapping.Builtins.Strings;
using Mapping.Values;

namespace Mapping.Tests.Builtins;

/// <summary>Texts around the lengths of vectors and words, against what the host does.</summary>
public sealed class ShortTextTests
{
    [Fact]
    public void MasksHaveABitForEveryPlace()
    {
        var random = new Random(81);
        for (int length = 0; length <= ByteMask.MaxLength; length++)
        {
            for (int i = 0; i < 20; i++)
            {
                byte[] text = Encoding.ASCII.GetBytes(RandomText(random, length));
                ulong expected = 0;
                for (int at = 0; at < length; at++)
                {
                    expected |= text[at] == '=' ? 1UL << at : 0;
                }

                Assert.Equal(expected, ByteMask.Of(text, (byte)'='));
                byte[] owner = [.. "=="u8, .. text, .. Enumerable.Repeat((byte)'=', random.Next(40))];
                Assert.Equal(expected, ByteMask.Of(Value.FromUtf8(owner, 2, length), (byte)'='));
            }
        }
    }

    [Fact]
    public void TextsAreSplitAndReplacedAsTheHostDoes()
    {
        var random = new Random(82);
        for (int i = 0; i < 4000; i++)
        {
            string text = RandomText(random, random.Next(random.Next(3) == 0 ? 200 : 40));
            string replacement = random.Next(3) switch { 0 => "", 1 => "_", _ => "é\"" };
            Assert.Equal($"[{string.Join('|', text.Split('='))}]", Call.Text(Splitting.Split, text, Value.FromString("="), Value.False));
            Assert.Equal(
                $"[{string.Join('|', text.Split('=').Select(p => p.Length == 0 ? "null" : p))}]",
                Call.Text(Splitting.Split, text, Value.FromString("="), Value.True));
            Assert.Equal(
                text.Replace("=", replacement, StringComparison.Ordinal),
                Call.Text(Replacing.ReplaceAll, text, Value.FromString("="), Value.FromString(replacement)));
        }
    }

    /// <summary>In an owner with room for a vector, as texts of documents mostly are.</summary>
    [Fact]
    public void BytesAreRemovedAsTheHostDoes()
    {
        var random = new Random(85);
        for (int i = 0; i < 4000; i++)
        {
            string text = RandomText(random, random.Next(40));
            byte[] owner = [.. "=\""u8, .. Encoding.ASCII.GetBytes(text), .. "\"="u8, .. new byte[random.Next(40)]];
            Value target = random.Next(3) switch
            {
                0 => Value.FromBytes(owner, 2, text.Length),
                1 => Value.FromQuoted(owner, 2, text.Length),
                _ => Value.FromUtf8(owner, 2, text.Length),
            };
            Value result = Call.Method(Replacing.ReplaceAll, target, Value.FromString("="), Value.FromString(""));
            Assert.Equal(target.Kind, result.Kind);
            Assert.Equal(text.Replace("=", "", StringComparison.Ordinal), result.AsHostString());
            if (result.IsQuoted)
            {
                Assert.Equal($"\"{result.AsHostString()}\"", Encoding.ASCII.GetString(result.AsQuotedSpan()));
            }
        }
    }

    [Fact]
    public void FormsAreReadTheSameWithAndWithoutEscapes()
    {
        var random = new Random(83);
        for (int i = 0; i < 4000; i++)
        {
            string form = RandomText(random, random.Next(random.Next(3) == 0 ? 100 : 40));

            // The escape makes all of it take the slower road.
            string plain = Call.Text(FormReading.ParseFormUrlEncoded, form + "&zz=A");
            Assert.Equal(Call.Text(FormReading.ParseFormUrlEncoded, form + "&zz=%41"), plain);
        }
    }

    private static string RandomText(Random random, int length) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => "ab=&c"[random.Next(5)]));
}
