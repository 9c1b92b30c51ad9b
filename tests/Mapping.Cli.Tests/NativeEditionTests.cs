using Mapping.Cli.Catalogue;
using Mapping.Diagnostics;
using Mapping.Extras;

namespace Mapping.Cli.Tests;

/// <summary>The edition without Mapping.Extras names what it lacks, exactly and in words a user can act on.</summary>
public sealed class NativeEditionTests
{
    [Fact]
    public void The_names_are_those_of_the_extras()
    {
        Assert.Equal(Names(isMethod: false), NativeEdition.Gap.Functions.Order(StringComparer.Ordinal));
        Assert.Equal(Names(isMethod: true), NativeEdition.Gap.Methods.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(
        "root = this.json_schema(\"{}\")",
        "mapping:1:13: error M228: method \"json_schema\" is not part of the native edition\n  1 | root = this.json_schema(\"{}\")\n    |             ^^^^^^^^^^^ use the .NET tool")]
    [InlineData(
        "root = fake(\"email\")",
        "mapping:1:8: error M228: function \"fake\" is not part of the native edition\n  1 | root = fake(\"email\")\n    |        ^^^^ use the .NET tool")]
    [InlineData(
        "root = this.fake()",
        "mapping:1:13: error M204: unknown method \"fake\"\n  1 | root = this.fake()\n    |             ^^^^")]
    public void A_call_of_what_it_lacks_is_told_so(string mapping, string expected)
    {
        MappingEnvironment native = MappingEnvironment.Full.Lacking(NativeEdition.Gap);
        Assert.False(native.TryCompile(mapping, out _, out IReadOnlyList<Diagnostic> diagnostics));
        Assert.Equal(expected, Assert.Single(diagnostics).ToString());
    }

    [Fact]
    public void What_is_lacking_is_lacking_in_every_environment_made_from_it()
    {
        MappingEnvironment native = MappingEnvironment.Full.Lacking(NativeEdition.Gap).WithTextVariable("a", "b").Without("now").OnlyPure();
        Assert.False(native.TryCompile("root = this.slug()", out _, out IReadOnlyList<Diagnostic> diagnostics));
        Assert.Equal("M228", Assert.Single(diagnostics).Code);
    }

    private static IEnumerable<string> Names(bool isMethod) =>
        ExtraBuiltins.All.SelectMany(g => isMethod ? g.Methods : g.Functions).Order(StringComparer.Ordinal);
}
