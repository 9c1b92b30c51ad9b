using Mapping.Testing;

namespace Mapping.Cli.Tests;

/// <summary>The reference pages are made from the declarations and never edited.</summary>
public sealed class ReferencePageTests
{
    [Theory]
    [InlineData("functions")]
    [InlineData("methods")]
    public void Pages_are_up_to_date(string list)
    {
        string wanted = Blobl.Run("", "list", list, "--format", "markdown").Output;
        string written = File.ReadAllText(Repository.PathOf("docs", "reference", list + ".md")).ReplaceLineEndings("\n");
        Assert.True(wanted == written, $"docs/reference/{list}.md is stale: blobl list {list} --format markdown > docs/reference/{list}.md");
    }
}
