using Mapping.Diagnostics;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Testing;
using Mapping.Testing;

namespace Mapping.Pipeline.Tests.ConfigTesting;

/// <summary>Unit tests of configurations, as <c>blobl test</c> runs them.</summary>
public sealed class ConfigTestTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_holds_passes()
    {
        folder.Write("want.json", "{\"id\": 1, \"tags\": [\"a\"]}");
        folder.Write("body.txt", "{\"id\":1,\"tags\":[\"a\"]}");
        Assert.Equal("every condition: passed", await RunAsync("""
            pipeline:
              processors:
                - mapping: |
                    root = this
                    meta kind = @kind.uppercase()
            tests:
              - name: every condition
                input_batch:
                  - json_content: { id: 1, tags: [ a ] }
                    metadata: { kind: order, count: 3 }
                  - content: '{"id":1,"tags":["a"]}'
                    metadata: { kind: order }
                  - file_content: body.txt
                    metadata: { kind: order }
                output_batches:
                  - - bloblang: this.id == 1 && @count == 3
                      content_equals: '{"id":1,"tags":["a"]}'
                      content_matches: '"id":\d+'
                      metadata_equals: { kind: ORDER, count: 3 }
                      file_equals: body.txt
                      file_json_equals: want.json
                      file_json_contains: want.json
                      json_contains: { tags: [ a ] }
                      json_equals: { tags: [ a ], id: 1.0 }
                    - json_equals: '{"id":1,"tags":["a"]}'
                    - json_contains: {}
            """));
    }

    [Fact]
    public async Task What_does_not_hold_is_told_with_a_difference()
    {
        folder.Write("want.json", "{\"id\": 2}");
        Snapshot.Verify(await RunAsync("""
            pipeline:
              processors:
                - label: shout
                  mapping: |
                    root = this
                    root.name = this.name.uppercase()
            tests:
              - name: all wrong
                input_batch:
                  - json_content: { id: 1, name: ada, of: { many: [ 1, 2, 3 ], lines: true } }
                  - json_content: { id: 2, name: 7 }
                output_batches:
                  - - bloblang: this.id == 2
                      content_equals: "a\nb"
                      content_matches: ^x
                      metadata_equals: { kind: order }
                      file_equals: none.json
                      file_json_equals: want.json
                      json_contains: { name: ADA, of: { many: [ 1, 5, 3 ] } }
                      json_equals: { id: 1, name: ADA, of: { many: [ 1, 2 ], lines: true } }
                    - json_contains: { name: "7" }
              - name: too few
                input_batch: [ { content: '{"name":"a"}' } ]
                output_batches: []
              - name: too many messages
                input_batch: [ { content: '{"name":"a"}' } ]
                output_batches: [ [ {}, {} ] ]
            """));
    }

    [Theory]
    [InlineData("/pipeline/processors/1", "[\"b\"]")]
    [InlineData("/input/processors", "[\"in\"]")]
    [InlineData("/output/switch/cases/0/output/processors", "[\"out\"]")]
    [InlineData("shared", "[\"shared\"]")]
    [InlineData("second", "[\"b\"]")]
    [InlineData("/pipeline/processors", "[\"a\",\"b\",\"shared\"]")]
    [InlineData("other.yaml#/pipeline/processors", "[\"other\"]")]
    public async Task A_target_is_found_wherever_it_is(string target, string wanted)
    {
        folder.Write("other.yaml", "pipeline: { processors: [ { mapping: 'root = this.append(\"other\")' } ] }");
        Assert.Equal("t: passed", await RunAsync($$"""
            input: { stdin: {}, processors: [ { mapping: 'root = this.append("in")' } ] }
            pipeline:
              processors:
                - mapping: 'root = this.append("a")'
                - label: second
                  mapping: 'root = this.append("b")'
                - resource: shared
            output:
              switch:
                cases:
                  - output: { drop: {}, processors: [ { mapping: 'root = this.append("out")' } ] }
            processor_resources: [ { label: shared, mapping: 'root = this.append("shared")' } ]
            tests:
              - name: t
                target_processors: {{target}}
                input_batch: [ { json_content: [] } ]
                output_batches: [ [ { json_equals: {{wanted}} } ] ]
            """));
    }

    [Theory]
    [InlineData("/pipeline/processors/7", "there is nothing at /pipeline/processors/7")]
    [InlineData("nobody", "there is no processor labelled \"nobody\"; a JSON pointer begins with \"/\"")]
    [InlineData("/pipeline/threads", "at /pipeline/threads there is the number 1, not a processor or a list of them")]
    public async Task A_target_that_is_not_there_is_told(string target, string told) => Assert.Equal($"t: failed\n  {told}", await RunAsync($$"""
        pipeline: { threads: 1, processors: [ { noop: {} } ] }
        tests: [ { name: t, target_processors: {{target}}, input_batch: [ { content: a } ] } ]
        """));

    [Fact]
    public async Task Mocks_stand_in_by_label_and_by_pointer()
    {
        const string Config = """
            pipeline:
              processors:
                - label: far
                  mapping: root = throw("not reached")
                - mapping: root = throw("nor this")
                - label: near
                  mapping: root.far = this.from
            tests:
              - name: t
                mocks:
                  far: { mapping: root.from = "mock" }
                  /pipeline/processors/1: { noop: {} }
                input_batch: [ { json_content: {} } ]
                output_batches: [ [ { json_equals: { far: mock } } ] ]
            """;
        Assert.Equal("t: passed", await RunAsync(Config));
        Assert.Equal("t: failed\n  the mock fair replaces nothing: no component has this label", await RunAsync(Config.Replace("  far: {", "  fair: {", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_test_has_variables_of_its_own() => Assert.Equal("one: passed\ntwo: passed", await RunAsync("""
        pipeline: { processors: [ { mapping: 'root = "${GREETING:none}"' } ] }
        tests:
          - { name: one, environment: { GREETING: hello }, input_batch: [ { content: x } ], output_batches: [ [ { content_equals: hello } ] ] }
          - { name: two, input_batch: [ { content: x } ], output_batches: [ [ { content_equals: none } ] ] }
        """));

    [Fact]
    public async Task A_mapping_in_a_file_is_tested()
    {
        folder.Write("m.blobl", "root.twice = this.n * 2");
        Assert.Equal("t: passed", await RunAsync("""
            tests: [ { name: t, target_mapping: m.blobl, input_batch: [ { json_content: { n: 2 } } ], output_batches: [ [ { json_equals: { twice: 4 } } ] ] } ]
            """));
    }

    [Fact]
    public async Task A_failed_message_passes_unless_asked_about() => Assert.Equal("t: passed", await RunAsync("""
        pipeline: { processors: [ { mapping: root = this.a.b.uppercase() } ] }
        tests: [ { name: t, input_batch: [ { json_content: { a: 1 } } ], output_batches: [ [ { bloblang: errored(), json_equals: { a: 1 } } ] ] } ]
        """));

    [Fact]
    public async Task Batches_are_fed_one_after_another_and_filtered_ones_do_not_come_out() => Assert.Equal("t: passed", await RunAsync("""
        pipeline: { processors: [ { mapping: 'root = if this.n == 2 { deleted() } else { this.n + batch_index() }' } ] }
        tests:
          - name: t
            input_batches: [ [ { json_content: { n: 1 } }, { json_content: { n: 5 } } ], [ { json_content: { n: 2 } } ], [ { json_content: { n: 3 } } ] ]
            output_batches: [ [ { content_equals: "1" }, { content_equals: "6" } ], [ { content_equals: "3" } ] ]
        """));

    [Fact]
    public async Task Tests_stand_in_a_file_beside_too()
    {
        folder.Write("c_benthos_test.yaml", """
            tests: [ { name: beside, input_batch: [ { content: a } ], output_batches: [ [ { content_equals: b } ] ] } ]
            """);
        Assert.Equal("beside: failed\n  batch 0 message 0: content_equals: - expected, + found\n    - b\n    + a", await RunAsync("pipeline: { processors: [ { noop: {} } ] }"));
        Assert.Equal([folder.PathOf("c.yaml")], TestFiles.Find([folder.PathOf("c_benthos_test.yaml"), folder.Path, folder.Path + "/..."]));
    }

    [Fact]
    public async Task A_configuration_that_is_wrong_fails_before_its_tests() =>
        Assert.Contains("error P502: unknown field \"nam\"", await RunAsync("tests: [ { nam: t, input_batch: [ { content: a } ] } ]"));

    [Fact]
    public async Task Corrections_make_every_test_pass_and_leave_the_rest_alone()
    {
        folder.Write("body.json", "{}");
        string before = await RunAsync("""
            # A remark.
            pipeline:
              processors:
                - mapping: |
                    root = this
                    root.name = this.name.uppercase()
                    meta kind = "order"
            tests:
              - name: blocks
                input_batch: [ { json_content: { name: ada, n: 1 } } ]
                output_batches:
                  -
                    - json_equals:
                        name: bob
                        n: 1
                      metadata_equals: { kind: invoice }   # stays
                      file_json_equals: body.json
              - name: text
                input_batch: [ { json_content: { name: "eve" } } ]
                output_batches:
                  - - content_equals: |
                        not this
                      json_contains: { name: x }
              - name: counts
                input_batch: [ { json_content: { name: a } }, { json_content: { name: b } } ]
                output_batches:
                  - - json_equals: { name: A }

            # The end.
            """);
        Assert.Equal(3, before.Split('\n').Count(l => l.EndsWith(": failed", StringComparison.Ordinal)));
        FileOutcome outcome = (await Tests().RunAsync(folder.PathOf("c.yaml")))!;
        Correction.Apply(outcome.Cases.SelectMany(c => c.Corrections));
        Assert.Equal("blocks: passed\ntext: passed\ncounts: passed", Report(await Tests().RunAsync(folder.PathOf("c.yaml"))));
        Snapshot.Verify(folder.Read("c.yaml"));
        Assert.Equal("{\"name\":\"ADA\",\"n\":1}\n", folder.Read("body.json"));
    }

    private static ConfigTests Tests() => new(PipelineTest.Configured(string.Empty), StandardCatalogue.Instance, new ListLog());

    private async Task<string> RunAsync(string yaml)
    {
        folder.Write("c.yaml", yaml);
        return Report(await Tests().RunAsync(folder.PathOf("c.yaml"))).Replace(folder.Path, "FOLDER", StringComparison.Ordinal);
    }

    private static string Report(FileOutcome? outcome) => string.Join("\n", outcome!.Findings.Where(f => f.Severity == Severity.Error).Select(f => f.ToString())
        .Concat(outcome.Cases.SelectMany(c => (IEnumerable<string>)[$"{c.Name}: {(c.Failures.Count == 0 ? "passed" : "failed")}", .. c.Failures.SelectMany(f => f.Split('\n')).Select(l => "  " + l)])));
}
