using System.Buffers;
using System.Text;
using Mapping.Execution;
using Mapping.Functions;

namespace Mapping.Tests.Execution;

/// <summary>Iterations and calculations take shorter ways where nobody can see it. These mappings could.</summary>
public class ShortcutTests
{
    private const string Letters = """{"o":{"a":1,"b":2,"c":3}}""";

    /// <summary>Pairs become objects in the middle of an iteration over them, because the query asks for the whole array.</summary>
    [Theory]
    [InlineData("let kv = this.o.key_values()\nroot = $kv.map_each(i -> i.value + $kv.index(0).value)", Letters, "[2,3,4]")]
    [InlineData("let kv = this.o.key_values()\nroot = $kv.filter(i -> i.value > $kv.index(0).value).map_each(i -> i.key)", Letters, """["b","c"]""")]
    [InlineData("root.kv = this.o.key_values()\nroot = root.kv.map_each(i -> root.kv.0.key + i.key)", Letters, """["aa","ab","ac"]""")]
    [InlineData("root = this.o.values().enumerated().filter(e -> e.value != 2)", Letters, """[{"index":0,"value":1},{"index":2,"value":3}]""")]

    // A query that renames keys while it renames keys.
    [InlineData(
        "root = this.o.map_each_key(k -> if k == \"a\" { \"P\" } else { (\"{\\\"x\\\":1}\" + k.slice(0, 0)).parse_json().map_each_key(j -> j.uppercase()).keys().index(0) })",
        Letters,
        """{"P":1,"X":3}""")]
    [InlineData("root = this.o.map_each_key(k -> k.bloblang(\"root = this + counter().string()\"))", """{"o":{"b":1,"a":2}}""", """{"b2":1,"a1":2}""")]
    [InlineData("root = this.o.map_each(k -> k.key.bloblang(\"root = this + counter().string()\"))", """{"o":{"b":1,"a":2}}""", """{"b":"b2","a":"a1"}""")]

    // Numbers whose kind shows.
    [InlineData("root = \"%.2f\".format(this.n.number())", """{"n":"12.5"}""", "12.50")]
    [InlineData("root = this.n / 4 * 2.0", """{"n":-0}""", "-0")]
    [InlineData("root = [this.a + 0.5, this.b * 1.5, this.a / 3]", """{"a":9007199254740993,"b":18446744073709551615}""", "[9007199254740992,27670116110564327000,3002399751580330.5]")]
    public void A_shorter_way_gives_the_same(string mapping, string document, string expected)
    {
        foreach (Tier tier in (Tier[])[Tier.Interpreter, Tier.Compiled])
        {
            CompiledMapping compiled = MappingEnvironment.Restricted.WithTier(tier).Compile(mapping);

            // The first document teaches what the later ones use.
            for (int i = 0; i < 3; i++)
            {
                string result = Run(compiled, document);
                if (i == 0 || !mapping.Contains("counter", StringComparison.Ordinal))
                {
                    Assert.Equal(expected, result);
                }
            }
        }
    }

    [Fact]
    public void Of_several_errors_the_one_of_the_smallest_key_is_told()
    {
        foreach (Tier tier in (Tier[])[Tier.Interpreter, Tier.Compiled])
        {
            CompiledMapping compiled = MappingEnvironment.Restricted.WithTier(tier).Compile("root = this.map_each(i -> i.value - 1)");
            Assert.Contains("process element b", Run(compiled, """{"z":"x","b":"y","c":"z","a":1}"""), StringComparison.Ordinal);
        }
    }

    /// <summary>An error is not looked for again on every level: 18 levels would take a quarter of a million evaluations.</summary>
    [Fact]
    public void An_error_deep_within_iterations_costs_no_second_evaluation()
    {
        string mapping = "root = this.map_each(i0 -> " + string.Concat(Enumerable.Range(1, 18).Select(i => $"i{i - 1}.value.map_each(i{i} -> ")) + "i18.value - \"x\"" + new string(')', 19);
        string document = string.Concat(Enumerable.Repeat("""{"k":""", 19)) + "1" + new string('}', 19);
        CompiledMapping compiled = MappingEnvironment.Restricted.WithLimits(new Limits { MaxSteps = 1_000 }).Compile(mapping);
        string error = Run(compiled, document);
        Assert.DoesNotContain("steps", error, StringComparison.Ordinal);
        Assert.Contains("cannot subtract", error, StringComparison.Ordinal);
    }

    private static string Run(CompiledMapping mapping, string document)
    {
        var output = new ArrayBufferWriter<byte>();
        mapping.Run(Encoding.UTF8.GetBytes(document), output, out MappingError? error);
        return error?.Text ?? Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
