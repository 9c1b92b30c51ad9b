using System.Text.RegularExpressions;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Testing;
using Mapping.Testing;

namespace Mapping.Pipeline.Tests.Reference;

/// <summary>What the guides show works.</summary>
public partial class GuideTests
{
    public static TheoryData<string> Guides => [.. Directory.EnumerateFiles(Repository.PathOf("docs", "guides"), "*.md").Select(f => Path.GetFileName(f)!)];

    [Theory]
    [MemberData(nameof(Guides))]
    public void Every_link_of_a_guide_leads_somewhere(string guide)
    {
        string folder = Repository.PathOf("docs", "guides");
        foreach (Match link in Link().Matches(File.ReadAllText(Path.Combine(folder, guide)).ReplaceLineEndings("\n")))
        {
            Assert.True(File.Exists(Path.Combine(folder, link.Groups[1].Value)), link.Value);
        }
    }

    [Fact]
    public async Task The_tests_of_the_first_pipeline_pass()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("orders.yaml", Configurations("first-pipeline.md").Single(c => c.Contains("tests:", StringComparison.Ordinal)));
        FileOutcome outcome = (await new ConfigTests(PipelineTest.Configured(string.Empty), StandardCatalogue.Instance, new ListLog()).RunAsync(file))!;
        Assert.Equal(2, outcome.Cases.Count);
        Assert.Empty(outcome.Cases.SelectMany(c => c.Failures));
    }

    [Fact]
    public async Task The_first_pipeline_takes_failures_aside()
    {
        using var folder = new TemporaryFolder();
        folder.Write("orders/monday.ndjson", "{\"id\":1,\"card\":\"4711\",\"lines\":[{\"price\":2.5,\"count\":4}]}\n{\"id\":2,\"card\":\"4712\",\"lines\":\"none\"}\n");
        string yaml = Configurations("first-pipeline.md").Single(c => c.Contains("fallback:", StringComparison.Ordinal));
        foreach (string path in new[] { "orders/", "state/", "out/" })
        {
            yaml = yaml.Replace(path, folder.Path + "/" + path, StringComparison.Ordinal);
        }

        Assert.True((await PipelineTest.RunAsync(yaml)).Finished);
        Assert.Equal("{\"id\":1,\"lines\":[{\"price\":2.5,\"count\":4}],\"total\":10}\n", folder.Read("out/orders.ndjson"));
        string failed = folder.Read("out/failed.ndjson");
        Assert.Contains("4712", failed);
        Assert.Contains("totals", failed);
    }

    private static IEnumerable<string> Configurations(string guide) =>
        Block().Matches(File.ReadAllText(Repository.PathOf("docs", "guides", guide)).ReplaceLineEndings("\n")).Select(m => m.Groups[1].Value);

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\(([^)#:]+)\)")]
    private static partial Regex Link();
}
