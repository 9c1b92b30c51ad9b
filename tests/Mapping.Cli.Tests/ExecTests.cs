namespace Mapping.Cli.Tests;

public class ExecTests
{
    [Theory]
    [InlineData("root.hello = this.name.uppercase()", "{\"name\":\"ada\"}\n", "{\"hello\":\"ADA\"}\n")]
    [InlineData("root = this", "1.50\n[1, 2]\n", "1.50\n[1,2]\n")]
    [InlineData("this.a", "{\"a\":\"text\"}\r\n\n{\"a\":null}", "text\nnull\n")]
    [InlineData("root = if this.keep { this } else { deleted() }", "{\"keep\":false}\n{\"keep\":true}\n", "{\"keep\":true}\n")]
    [InlineData("let x = 1", "{ \"spaces\" : \"kept\" }\n", "{ \"spaces\" : \"kept\" }\n")]
    [InlineData("root = content().string().length()", "not json\n", "8\n")]
    public void Documents_are_mapped_line_by_line(string mapping, string input, string output)
    {
        Blobl.Outcome outcome = Blobl.Run(input, "exec", mapping);
        Assert.Equal(("", output, 0), (outcome.Error, outcome.Output, outcome.ExitCode));
    }

    [Fact]
    public void What_was_mapped_before_a_failure_is_written()
    {
        Blobl.Outcome outcome = Blobl.Run("1\n2\nx\n4\n", "exec", "root = this * 2");
        Assert.Equal("2\n4\n", outcome.Output);
        Assert.Equal(1, outcome.ExitCode);
    }

    [Fact]
    public void A_line_of_many_megabytes_is_one_document()
    {
        string line = "{\"a\":\"" + new string('x', 9_000_000) + "\",\"b\":7}";
        Blobl.Outcome outcome = Blobl.Run(line + "\n" + line, "exec", "root = this.b + this.a.length()");
        Assert.Equal("9000007\n9000007\n", outcome.Output);
    }

    [Theory]
    [InlineData(2, "exec")]
    [InlineData(2, "exec", "root = this", "--nope")]
    [InlineData(2, "nope")]
    [InlineData(3, "exec", "root = ")]
    [InlineData(4, "exec", "root = this", "no-such-file.ndjson")]
    public void Exit_codes_tell_what_went_wrong(int code, params string[] arguments) => Assert.Equal(code, Blobl.Run("{}", arguments).ExitCode);

    [Fact]
    public void A_mapping_may_begin_with_an_at_sign() => Assert.Equal("{}\n", Blobl.Run("1", "exec", "@").Output);

    [Fact]
    public void The_name_of_a_mapping_file_is_not_taken_for_a_mapping()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".blobl");
        File.WriteAllText(path, "root = this");
        try
        {
            Blobl.Outcome outcome = Blobl.Run("1", "exec", path);
            Assert.Equal(2, outcome.ExitCode);
            Assert.Contains("give it with -f", outcome.Error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_version_is_that_of_the_assembly()
    {
        Blobl.Outcome outcome = Blobl.Run("", "--version");
        Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+[^\n]*\n$", outcome.Output);
        Assert.Equal(0, outcome.ExitCode);
    }

    [Fact]
    public void A_mapping_file_and_document_files_in_order()
    {
        string folder = Directory.CreateTempSubdirectory("blobl").FullName;
        try
        {
            string mapping = Path.Combine(folder, "m.blobl");
            File.WriteAllText(mapping, "root = this + 1 # no line break at the end");
            string first = Path.Combine(folder, "1.ndjson");
            string second = Path.Combine(folder, "2.ndjson");
            File.WriteAllText(first, "1\n2\n");
            File.WriteAllText(second, "10");
            Assert.Equal("2\n3\n11\n6\n", Blobl.Run("5\n", "exec", "-f", mapping, first, second, "-").Output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
