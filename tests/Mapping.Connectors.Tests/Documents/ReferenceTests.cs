using Mapping.Connectors.Tests.SchemaRegistry;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Reference;
using Mapping.Testing;

namespace Mapping.Connectors.Tests.Documents;

/// <summary>What is generated from the declarations of all components.</summary>
public class ReferenceTests
{
    private const string Remedy = "is stale: blobl list components --format markdown --into docs/reference/components";

    public static TheoryData<string> Connectors => [.. AllConnectors.All.SelectMany(static g => g.All).Select(static t => $"{t.Kind} {t.Name}")];

    [Fact]
    public void Pages_are_up_to_date()
    {
        string folder = Repository.PathOf("docs", "reference", "components");
        var wanted = AllConnectors.Catalogue.All.ToDictionary(ComponentPage.FileName, ComponentPage.Write);
        wanted.Add("README.md", ComponentPage.WriteIndex(AllConnectors.Catalogue));
        Assert.Equal(wanted.Keys.Order(StringComparer.Ordinal), Directory.EnumerateFiles(folder).Select(static f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.All(wanted, page => Assert.True(File.ReadAllText(Path.Combine(folder, page.Key)).ReplaceLineEndings("\n") == page.Value, $"{page.Key} {Remedy}"));
    }

    [Fact]
    public void The_schema_is_up_to_date() => Assert.True(
        File.ReadAllText(Repository.PathOf("docs", "reference", "pipeline.schema.json")).ReplaceLineEndings("\n") == PipelineSchema.Write(AllConnectors.Catalogue),
        "the schema is stale: blobl list components --format jsonschema > docs/reference/pipeline.schema.json");

    [Theory]
    [MemberData(nameof(Connectors))]
    public void An_example_is_a_right_configuration(string component)
    {
        ComponentType type = AllConnectors.All.SelectMany(static g => g.All).Single(t => $"{t.Kind} {t.Name}" == component);
        new SchemaRun().Read(type.Example ?? string.Empty, out string told);
        Assert.Equal(string.Empty, told);
        Assert.Contains(type.Name + ":", type.Example ?? type.Name + ":");
    }

    /// <summary>A sample lacks nothing but what only its user can know.</summary>
    [Theory]
    [MemberData(nameof(Connectors))]
    public void Samples_are_right_configurations(string component)
    {
        ComponentType type = AllConnectors.All.SelectMany(static g => g.All).Single(t => $"{t.Kind} {t.Name}" == component);
        ComponentType Or(ComponentKind kind, string name) => type.Kind == kind ? type : AllConnectors.Catalogue.Find(kind, name)!;
        foreach (bool isSmall in new[] { false, true })
        {
            string sample = Sample.Pipeline(Or(ComponentKind.Input, "stdin"), [Or(ComponentKind.Processor, "noop")], Or(ComponentKind.Output, "drop"), isSmall);
            new SchemaRun().Read(sample, out string told);
            Assert.True(!told.Contains("P501", StringComparison.Ordinal) && !told.Contains("P502", StringComparison.Ordinal) && !told.Contains("P503", StringComparison.Ordinal), sample + told);
        }
    }
}
