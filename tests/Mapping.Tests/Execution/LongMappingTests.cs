using System.Text;
using Mapping.Execution;
using Mapping.Execution.Emission;

namespace Mapping.Tests.Execution;

/// <summary>Long mappings become several methods, and what is beyond a size is interpreted. Nobody may see where.</summary>
public class LongMappingTests
{
    private const int Statements = 4_000;

    /// <summary>Statements of all kinds; each reads what others far before it have set.</summary>
    private static string Long(int failing = -1)
    {
        var text = new StringBuilder("map twice {\n  root = this * 2\n}\nlet v0 = this.a\nroot.f0 = 0\nmeta m0 = \"first\"\n");
        for (int i = 1; i < Statements; i++)
        {
            int far = i / 2;
            text.AppendLine(i == failing ? "root.broken = this.s.number()" : (i % 8) switch
            {
                0 => $"let v{i} = $v{far / 8 * 8} + 1",
                1 => $"root.f{i} = this.a + {i}",
                2 => $"meta m{i} = $v{far / 8 * 8}",
                3 => $"if $v{far / 8 * 8} > 5 {{ root.f{i} = \"large\" }} else {{ root.f{i} = @m{(far / 8 * 8) + 2} }}",
                4 => $"root.f{i} = match $v{far / 8 * 8} {{ this > 3 => this.apply(\"twice\"), _ => root.f{(far / 8 * 8) + 1} }}",
                5 => $"root.f{i} = this.l.map_each(e -> e + $v{far / 8 * 8})",
                6 => far % 2 == 0 ? $"root.f{i - 1} = deleted()" : $"root.f{i - 1} = [this.missing]",
                _ => $"root.g.x{i % 50} = {{ \"i\": {i}, \"t\": this.s.uppercase() }}",
            });
        }

        return text.Append("root.last = [$v0, $v").Append((Statements - 1) / 8 * 8).Append(", @m0, root.f1]").ToString();
    }

    [Fact]
    public void Both_tiers_agree_on_a_long_mapping()
    {
        string text = Long();
        string expected = Seen(Tier.Interpreter, text);
        Assert.Contains("\"last\":[1,", expected, StringComparison.Ordinal);
        Assert.Equal(expected, Seen(Tier.Compiled, text));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(79)]
    [InlineData(640)]
    [InlineData(2_500)]
    [InlineData(Statements - 1)]
    public void A_failure_is_told_with_its_place_wherever_it_is(int failing)
    {
        string text = Long(failing);
        string expected = Seen(Tier.Interpreter, text);
        Assert.Contains($"(line {failing + 6})", expected, StringComparison.Ordinal);
        Assert.Equal(expected, Seen(Tier.Compiled, text));
    }

    [Fact]
    public void A_variable_that_is_never_set_is_missed_in_every_part()
    {
        string text = Long() + "\nif this.a == 2 { let never = 1 }\nroot.never = $never";
        string expected = Seen(Tier.Interpreter, text);
        Assert.Contains("variable 'never' undefined", expected, StringComparison.Ordinal);
        Assert.Equal(expected, Seen(Tier.Compiled, text));
    }

    [Fact]
    public void Only_so_much_of_a_mapping_becomes_code()
    {
        int methods = MethodsOf(400);
        Assert.InRange(methods, 3, 20);
        int most = MethodsOf(2_500);
        Assert.InRange(most, methods + 1, 60);
        Assert.Equal(most, MethodsOf(5_000));
    }

    private static int MethodsOf(int statements)
    {
        string text = string.Join('\n', Enumerable.Range(0, statements).Select(i => $"root.f{i} = this.a + {i}"));
        return GeneratedCode.Of(() => MappingEnvironment.Restricted.WithTier(Tier.Compiled).Compile(text)).Count;
    }

    private static string Seen(Tier tier, string text)
    {
        CompiledMapping mapping = MappingEnvironment.Restricted.WithTier(tier).Compile(text);
        const string Document = """{"a":1,"s":"text","l":[1,2]}""";
        string first = SeenRun.Of(mapping, Document, mutation: false);

        // What the first run has cached must not show in the second.
        Assert.Equal(first, SeenRun.Of(mapping, Document, mutation: false));
        return first + SeenRun.Of(mapping, Document, mutation: true);
    }
}
