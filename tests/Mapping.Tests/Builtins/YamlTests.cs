using Mapping.Builtins.Parsing;
using Mapping.Values;

namespace Mapping.Tests.Builtins;

public class YamlTests
{
    [Theory]
    [InlineData("a: &x {b: c}\nd:\n  <<: *x\n  e: f", "{a={b=c}|d={b=c|e=f}}")]
    [InlineData("- 0x10\n- 017\n- 0o17\n- 1_000\n- yes\n- ~\n- true", "[16|15|15|1000|yes|null|true]")]
    [InlineData("# nothing", "null")]
    [InlineData("a: |\n  x\n  y\nb: >-\n  x\n  y", "{a=x\ny\n|b=x y}")]
    public void Reads(string text, string expected) => Assert.Equal(expected, Call.Text(YamlReading.ParseYaml, text));

    [Theory]
    [InlineData("a: 1\na: 2")]
    [InlineData("1: a")]
    [InlineData("a: [")]
    [InlineData("a: *b")]
    [InlineData("--- a\n--- b")]
    [InlineData("!!int x")]
    [InlineData("<<: a")]
    public void Refuses(string text) => Assert.StartsWith("error: failed to parse value as yaml", Call.Text(YamlReading.ParseYaml, text), StringComparison.Ordinal);

    [Fact]
    public void Aliases_that_multiply_are_refused()
    {
        string text = "a0: &a0 [x, x]\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n"));
        Assert.Contains("too large", Call.Text(YamlReading.ParseYaml, text), StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_documents_are_refused() =>
        Assert.StartsWith("error", Call.Text(YamlReading.ParseYaml, new string('[', 10_000)), StringComparison.Ordinal);

    [Theory]
    [InlineData("true")]
    [InlineData("<<")]
    [InlineData("12")]
    [InlineData("- a")]
    [InlineData("a: b")]
    [InlineData(" a ")]
    [InlineData("it's #1")]
    [InlineData("")]
    [InlineData("2024-01-01")]
    [InlineData("a\nb\n")]
    [InlineData("a\n\n\n")]
    [InlineData("\n a\tb\0\u2028\uFEFF")]
    public void Texts_come_back(string text)
    {
        Value written = Call.Method(YamlFormatting.FormatYaml, Value.FromString(text));
        Assert.Equal(text, Call.Method(YamlReading.ParseYaml, written).AsHostString());
    }
}
