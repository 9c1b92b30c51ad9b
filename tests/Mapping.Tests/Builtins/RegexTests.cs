using Mapping.Builtins.Strings;
using Mapping.Values;

namespace Mapping.Tests.Builtins;

/// <summary>RE2 syntax and semantics.</summary>
public class RegexTests
{
    [Theory]
    [InlineData("\\d", "٣", "[]")]
    [InlineData("\\w+", "naïve", "[na|ve]")]
    [InlineData("\\bcat\\b", "écaté", "[cat]")]
    [InlineData("a$", "a\n", "[]")]
    [InlineData("(?m)^b$", "a\nb\nc", "[b]")]
    [InlineData(".", "x🚀", "[x|🚀]")]
    [InlineData("[^x]", "x🚀\n", "[🚀|\n]")]
    [InlineData("\\Qa.b\\E+", "a.bb", "[a.bb]")]
    [InlineData("(?U)a+", "aaa", "[a|a|a]")]
    [InlineData("(?i)straße", "STRAßE", "[STRAßE]")]
    [InlineData("(?i)k", "K", "[K]")]
    [InlineData("(?i)s", "ſS", "[ſ|S]")]
    [InlineData("\\p{Greek}+", "abγδ", "[γδ]")]
    [InlineData("\\PL+", "ab12é", "[12]")]
    [InlineData("[\\pN[:punct:]]+", "a1!٣b", "[1!٣]")]
    [InlineData("[[:^alpha:]]", "a1", "[1]")]
    [InlineData("\\x{1F680}|\\x41", "🚀A", "[🚀|A]")]
    [InlineData("a|ab", "ab", "[a]")]
    [InlineData("b*", "xabxc", "[||b||]")]
    [InlineData("[]a]+", "]a", "[]a]")]
    [InlineData("x{,2}", "x{,2}", "[x{,2}]")]
    [InlineData("(?s:.)(?:.)?", "\nab", "[\na|b]")]
    public void Finds(string pattern, string text, string expected) =>
        Assert.Equal(expected, Call.Text(RegexFinding.ReFindAll, text, Value.FromString(pattern)));

    [Theory]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("*")]
    [InlineData("a**")]
    [InlineData("a{1001}")]
    [InlineData("(a{100}){100}")]
    [InlineData("[z-a]")]
    [InlineData("[a")]
    [InlineData("(?=a)")]
    [InlineData("(?<!a)")]
    [InlineData("(?P<a-b>x)")]
    [InlineData("\\1")]
    [InlineData("\\C")]
    [InlineData("\\Z")]
    [InlineData("\\pX")]
    [InlineData("\\x{110000}")]
    [InlineData("(?z)")]
    [InlineData("a\\")]
    public void Refuses(string pattern) =>
        Assert.StartsWith("error: error parsing regexp: ", Call.Text(RegexFinding.ReMatch, "x", Value.FromString(pattern)), StringComparison.Ordinal);

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.Contains("nests too deeply", Call.Text(RegexFinding.ReMatch, "x", Value.FromString(new string('(', 100_000))), StringComparison.Ordinal);

    [Fact]
    public void Nested_repetition_takes_linear_time() =>
        Assert.Equal("false", Call.Text(RegexFinding.ReMatch, new string('a', 20_000) + "!", Value.FromString("^(a+)+$")));

    [Fact]
    public void Invalid_bytes_are_single_characters_and_stay_as_they_are()
    {
        Value found = Call.Method(RegexFinding.ReFindAll, Value.FromUtf8([0xFF, (byte)'a', 0xE2, 0x82]), Value.FromString("[^a]"));
        Assert.Equal(3, found.Count);
        Assert.Equal([0xE2], found.ElementAt(1).AsSpan().ToArray());
    }

    [Fact]
    public void Groups_have_names_or_numbers() =>
        Assert.Equal("{0=12-ab-cd|1=12|3=cd|name=ab}", Call.Text(RegexFinding.ReFindObject, "id 12-ab-cd", Value.FromString("(\\d+)-(?P<name>\\w+)-(\\w+)")));

    [Theory]
    [InlineData("(\\d)", "${1}x", "1-2", "1x-2x")]
    [InlineData("(\\d)", "$1x", "1-2", "-")]
    [InlineData("cost", "$$5 $ ${ $9[$nope]", "cost", "$5 $ ${ []")]
    [InlineData("", ".", "é🚀", ".é.🚀.")]
    [InlineData("(a)(b)?", "[$1|$2]", "ab a", "[a|b] [a|]")]
    public void Replaces(string pattern, string replacement, string text, string expected) =>
        Assert.Equal(expected, Call.Text(RegexReplacing.ReReplaceAll, text, Value.FromString(pattern), Value.FromString(replacement)));
}
