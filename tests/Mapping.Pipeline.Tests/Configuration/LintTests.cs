using Mapping.Diagnostics;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Graph;
using Mapping.Text;

namespace Mapping.Pipeline.Tests.Configuration;

/// <summary>Mistakes that do not keep a configuration from running: errors, unless it is read chilled.</summary>
public class LintTests
{
    [Theory]
    [InlineData("output: { stdout: { codek: lines } }")]
    [InlineData("output: { stdout: {}, codec: lines }")]
    [InlineData("outptu: {}")]
    [InlineData("input: { label: My Input, stdin: {} }")]
    [InlineData("input: { label: a, stdin: {} }\noutput: { label: a, stdout: {} }")]
    [InlineData("input: { label: [], stdin: {} }")]
    [InlineData("input: { stdin: {}, processors: [] }")]
    [InlineData("output: { label: b, resource: a }\noutput_resources: [ { label: a, stdout: {} } ]")]
    [InlineData("logger: { message_name: '${NOT_SET}' }")]
    [InlineData("pipeline: { processors: [ { catch: [ { try: [ { noop: {} } ] } ] } ] }")]
    [InlineData("pipeline: { processors: [ { switch: [ { check: 'false', processors: [] } ] } ] }")]
    public async Task What_does_not_keep_it_from_running_is_an_error_or_with_chilled_a_warning(string yaml)
    {
        Assert.Null(Read(yaml, chilled: false, out Diagnostic error));
        Assert.Equal(Severity.Error, error.Severity);
        PipelineGraph? graph = Read(yaml, chilled: true, out Diagnostic warning);
        Assert.Equal(error with { Severity = Severity.Warning }, warning with { Source = error.Source });
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync(graph!, "a\nb\n", CancellationToken.None);
        Assert.Equal(["a", "b"], outcome.Lines.Order());
    }

    [Theory]
    [InlineData("output: { stdot: {} }")]
    [InlineData("output: { file: {} }")]
    [InlineData("pipeline: { threads: two }")]
    [InlineData("pipeline: { processors: [ { mapping: 'root = this.uppercse()' } ] }")]
    [InlineData("output: { resource: a }")]
    [InlineData("output: {")]
    [InlineData("output_resources: [ { label: a, drop: {} }, { label: a, stdout: {} } ]")]
    [InlineData("cache_resources: [ { label: a, memory: {} } ]\noutput_resources: [ { label: a, drop: {} } ]")]
    [InlineData("output: { drop: {}, stdout: {} }")]
    [InlineData("output: { broker: { outputs: [ { drop: {} } ], batching: { processors: [ { noop: {} } ] } } }")]
    public void What_cannot_run_is_an_error_always(string yaml)
    {
        Assert.Null(Read(yaml, chilled: true, out Diagnostic told));
        Assert.Equal(Severity.Error, told.Severity);
    }

    [Theory]
    [InlineData("output: { drop: {}, codec: lines }")]
    [InlineData("pipeline: { processors: [ { mapping: root = this.a.uppercase() } ] }\noutput: { stdout: {} }")]
    [InlineData("error_handling: { strict: true }\npipeline: { processors: [ { catch: [ { log: {} } ] } ] }\noutput: { drop: {} }")]
    public void A_file_that_begins_so_is_not_linted(string yaml)
    {
        Assert.NotEmpty(PipelineTest.Lint(Advised(yaml)));
        Assert.NotEmpty(PipelineTest.Lint(Advised("# LINT DISABLE\n" + yaml)));
        Assert.NotEmpty(PipelineTest.Lint(Advised("\n# BENTHOS LINT DISABLE\n" + yaml)));
        Assert.Empty(PipelineTest.Lint(Advised("# BENTHOS LINT DISABLE\n" + yaml)));
        Assert.Empty(PipelineTest.Lint(Advised("# BENTHOS LINT DISABLE because of the label\n" + yaml) with { SubstitutesRaw = true }));
    }

    [Fact]
    public void Variables_that_are_not_set_are_told_also_in_a_file_that_is_not_linted()
    {
        const string Yaml = "# BENTHOS LINT DISABLE\nlogger: { message_name: '${NOT_SET}' }\n";
        Assert.StartsWith("pipeline.yaml:2:26: error P514", PipelineTest.Lint(Yaml));
        Assert.StartsWith("pipeline.yaml:2:26: warning P514", PipelineTest.Lint(PipelineTest.Configured(Yaml) with { IsChilled = true }));
        Assert.Empty(PipelineTest.Lint(PipelineTest.Configured(Yaml) with { MayLackVariables = true }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    public void An_empty_file_is_a_mistake_where_there_must_be_something(string yaml)
    {
        Assert.Empty(PipelineTest.Lint(yaml));
        Assert.Contains("error P503: the configuration is empty", PipelineTest.Lint(PipelineTest.Configured(yaml) with { MustHaveContent = true, Overrides = ["http.enabled=false"] }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_run_and_what_stands_in_other_files_is_told_all_the_same()
    {
        Assert.StartsWith("pipeline.yaml:2:11: error P508", PipelineTest.Lint("# BENTHOS LINT DISABLE\noutput: { stdot: {} }\n"));
        Graph.Configuration both = PipelineTest.Configured("# BENTHOS LINT DISABLE\noutput: { resource: a, codec: lines }\n") with
        {
            Resources = [new SourceText("output_resources: [ { label: a, drop: {}, codec: lines } ]\n", "shared.yaml")],
        };
        Assert.StartsWith("shared.yaml:1:", PipelineTest.Lint(both));
        Assert.DoesNotContain("pipeline.yaml", PipelineTest.Lint(both));
    }

    [Fact]
    public void A_component_named_by_a_variable_that_is_not_set_is_told_also_when_the_variable_is_not()
    {
        Assert.Null(Read("output: { '${NOT_SET}': {} }", chilled: true, out IReadOnlyList<Diagnostic> told));
        Assert.Equal([("P508", Severity.Error), ("P514", Severity.Warning)], told.Select(d => (d.Code, d.Severity)));
    }

    private static Graph.Configuration Advised(string yaml) => PipelineTest.Configured(yaml) with { Advises = true };

    private static PipelineGraph? Read(string yaml, bool chilled, out Diagnostic told)
    {
        PipelineGraph? graph = Read(yaml, chilled, out IReadOnlyList<Diagnostic> diagnostics);
        told = Assert.Single(diagnostics);
        return graph;
    }

    private static PipelineGraph? Read(string yaml, bool chilled, out IReadOnlyList<Diagnostic> diagnostics) =>
        GraphReader.Read(StandardCatalogue.Instance, PipelineTest.Configured(yaml) with { IsChilled = chilled }, out diagnostics);
}
