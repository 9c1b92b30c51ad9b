using Mapping.Cli.Pipelines;

namespace Mapping.Cli.Tests;

/// <summary>Files of environment variables, as <c>--env-file</c> reads them.</summary>
public class EnvironmentFileTests
{
    [Theory]
    [InlineData("A=1", "A", "1")]
    [InlineData("  A = some words  ", "A", "some words")]
    [InlineData("export A=1", "A", "1")]
    [InlineData("export=1", "export", "1")]
    [InlineData("A=", "A", "")]
    [InlineData("A=\r\n", "A", "")]
    [InlineData("A=a#b # c", "A", "a#b")]
    [InlineData("A=#c", "A", "")]
    [InlineData("A=k=v", "A", "k=v")]
    [InlineData("# c\n\n\tA='a # \\n \"b\"' # c", "A", "a # \\n \"b\"")]
    [InlineData("A=\"a\\n\\t\\\"b\\\" \\$x \\d\"", "A", "a\n\t\"b\" $x \\d")]
    [InlineData("A=\"a\r\n# b\"", "A", "a\n# b")]
    [InlineData("A=${B}", "A", "${B}")]
    [InlineData("a.b_2='é'", "a.b_2", "é")]
    public void A_line_sets_a_variable(string text, string name, string value) => Assert.Equal([(name, value)], new EnvironmentFileReader("f", text).Read());

    [Fact]
    public void There_may_be_many_and_none()
    {
        Assert.Equal([("A", "1"), ("B", "2"), ("A", "3")], new EnvironmentFileReader("f", "A=1\nB='2'\n# c\nA=3\n").Read());
        Assert.Empty(new EnvironmentFileReader("f", "").Read());
        Assert.Empty(new EnvironmentFileReader("f", " \n# A=1\n").Read());
    }

    [Theory]
    [InlineData("A", "f:1: expected NAME=VALUE")]
    [InlineData("A=1\nB C=2", "f:2: expected NAME=VALUE")]
    [InlineData("A=1\n\n2B=3", "f:3: expected NAME=VALUE")]
    [InlineData("=1", "f:1: expected NAME=VALUE")]
    [InlineData("A='1'\nB=\"2\nC=3\n", "f:2: the quote is not closed")]
    [InlineData("A='1' 2", "f:1: there is something behind the closing quote")]
    public void A_line_that_is_wrong_is_told_with_its_place(string text, string told)
    {
        Problem problem = Assert.Throws<Problem>(() => new EnvironmentFileReader("f", text).Read());
        Assert.Equal(told, problem.Message);
        Assert.Equal(ExitCodes.InvalidMapping, problem.ExitCode);
    }
}
