using Mapping.Pipeline.Components;
using Mapping.Pipeline.Contracts;
using Mapping.Testing;

namespace Mapping.Pipeline.Tests.Configuration;

/// <summary>What users are told about mistakes, word for word.</summary>
public class BadConfigurationTests
{
    [Theory]
    [InlineData("unknown_field", "input:\n  stdin:\n    scaner: { lines: {} }\noutptu: {}\n")]
    [InlineData("wrong_type", "input:\n  file:\n    paths: { a: b }\npipeline:\n  threads: two\n  processors: mapping\n")]
    [InlineData("duplicate_label", "input:\n  label: a\n  stdin: {}\noutput:\n  label: a\n  stdout: {}\n")]
    [InlineData("bad_label", "input:\n  label: My Input\n  stdin: {}\n")]
    [InlineData("missing_resource", "output:\n  resource: archve\noutput_resources:\n  - label: archive\n    drop: {}\n")]
    [InlineData("no_resources", "pipeline:\n  processors:\n    - resource: enrich\n")]
    [InlineData("mapping_error", "pipeline:\n  processors:\n    - mapping: |\n        root.a = this.name\n        root.b = this.name.uppercse()\n    - mapping: \"root = this.\\u0061.lowercse()\"\n    - mapping: 'root = ''a''.trimm()'\n")]
    [InlineData("interpolation_error", "output:\n  file:\n    path: out/${! this.a.uppercse() }/${! @b }.txt\n")]
    [InlineData("unset_variable", "input:\n  file:\n    paths: [ \"${FOLDER}/a\" ]\noutput:\n  ${KIND}: {}\n")]
    [InlineData("two_types", "input:\n  stdin: {}\n  generate: { mapping: root = 1 }\n")]
    [InlineData("no_type", "input:\n  label: a\n")]
    [InlineData("unknown_component", "input:\n  kafak: {}\noutput:\n  stdot: {}\n")]
    [InlineData("unknown_type", "output:\n  type: stdoutt\n")]
    [InlineData("bad_duration", "shutdown_timeout: 5\npipeline:\n  processors: []\ninput:\n  generate: { mapping: root = 1, interval: soon }\noutput:\n  retry:\n    backoff: { initial_interval: 1 day }\n    output: { drop: {} }\n")]
    [InlineData("bad_yaml", "input:\n  stdin: {\noutput: x\n")]
    [InlineData("bad_indentation", "input:\n  stdin: {}\n output:\n  stdout: {}\n")]
    [InlineData("duplicate_key", "input:\n  stdin: {}\ninput:\n  stdin: {}\n")]
    [InlineData("missing_field", "input:\n  file: {}\noutput:\n  retry: {}\n")]
    [InlineData("bad_choice", "logger:\n  level: DEBG\n  format: xml\n")]
    [InlineData("out_of_range", "input:\n  generate: { mapping: root = 1, batch_size: 0 }\n")]
    [InlineData("bad_size", "input:\n  stdin:\n    scanner: { lines: { max_buffer_size: 1 mile } }\n")]
    [InlineData("label_on_reference", "output:\n  label: b\n  resource: a\noutput_resources:\n  - label: a\n    drop: {}\n")]
    [InlineData("resource_without_label", "output_resources:\n  - drop: {}\n")]
    [InlineData("empty_processors", "input:\n  stdin: {}\n  processors: []\n")]
    [InlineData("field_beside_component", "output:\n  stdout: {}\n  codec: lines\n")]
    [InlineData("scalar_component", "input: stdin\n")]
    [InlineData("rules", "pipeline:\n  processors:\n    - catch: [ { try: [ { noop: {} } ] } ]\n    - switch:\n        - check: this.a\n          processors: []\n        - processors: [ { noop: {} } ]\n          fallthrough: true\n          continue: true\noutput:\n  switch:\n    retry_until_success: true\n    cases:\n      - output: { reject: no }\n")]
    [InlineData("resource_cycle", "output:\n  resource: a\noutput_resources:\n  - label: a\n    fallback: [ { resource: b }, { drop: {} } ]\n  - label: b\n    retry:\n      output: { resource: a }\n")]
    [InlineData("strict_catch", "error_handling: { strict: true }\npipeline:\n  processors:\n    - try_catch:\n        catch: [ { catch: [ { log: {} } ] } ]\noutput: { drop: {} }\n")]
    [InlineData("empty_resource", "pipeline:\n  processors:\n    - resource: \"\"\n    - dedupe: { cache: \"\", key: a }\n")]
    [InlineData("everything_at_once", "input:\n  stdn: {}\npipeline:\n  thread: 1\n  processors:\n    - mapping: root = this.a.b(\n    - lg: {}\noutput:\n  file: { path: \"${! json( }\", codec: linse }\n")]
    public void A_mistake_is_told_with_its_place_and_a_remedy(string name, string yaml) => Snapshot.Verify(WithoutLists(PipelineTest.Lint(yaml)), name);

    [Fact]
    public void An_unknown_component_is_told_with_those_that_exist()
    {
        string told = PipelineTest.Lint("input: { kafak: {} }\n");
        Assert.All(StandardCatalogue.Instance.NamesOf(ComponentKind.Input), name => Assert.Contains(name, told));
    }

    [Fact]
    public void Every_mistake_has_a_code_of_its_own_and_its_place()
    {
        string[] findings = PipelineTest.Lint("input:\n  stdn: {}\nx: 1\npipeline: { processors: [ { mapping: 'root = ' } ] }\n").Split('\n').Where(l => l.StartsWith("pipeline.yaml:", StringComparison.Ordinal)).ToArray();
        Assert.Equal(3, findings.Length);
        Assert.StartsWith("pipeline.yaml:2:3: error P508", findings[0]);
        Assert.StartsWith("pipeline.yaml:3:1: error P502", findings[1]);
        Assert.StartsWith("pipeline.yaml:4:", findings[2]);
    }

    [Fact]
    public void A_right_configuration_has_nothing_to_tell() => Assert.Empty(PipelineTest.Lint("input: { stdin: {} }\noutput: { stdout: {} }\n"));

    /// <summary>Lists of all components grow with every new one.</summary>
    private static string WithoutLists(string told) => string.Join("\n", told.Split('\n').Where(line => !line.StartsWith("  = there is", StringComparison.Ordinal)));

    [Fact]
    public void An_empty_one_runs_the_defaults() => Assert.Empty(PipelineTest.Lint(""));
}
