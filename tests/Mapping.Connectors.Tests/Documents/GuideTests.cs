using System.Text.RegularExpressions;
using Mapping.Diagnostics;
using Mapping.Pipeline.Graph;
using Mapping.Testing;
using Mapping.Text;

namespace Mapping.Connectors.Tests.Documents;

/// <summary>Configurations that the documents show are right.</summary>
public partial class GuideTests
{
    public static TheoryData<string> Guides => Files("guides", "*.md");

    public static TheoryData<string> Samples => Files("samples/pipelines", "*.yaml");

    [Theory]
    [MemberData(nameof(Guides))]
    public void Every_configuration_of_a_guide_is_right(string guide)
    {
        foreach (Match block in Block().Matches(File.ReadAllText(Repository.PathOf("docs", "guides", guide)).ReplaceLineEndings("\n")))
        {
            Assert.Equal(string.Empty, Lint(block.Groups[1].Value));
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_sample_is_right(string sample) => Assert.Equal(string.Empty, Lint(File.ReadAllText(Repository.PathOf("docs", "samples", "pipelines", sample))));

    private static TheoryData<string> Files(string folder, string pattern) => [.. Directory.EnumerateFiles(Repository.PathOf("docs", folder), pattern).Select(static f => Path.GetFileName(f))];

    /// <summary>Everything that is wrong with it.</summary>
    private static string Lint(string yaml)
    {
        GraphReader.Read(
            AllConnectors.Catalogue,
            new Pipeline.Graph.Configuration { Main = new SourceText(yaml, "pipeline.yaml"), Variables = static _ => null, MayLackVariables = true, Environment = MappingEnvironment.Full },
            out IReadOnlyList<Diagnostic> diagnostics);
        return string.Join("\n", diagnostics);
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
