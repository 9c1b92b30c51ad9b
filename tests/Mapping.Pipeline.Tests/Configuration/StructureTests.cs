using Mapping.Pipeline.Components;
using Mapping.Pipeline.Graph;
using Mapping.Text;

namespace Mapping.Pipeline.Tests.Configuration;

public class StructureTests
{
    [Fact]
    public void Anchors_aliases_and_merges_work()
    {
        PipelineGraph graph = PipelineTest.Read("""
            logger: &log { level: WARN, format: json }
            pipeline:
              processors:
                - &upper { mapping: root = content().uppercase() }
                - *upper
                - log: { <<: { level: DEBUG, message: a }, message: b }
            """);
        Assert.Equal(["mapping", "mapping", "log"], graph.Processing.Processors.Select(p => p.Type));
    }

    [Fact]
    public void Resources_of_several_files_are_known_to_all()
    {
        Graph.Configuration configuration = PipelineTest.Configured("pipeline: { processors: [ { resource: shout } ] }\n") with
        {
            Resources = [new SourceText("processor_resources:\n  - label: shout\n    processors: [ { resource: upper } ]\n", "a.yaml"), new SourceText("processor_resources:\n  - label: upper\n    mapping: root = content().uppercase()\n", "b.yaml")],
        };
        Assert.Empty(PipelineTest.Lint(configuration));
    }

    [Fact]
    public void A_label_taken_in_another_file_is_told_with_that_file()
    {
        Graph.Configuration configuration = PipelineTest.Configured("input: { label: a, stdin: {} }\n") with
        {
            Resources = [new SourceText("processor_resources:\n  - label: a\n    noop: {}\n", "a.yaml")],
        };
        Assert.Contains("the label \"a\" is taken", PipelineTest.Lint(configuration));
        Assert.Contains("it stands in a.yaml:2 already", PipelineTest.Lint(configuration));
    }

    [Fact]
    public void The_long_form_names_its_type() =>
        Assert.Equal("file", PipelineTest.Read("output:\n  type: file\n  plugin: { path: x }\n").Output.Type);

    [Fact]
    public void A_switch_processor_with_outputs_at_the_end_is_the_output()
    {
        PipelineGraph graph = PipelineTest.Read("pipeline:\n  processors:\n    - noop: {}\n    - switch:\n        - check: this.a == 1\n          output: { drop: {} }\n        - output: { stdout: {} }\n");
        Assert.Equal("switch", graph.Output.Type);
        Assert.Equal(["drop", "stdout"], graph.Output.Children.Select(c => c.Type));
        Assert.Single(graph.Processing.Processors);
    }

    [Fact]
    public void Tiers_of_a_fallback_may_be_wrapped()
    {
        PipelineGraph graph = PipelineTest.Read("output:\n  fallback:\n    - try: { stdout: {} }\n    - result:\n        processors: [ { noop: {} } ]\n        drop: {}\n");
        Assert.Equal(["stdout", "drop"], graph.Output.Children.Select(c => c.Type));
        Assert.Single(graph.Output.Children[1].Processors);
    }

    [Fact]
    public void Every_default_and_example_of_every_field_can_be_read()
    {
        foreach (ComponentType type in StandardCatalogue.Instance.All)
        {
            FieldCheck.AssertReadable(type);
        }
    }
}
