using System.Buffers;
using System.Text;
using System.Text.Json;
using Mapping.Execution;

namespace Mapping.Tests.Execution;

/// <summary>An element of a split text is found without the array; the platform's split, and the interpreter, tell what it must be.</summary>
public sealed class SplitElementTests
{
    [Fact]
    public void An_element_is_that_of_the_array()
    {
        var random = new Random(84);
        CompiledMapping[] mappings = [.. Enumerable.Range(0, 5).Select(i => Compile($"root = [this.v.split(\"?\").index({i}).catch(null), this.v.split(\"?\").index({i}).uppercase().catch(\"none\")]", Tier.Compiled))];
        for (int i = 0; i < 2000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(random.Next(3) == 0 ? 100 : 36)).Select(_ => "abé?/?"[random.Next(6)]));
            string[] parts = text.Split('?');
            for (int at = 0; at < mappings.Length; at++)
            {
                string? part = at < parts.Length ? parts[at] : null;
                string?[] expected = [part, part?.ToUpperInvariant() ?? "none"];
                Assert.Equal(expected, JsonSerializer.Deserialize<string?[]>(Run(mappings[at], JsonSerializer.Serialize(new { v = text }))));
            }
        }
    }

    [Theory]
    [InlineData("root = this.v.split(\"?\").index(1)")]
    [InlineData("root = this.v.split(\"?\").index(-1)")]
    [InlineData("root = this.v.split(\"?\").index(70)")]
    [InlineData("root = this.v.split(\"?\", true).index(1)")]
    [InlineData("root = this.v.split(\"\").index(1)")]
    [InlineData("root = this.v.split(\"??\").index(1)")]
    [InlineData("root = this.v.bytes().split(\"?\").index(1).string()")]
    [InlineData("root = this.v.split(\"?\").index(1).split(\"/\").index(1)")]
    [InlineData("root.a = this.v.split(\"?\").index(1).split(\"/\").index(0).or(\"x\")")]
    public void Both_tiers_agree_on_values_and_errors(string mapping)
    {
        CompiledMapping interpreted = Compile(mapping, Tier.Interpreter);
        CompiledMapping compiled = Compile(mapping, Tier.Compiled);
        foreach (string value in (string[])["\"a?b/c\"", "\"?\"", "\"\"", "\"ab\"", "\"a??b\"", "1", "null", "[\"a\",\"b\"]", "{}"])
        {
            string document = $$"""{"v":{{value}}}""";
            Assert.Equal(Run(interpreted, document), Run(compiled, document));
        }
    }

    private static CompiledMapping Compile(string mapping, Tier tier) => MappingEnvironment.Restricted.WithTier(tier).Compile(mapping);

    private static string Run(CompiledMapping mapping, string document)
    {
        var output = new ArrayBufferWriter<byte>();
        mapping.Run(Encoding.UTF8.GetBytes(document), output, out MappingError? error);
        return error is null ? Encoding.UTF8.GetString(output.WrittenSpan) : error.ToString()!;
    }
}
