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

    [Fact]
    public void Pages_of_components_are_up_to_date()
    {
        string written = Directory.CreateTempSubdirectory("blobl").FullName;
        try
        {
            Blobl.Run("", "list", "components", "--format", "markdown", "--into", written);
            Dictionary<string, string> wanted = Pages(written);
            Dictionary<string, string> pages = Pages(Repository.PathOf("docs", "reference", "components"));
            Assert.Equal(wanted.Keys.Order(StringComparer.Ordinal), pages.Keys.Order(StringComparer.Ordinal));
            Assert.All(wanted, page => Assert.True(page.Value == pages[page.Key], $"{page.Key} is stale: blobl list components --format markdown --into docs/reference/components"));
        }
        finally
        {
            Directory.Delete(written, recursive: true);
        }
    }

    [Fact]
    public void The_schema_of_configurations_is_up_to_date() => Assert.True(
        File.ReadAllText(Repository.PathOf("docs", "reference", "pipeline.schema.json")).ReplaceLineEndings("\n") == Blobl.Run("", "list", "components", "--format", "jsonschema").Output,
        "the schema is stale: blobl list components --format jsonschema > docs/reference/pipeline.schema.json");

    [Fact]
    public void Connectors_are_known_to_every_command()
    {
        string folder = Directory.CreateTempSubdirectory("blobl").FullName;
        try
        {
            string file = Path.Combine(folder, "p.yaml");
            string made = Blobl.Run("", "create", "stdin/mapping/kafka").Output;
            File.WriteAllText(file, made + "tests: [ { name: a, input_batch: [ { content: x } ], output_batches: [ [ { content_equals: x } ] ] } ]\n");
            Assert.DoesNotContain("error", Blobl.Run("", "lint", file).Error, StringComparison.Ordinal);
            Assert.Contains("1 passed, 0 failed", Blobl.Run("", "test", file).Output);
            Assert.Contains("  kafka\n", Blobl.Run("", "list", "inputs").Output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Dictionary<string, string> Pages(string folder) =>
        Directory.EnumerateFiles(folder).ToDictionary(static f => Path.GetFileName(f)!, static f => File.ReadAllText(f).ReplaceLineEndings("\n"));
}
