using Mapping.Pipeline.Components;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Tests.Configuration;

public class OverrideTests
{
    private static string Lint(string yaml, params string[] changes) => PipelineTest.Lint(PipelineTest.Configured(yaml) with { Overrides = changes });

    private static PipelineGraph Read(string yaml, params string[] changes) =>
        GraphReader.Read(StandardCatalogue.Instance, PipelineTest.Configured(yaml) with { Overrides = changes }, out _)!;

    [Fact]
    public void A_value_is_changed() => Assert.Equal(5, Read("pipeline: { threads: 1 }\n", "pipeline.threads=5").Processing.Threads);

    [Fact]
    public void A_value_is_added_with_what_is_around_it() => Assert.Equal(Contracts.LogLevel.Debug, Read("", "logger.level=DEBUG").Logger.Level);

    [Fact]
    public void Items_of_lists_are_changed_and_added()
    {
        PipelineGraph graph = Read("pipeline: { processors: [ { noop: {} } ] }\n", "pipeline.processors.0={log: {}}", "pipeline.processors.-={noop: {}}");
        Assert.Equal(["log", "noop"], graph.Processing.Processors.Select(p => p.Type));
    }

    [Theory]
    [InlineData("nothing", "expected a path, \"=\" and a value")]
    [InlineData("pipeline.processors.7=x", "there is nothing at \"pipeline.processors.7\" that can be set")]
    [InlineData("pipeline.threads.x=1", "there is nothing at \"pipeline.threads.x\" that can be set")]
    public void A_change_that_cannot_be_made_is_told(string change, string expected) =>
        Assert.Contains(expected, Lint("pipeline: { threads: 1, processors: [ { noop: {} } ] }\n", change));

    [Fact]
    public void A_wrong_value_is_shown_as_it_was_given() =>
        Assert.StartsWith("--set pipeline.threads:1:1: error P504: expected an integer, found a string\n  1 | many\n", Lint("", "pipeline.threads=many"));
}
