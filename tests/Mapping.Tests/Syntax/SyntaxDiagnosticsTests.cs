using Mapping.Diagnostics;
using Mapping.Syntax;
using Mapping.Text;

namespace Mapping.Tests.Syntax;

/// <summary>What a person who made a typical mistake reads.</summary>
public sealed class SyntaxDiagnosticsTests
{
    [Fact]
    public void All_errors_of_a_text_are_shown_and_the_rest_is_kept()
    {
        const string text = "root.a=1\nroot.b = 'x'\nroot.c = 3\nmap m {\n  root.d = (1 + 2\n  root.e = 5\n}\n";
        var bag = new DiagnosticBag();
        MappingSyntax? mapping = MappingParser.ParseMapping(new SourceText(text), bag);
        Assert.Equal([1, 2, 6], bag.ToList().Select(d => d.Position.Line));
        Assert.Equal(2, Assert.IsType<StatementsSyntax>(mapping).Statements.Count);
        Assert.Equal(
            """
            mapping:6:3: error M101: expected `)` to close the `(` opened at 5:12
              6 |   root.e = 5
                |   ^^^^
            """,
            bag.ToList()[2].ToString());
    }

    [Theory]
    [InlineData("root.a = 'x'", "strings are quoted with \"")]
    [InlineData("root.a = 1 // x", "a comment begins with #")]
    [InlineData("root.a = 1; root.b = 2", "a statement ends at the end of its line")]
    [InlineData("root.a = this.a & this.b", "write `&&`")]
    [InlineData("root.a = this.a and this.b", "write `&&`")]
    [InlineData("root.a = this.a ? 1 : 2", "write if condition { a } else { b }")]
    [InlineData("root.a = this.a[0]", "to index write .0 or .index(0), to look up a key .name or .get(\"name\")")]
    [InlineData("root.a = this?.b", "there is no `?.`; a path through a missing field is null")]
    [InlineData("root.a = now ()", "no blank can stand between a name and its `(`")]
    [InlineData("root.a = \"x", "add the closing quote")]
    [InlineData("root.a = if this.a { 1 } else  if this.b { 2 }", "`else if` is written on one line with exactly one space")]
    [InlineData("root.a = .5", "write the zero before the point, as in 0.5")]
    [InlineData("root.a = +1", "a number has no plus sign")]
    [InlineData("root.a = 1e3", "numbers have no exponent; write out the zeros")]
    [InlineData("root.a == 1\nroot.b = 2", "to assign the expression on line 1, write `root = ` before it")]
    [InlineData("root.a = \"x\ny\"", "use \\n or a triple quoted string")]
    public void Typical_mistakes_get_a_hint(string text, string hint)
    {
        var bag = new DiagnosticBag();
        MappingParser.ParseMapping(new SourceText(text), bag);
        Assert.Equal(hint, Assert.Single(bag.ToList()).Hint);
    }

    [Theory]
    [InlineData("root.a = ", "expected an expression after `=`")]
    [InlineData("root.a = (1 + 2", "expected `)` to close the `(` opened at 1:10")]
    [InlineData("map m {\n  root = 1\n", "expected `}` to close the `{` opened at 1:7")]
    [InlineData("root.a=1", "expected a blank before `=`")]
    public void Messages_name_what_is_missing(string text, string message)
    {
        var bag = new DiagnosticBag();
        MappingParser.ParseMapping(new SourceText(text), bag);
        Assert.Equal(message, Assert.Single(bag.ToList()).Message);
    }
}
