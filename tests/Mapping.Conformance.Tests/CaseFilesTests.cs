using System.Text;
using Mapping.Conformance.Runner;

namespace Mapping.Conformance.Tests;

public sealed class CaseFilesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cases");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Topic_file()
    {
        ConformanceCase item = Assert.Single(Load("topic.yaml", """
            - id: language/topic/0001
              mapping: |-
                root.a = 1
                root.b = 2
              input: '{"n": 1.0}'
              meta: {"text": "1", "number": 1.50}
              error: carried
              env: {NAME: value}
              quirk: go-format
              superset_ok: true
              expect:
                output: |-
                  {"a":1}
                meta: {"number": 1.50}
            """));

        Assert.Equal("topic", item.Topic);
        Assert.Equal("root.a = 1\nroot.b = 2", item.Mapping);
        Assert.Equal("""{"n": 1.0}""", Encoding.UTF8.GetString(item.Batch.Single().Span));
        Assert.Equal("""{"text":"1","number":1.50}""", item.Metadata.GetRawText());
        Assert.Equal("carried", item.CarriedError);
        Assert.Equal("value", item.Variables["NAME"]);
        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(item.Expected.Output!.Value.Span));
        Assert.Equal("""{"number":1.50}""", item.Expected.Metadata.GetRawText());
        Assert.Equal("go-format", item.Quirk);
        Assert.True(item.MayBeAccepted);
    }

    [Fact]
    public void Json_lines_with_every_kind_of_answer()
    {
        IReadOnlyList<ConformanceCase> cases = Load("cases.jsonl", """
            {"id":"a","mode":"interp","mapping":"${! 1 }","expect":{"output":"1"}}
            {"id":"b","mode":"mutation","mapping":"x","batch":["1","2"],"index":1,"expect":{"deleted":true}}
            {"id":"c","mapping":"x","input_b64":"//4=","expect":{"error":"failed assignment (line 2): no"}}

            {"id":"d","mapping":"x","expect":{"parse_error":{"line":3,"col":1,"text":"no"}}}
            """);

        Assert.Equal([CaseMode.Interpolation, CaseMode.Mutation, CaseMode.Mapping, CaseMode.Mapping], cases.Select(c => c.Mode));
        Assert.Equal(2, cases[1].Batch.Count);
        Assert.True(cases[1].Expected.IsDeleted);
        Assert.Equal([0xff, 0xfe], cases[2].Batch.Single().ToArray());
        Assert.Equal(3, cases[3].Expected.ParseError!.Line);
    }

    [Theory]
    [InlineData("- mapping: x", "a case has no id")]
    [InlineData("- {id: a, mapping: x}", "case a: the field expect is missing or no object")]
    [InlineData("- {id: a, mapping: x, expect: {}}", "exactly one of")]
    [InlineData("- {id: a, maping: x, expect: {deleted: true}}", "case a: unknown field maping")]
    [InlineData("a: [", "not YAML")]
    public void Faulty_files_are_refused_with_the_reason(string yaml, string reason)
    {
        CaseFormatException error = Assert.Throws<CaseFormatException>(() => Load("topic.yaml", yaml));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("topic.yaml", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lang/arith/0001", "language/arith/0001")]
    [InlineData("method/max/08", "builtins/max/08")]
    [InlineData("function/range/01", "builtins/function-range/01")]
    [InlineData("interp/value/18", "builtins/interpolation-value/18")]
    [InlineData("mutation/root/02", "builtins/mutation-root/02")]
    [InlineData("combo/unknown/03", "builtins/combined-unknown/03")]
    public void Differences_know_both_forms_of_an_id(string vectors, string suite)
    {
        DifferenceList list = DifferenceList.Parse($"- {{id: {vectors}, reason: because}}");

        Assert.True(list.TryGetReason(suite, out string? reason));
        Assert.Equal("because", reason);
        Assert.True(list.TryGetReason(vectors, out _));
    }

    private IReadOnlyList<ConformanceCase> Load(string name, string text)
    {
        string path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return CaseFiles.Load(path);
    }
}
