using System.Text.Json;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Reference;

namespace Mapping.Pipeline.Tests.Reference;

/// <summary>What is generated from the declarations of the components.</summary>
public class ReferenceTests
{
    public static TheoryData<string> Components => [.. StandardCatalogue.Instance.All.Select(t => $"{t.Kind} {t.Name}")];

    [Fact]
    public void Every_reference_of_the_schema_is_there_and_every_component()
    {
        using JsonDocument schema = JsonDocument.Parse(PipelineSchema.Write(StandardCatalogue.Instance));
        JsonElement kinds = schema.RootElement.GetProperty("$defs");
        Assert.All(References(schema.RootElement), r => Assert.True(kinds.TryGetProperty(r["#/$defs/".Length..], out _), r));
        Assert.True(kinds.GetProperty("input").GetProperty("properties").GetProperty("file").GetProperty("properties").TryGetProperty("paths", out _));
        Assert.Equal("array", kinds.GetProperty("processor").GetProperty("properties").GetProperty("try").GetProperty("type").GetString());
    }

    [Theory]
    [MemberData(nameof(Components))]
    public void An_example_is_a_right_configuration(string component)
    {
        ComponentType type = StandardCatalogue.Instance.All.Single(t => $"{t.Kind} {t.Name}" == component);
        Assert.Equal(string.Empty, PipelineTest.Lint(type.Example ?? string.Empty));
        if (type.Example is { } example)
        {
            Assert.Contains(type.Name + ":", example);
        }
    }

    [Fact]
    public async Task Examples_of_metrics_and_tracers_run()
    {
        ComponentType[] types = [.. StandardCatalogue.Instance.All.Where(t => t.Kind is ComponentKind.Metrics or ComponentKind.Tracer && t.Example is not null)];
        Assert.True(types.Length >= 4);
        foreach (ComponentType type in types)
        {
            await using Service.RunningService service = await Service.RunningService.StartAsync(type.Example!);
            Assert.True(await service.Ended.WaitAsync(TimeSpan.FromMinutes(1)));
        }
    }

    /// <summary>A sample lacks nothing but what only its user can know.</summary>
    [Fact]
    public void Samples_of_all_components_are_right_configurations()
    {
        foreach (ComponentType type in StandardCatalogue.Instance.All.Where(t => t.Kind is ComponentKind.Input or ComponentKind.Processor or ComponentKind.Output && t is { IsReference: false }))
        {
            ComponentType Or(ComponentKind kind, string name) => type.Kind == kind ? type : StandardCatalogue.Instance.Find(kind, name)!;
            foreach (bool isSmall in new[] { false, true })
            {
                string sample = Sample.Pipeline(Or(ComponentKind.Input, "stdin"), [Or(ComponentKind.Processor, "noop")], Or(ComponentKind.Output, "drop"), isSmall);
                string told = PipelineTest.Lint(sample);

                // What is missing is a resource, an address or a path, a file, or what drop_on is to drop.
                Assert.True(told.Length == 0 || type.Name == "drop_on" || told.Contains("P513", StringComparison.Ordinal) || told.Contains(": \"\" ", StringComparison.Ordinal), sample + told);
            }
        }
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(m => m.Name == "$ref" ? [m.Value.GetString()!] : References(m.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
