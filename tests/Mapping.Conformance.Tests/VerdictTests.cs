using System.Text;
using Mapping.Conformance.Runner;
using Mapping.Diagnostics;
using Mapping.Text;

namespace Mapping.Conformance.Tests;

public sealed class VerdictTests
{
    [Fact]
    public void The_kind_of_an_error_matters()
    {
        Expectation expected = new() { Error = "failed assignment (line 1): no" };

        Assert.False(Agrees(expected, new ParseErrorAnswer([Fault(1)])));
        Assert.False(Agrees(expected, new DeletedAnswer()));
        Assert.False(Agrees(expected, Output("x")));
    }

    [Theory]
    [InlineData("failed assignment (line 2): a", "failed assignment (line 2): b", true)]
    [InlineData("failed assignment (line 2): a", "failed assignment (line 3): a", false)]
    [InlineData("failed assignment (line 2): a", "a", false)]
    [InlineData("custom", "failed assignment (line 3): a", true)]
    public void The_line_of_a_failure_matters_where_it_is_given(string expected, string actual, bool agrees) =>
        Assert.Equal(agrees, Agrees(new() { Error = expected }, new ErrorAnswer(new MappingError(actual, Fault(1)))));

    [Fact]
    public void The_line_of_a_parse_error_matters()
    {
        Expectation expected = new() { ParseError = new ExpectedParseError(2, "no") };

        Assert.True(Agrees(expected, new ParseErrorAnswer([Fault(2), Fault(3)])));
        Assert.False(Agrees(expected, new ParseErrorAnswer([Fault(1)])));
    }

    [Fact]
    public void Absent_metadata_means_none()
    {
        Expectation expected = new() { Output = Encoding.UTF8.GetBytes("x") };

        Assert.True(Agrees(expected, Output("x")));
        Assert.False(Agrees(expected, Output("x", """{"k":1}""")));
    }

    private static bool Agrees(Expectation expected, Answer answer) =>
        Verdict.Agrees(new ConformanceCase { Id = "a", Mapping = "", Expected = expected }, answer, out _);

    private static OutputAnswer Output(string body, string metadata = "{}") => new(Encoding.UTF8.GetBytes(body), Encoding.UTF8.GetBytes(metadata));

    private static Diagnostic Fault(int line)
    {
        var source = new SourceText(new string('\n', 10));
        return new Diagnostic("M101", Severity.Error, "no", source, new TextSpan(line - 1, 0));
    }
}
