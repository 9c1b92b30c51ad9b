using System.Buffers;
using System.Text;
using Mapping.Diagnostics;
using Mapping.Execution;

namespace Mapping.Tests.Execution;

/// <summary>Texts of failures are there for whoever reads them, however deep he stands within what nobody reads; and only then they cost something.</summary>
public sealed class CaughtFailureTests
{
    private static readonly byte[] Document = """{"a":5,"s":"x","list":["1","x"]}"""u8.ToArray();

    public static TheoryData<string, string> Read => new()
    {
        { "root = this.a.uppercase().catch(err -> err)", "expected string value, got number from field `this.a` (5)" },
        { "root = this.a.uppercase().catch(err -> err).uppercase().catch(\"none\")", "EXPECTED STRING VALUE, GOT NUMBER FROM FIELD `THIS.A` (5)" },
        { "root = this.a.uppercase().catch(err -> throw(err + \"!\")).catch(err -> err)", "expected string value, got number from field `this.a` (5)!" },
        { "root = (this.a.uppercase().catch(err -> err) + \"!\").catch(\"none\")", "expected string value, got number from field `this.a` (5)!" },
        { "root = this.a.uppercase().catch(err -> err) | \"none\"", "expected string value, got number from field `this.a` (5)" },
        { "root = this.nope.uppercase() | this.a.uppercase().catch(err -> err) | 0", "expected string value, got number from field `this.a` (5)" },
        { "root = this.list.map_each(s -> s.number().catch(err -> err)).catch([]).index(1)", "field `s`: parsing \"x\" as a number: invalid syntax" },
        { "root = this.s.parse_json().catch(0).string() + this.s.number().catch(err -> err)", "0field `this.s`: parsing \"x\" as a number: invalid syntax" },
        { "map inner { root = this.uppercase().catch(err -> err) }\nroot = this.a.apply(\"inner\").or(\"none\")", "expected string value, got number from field `this` (5)" },
        { "root = (if this.a.uppercase().catch(err -> err).contains(\"number\") { \"read\" }).or(\"none\")", "read" },
        { "root = this.bloblang(\"root = this.a.uppercase().catch(err -> err)\").or(\"none\")", "expected string value, got number from field `this.a` (5)" },
    };

    [Theory]
    [MemberData(nameof(Read))]
    public void A_text_that_is_read_is_there(string mapping, string expected)
    {
        foreach (Tier tier in (Tier[])[Tier.Interpreter, Tier.Compiled])
        {
            // A second run begins as the first did.
            CompiledMapping compiled = Compile(mapping, tier);
            Assert.Equal(expected, Run(compiled));
            Assert.Equal(expected, Run(compiled));
        }
    }

    [Theory]
    [InlineData("root = this.nope.uppercase() | this.a.uppercase()", "expected string value, got number from field `this.a` (5)")]
    [InlineData("root = this.nope.uppercase().catch(0).uppercase()", "expected string value, got number from method catch (0)")]
    [InlineData("root = this.nope.uppercase().or(this.a.uppercase())", "expected string value, got number from field `this.a` (5)")]
    public void What_is_not_caught_has_its_text(string mapping, string expected)
    {
        foreach (Tier tier in (Tier[])[Tier.Interpreter, Tier.Compiled])
        {
            Assert.Contains(expected, Run(Compile(mapping, tier)), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("root = this.nope.uppercase().catch(\"none\")")]
    [InlineData("root = this.nope.uppercase() | \"none\"")]
    [InlineData("root = (this.s - 1).or(0)")]
    [InlineData("root = this.s.number().catch(0)")]
    [InlineData("root = this.a.split(\",\").catch(null)")]
    [InlineData("root = this.list.map_each(s -> s.number() | 0)")]
    public void A_text_that_nobody_reads_is_not_made(string mapping)
    {
        foreach (Tier tier in (Tier[])[Tier.Interpreter, Tier.Compiled])
        {
            CompiledMapping compiled = Compile(mapping, tier);
            var output = new ArrayBufferWriter<byte>();
            long least = long.MaxValue;
            for (int round = 0; round < 5; round++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 100; i++)
                {
                    output.ResetWrittenCount();
                    compiled.Run(Document, output, out _);
                }

                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            Assert.Equal(0, least);
        }
    }

    [Fact]
    public void What_a_function_of_the_host_compiles_is_told_whole()
    {
        string? told = null;
        MappingEnvironment environment = MappingEnvironment.Full.WithMethod("compiled", (string text) =>
        {
            told = MappingEnvironment.Full.TryCompile(text, out _, out IReadOnlyList<Diagnostic> found) ? null : found[0].Message;
            return told ?? "";
        });
        foreach (Tier tier in (Tier[])[Tier.Interpreter, Tier.Compiled])
        {
            environment.WithTier(tier).Compile("root = this.nope.uppercase().or(\"root = file(\\\"/nope\\\")\").compiled().uppercase().catch(0)").Run(Document, new ArrayBufferWriter<byte>(), out _);
            Assert.Contains("no such file", told, StringComparison.Ordinal);
        }
    }

    /// <summary>What stands before each of them is not compiled again and again.</summary>
    [Theory]
    [InlineData(".catch(1)")]
    [InlineData(" | this.a.uppercase()")]
    public void Many_that_catch_one_after_another_are_compiled_and_run(string one)
    {
        string mapping = "root = this.a.uppercase()" + string.Concat(Enumerable.Repeat(one, 20_000)) + ".catch(1)";
        foreach (Tier tier in (Tier[])[Tier.Interpreter, Tier.Compiled])
        {
            Assert.Equal("1", Run(Compile(mapping, tier)));
        }
    }

    private static CompiledMapping Compile(string mapping, Tier tier) => MappingEnvironment.Full.WithTier(tier).Compile(mapping);

    private static string Run(CompiledMapping mapping)
    {
        var output = new ArrayBufferWriter<byte>();
        mapping.Run(Document, output, out MappingError? error);
        return error?.Text ?? Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
