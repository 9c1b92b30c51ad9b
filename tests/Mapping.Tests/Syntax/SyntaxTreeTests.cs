using Mapping.Diagnostics;
using Mapping.Syntax;
using Mapping.Text;

namespace Mapping.Tests.Syntax;

/// <summary>The trees that texts stand for, as printed.</summary>
public sealed class SyntaxTreeTests
{
    [Theory]
    [InlineData("--5", "shorthand\n  negate\n    integer -5\n")]
    [InlineData("1 + x -> x + 2", "shorthand\n  chain\n    integer 1\n    +\n      lambda x\n        chain\n          name x\n          +\n            integer 2\n")]
    [InlineData("a | 2 + 3", "shorthand\n  chain\n    chain\n      name a\n      |\n        integer 2\n    +\n      integer 3\n")]
    [InlineData("!this.a == b", "shorthand\n  chain\n    not\n      tails\n        this\n        .a\n    ==\n      name b\n")]
    [InlineData("5.0.1", "shorthand\n  tails\n    float 5\n    .1\n")]
    [InlineData("match { _ => \"\\xff\" }", "shorthand\n  match\n    otherwise\n    value\n      string \"\\xff\"\n")]
    [InlineData("if = 5", "mapping\n  assign if\n    integer 5\n")]
    [InlineData("meta = @.k", "mapping\n  meta\n    tails\n      metadata\n      .k\n")]
    [InlineData("a = b\n  .c # last", "mapping\n  assign a\n    tails\n      name b\n      .c\n")]
    [InlineData("a = (1\n  + 2)", "mapping\n  assign a\n    group\n      chain\n        integer 1\n        +\n          integer 2\n")]
    public void Texts_print_as_trees(string text, string tree)
    {
        var bag = new DiagnosticBag();
        MappingSyntax? mapping = MappingParser.ParseMapping(new SourceText(text), bag);
        Assert.Empty(bag.ToList());
        Assert.Equal(tree, SyntaxPrinter.Print(mapping!));
    }

    [Fact]
    public void Interpolations_know_their_parts()
    {
        InterpolationSyntax? field = MappingParser.ParseInterpolation(new SourceText("a ${! {\"x\": \"}\"}.x } ${{! y }}"), new DiagnosticBag());
        Assert.Equal(4, field!.Parts.Count);
        Assert.Equal(2, Assert.IsType<ExpressionPartSyntax>(field.Parts[1]).Span.Start);
        Assert.Equal("${! y }", System.Text.Encoding.UTF8.GetString(Assert.IsType<TextPartSyntax>(field.Parts[3]).Utf8));
    }
}
