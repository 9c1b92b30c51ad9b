using Mapping.Execution;

namespace Mapping.Tests.Execution;

/// <summary>What variables and contexts may hold, on both tiers: generated code leaves out questions whose answer it knows.</summary>
public class VariableTests
{
    private const string Undefined = "variable 'a' undefined";

    [Theory]
    [InlineData("let a = \"x\".uppercase()\nroot = $a", "{}", "X")]
    [InlineData("let a = [1]\nlet a = nothing()\nroot = $a.index(0)", "{}", "1")]
    [InlineData("let a = {\"b\":2}\nlet a = deleted()\nroot = $a.b", "{}", Undefined)]
    [InlineData("let a = {\"b\":2}\nif this.c == 1 {\n  let a = deleted()\n}\nroot = $a.b", """{"c":1}""", Undefined)]
    [InlineData("let a = {\"b\":2}\nif this.c == 1 {\n  let a = deleted()\n}\nroot = $a.b", """{"c":2}""", "2")]
    [InlineData("if this.c == 1 {\n  let a = \"x\".uppercase()\n}\nroot = $a", """{"c":2}""", Undefined)]
    [InlineData("let a = if this.c == 1 { [7] }\nroot = $a.index(0)", """{"c":2}""", Undefined)]
    [InlineData("let a = this.c | deleted()\nroot = $a", "{}", Undefined)]
    [InlineData("let a = this.c.catch(nothing())\nlet a = this.d.or(nothing())\nroot = $a", """{"c":3}""", "3")]
    [InlineData("let a = this.c.uppercase().catch(deleted())\nroot = $a", """{"c":3}""", Undefined)]
    [InlineData("let a = \"x\".length()\nroot = [1,2].map_each(i -> i + $a)", "{}", "[2,3]")]
    [InlineData("let a = \"x\".length()\nmap m {\n  root = $a\n}\nroot = this.apply(\"m\")", "{}", Undefined)]
    [InlineData("map m {\n  let a = \"x\".length()\n  root.a = $a + this.n\n}\nroot = this.apply(\"m\")", """{"n":1}""", """{"a":2}""")]

    // The context of a caller is a document that may be none.
    [InlineData("map m {\n  root.user = target -> this.user\n}\nroot = \"x\".apply(\"m\").catch(\"failed\")", "no JSON", "failed")]
    [InlineData("map m {\n  root.user = target -> this.user\n}\nroot = \"x\".apply(\"m\")", "no JSON", "unable to reference message as structured")]
    public void Both_tiers_see_what_a_variable_holds(string text, string document, string expected)
    {
        foreach (Tier tier in (Tier[])[Tier.Interpreter, Tier.Compiled])
        {
            Assert.Contains(expected, SeenRun.Of(MappingEnvironment.Full.WithTier(tier).Compile(text), document, mutation: false), StringComparison.Ordinal);
        }
    }
}
