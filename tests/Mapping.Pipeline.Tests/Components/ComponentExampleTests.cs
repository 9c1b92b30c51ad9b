using Mapping.Pipeline.Components;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Tests.Components;

/// <summary>The examples of the reference are whole configurations, and run. Those that wait for requests are run by the tests of HTTP.</summary>
public sealed class ComponentExampleTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static IEnumerable<object[]> Examples => StandardCatalogue.Instance.All.Where(t => t.Example is not null && !IsEndless(t)).Select(t => new object[] { t.Kind.ToString(), t.Name });

    private static bool IsEndless(ComponentType type) =>
        type.Example!.Contains("http_server", StringComparison.Ordinal) || (type.Kind == ComponentKind.Input && type.Name == "http_client");

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_runs_to_its_end(string kind, string name)
    {
        ComponentType type = StandardCatalogue.Instance.All.Single(t => t.Kind.ToString() == kind && t.Name == name);
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync(type.Example!, "", variable => variable == "BUFFER_FILE" ? folder.PathOf("buffer.db") : null);
        Assert.True(outcome.Finished);
        Assert.Equal(0, outcome.Open);
    }
}
