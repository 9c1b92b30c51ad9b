using System.Text;
using Mapping.Functions;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Tests.Components;

public class ArchiveTests
{
    private static async Task<(string[] Written, TestInput Input)> RunAsync(string processors, Func<Batch> batch)
    {
        var input = new TestInput([batch]);
        var output = new TestOutput();
        await PipelineTest.RunAsync($"input: {{ test: {{}} }}\nlogger: {{ level: OFF }}\npipeline:\n  threads: 1\n  processors:\n{processors}\noutput: {{ test: {{}} }}\n", more: [input.Type, output.Type]);
        return ([.. output.Written], input);
    }

    private static Func<Batch> Bodies(params string[] bodies) => () => Batch.Of(bodies.Select(TestInput.Message));

    [Theory]
    [InlineData("concatenate", "1\"a\"{}")]
    [InlineData("lines", "1\n\"a\"\n{}")]
    [InlineData("json_array", "[1,\"a\",{}]")]
    [InlineData("binary", "\0\0\0\u0003\0\0\0\u00011\0\0\0\u0003\"a\"\0\0\0\u0002{}")]
    public async Task A_batch_becomes_one_message(string format, string expected) =>
        Assert.Equal([expected], (await RunAsync($"    - archive: {{ format: {format} }}", Bodies("1", "\"a\"", "{}"))).Written);

    [Theory]
    [InlineData("binary")]
    [InlineData("lines")]
    [InlineData("json_array")]
    [InlineData("tar")]
    [InlineData("zip")]
    public async Task What_was_archived_comes_out_again(string format) => Assert.Equal(
        ["{\"a\":1}", "[2]", "\"x\""],
        (await RunAsync($"    - archive: {{ format: {format}, path: 'dir/${{! batch_index() }}.json' }}\n    - unarchive: {{ format: {format} }}", Bodies("{\"a\":1}", "[2]", "\"x\""))).Written);

    [Theory]
    [InlineData("tar", "", "0 1")]
    [InlineData("zip", "", "0 1")]
    [InlineData("tar", ", path: 'd/${! content() }.txt'", "d/a.txt d/b.txt")]
    [InlineData("zip", ", path: 'd/${! content() }.txt'", "d/a.txt d/b.txt")]
    public async Task Files_of_an_archive_have_names(string format, string path, string names) => Assert.Equal(
        names,
        string.Join(' ', (await RunAsync($"    - archive: {{ format: {format}{path} }}\n    - unarchive: {{ format: {format} }}\n    - mapping: root = @archive_filename", Bodies("a", "b"))).Written));

    [Fact]
    public async Task An_archive_that_is_rejected_rejects_every_message_of_it()
    {
        var input = new TestInput([Bodies("1", "2", "3")]);
        await PipelineTest.RunAsync("input: { test: {} }\npipeline: { processors: [ { archive: { format: lines } } ] }\noutput: { reject: no }\n", more: [input.Type]);
        Assert.All(Enumerable.Range(0, 3), i => Assert.True(input.Outcomes[0]!.Failed(i)));
    }

    [Fact]
    public async Task A_failed_message_makes_the_archive_fail()
    {
        (string[] written, TestInput input) = await RunAsync("    - mapping: root = if content().string() == \"2\" { throw(\"two\") }\n    - archive: { format: lines }", Bodies("1", "2"));
        Assert.Empty(written);
        Assert.Contains("two", input.Outcomes[0]!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_array_takes_documents_only()
    {
        (string[] written, TestInput input) = await RunAsync("    - archive: { format: json_array }", Bodies("1", "{"));
        Assert.Empty(written);
        Assert.Contains("cannot be an element of an array", input.Outcomes[0]!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tombstone_is_null_in_an_array() =>
        Assert.Equal(["[1,null]"], (await RunAsync("    - archive: { format: json_array }", () => new Batch(TestInput.Message("1"), Message.WithoutBody()))).Written);

    [Theory]
    [InlineData("lines", "a\r\nb\n\nc", "a|b||c")]
    [InlineData("json_array", " [1, {\"a\" : [2]},\n\"x\"] ", "1|{\"a\" : [2]}|\"x\"")]
    [InlineData("json_documents", "1 {\"a\":1}[2]\n\"x\"", "1|{\"a\":1}|[2]|\"x\"")]
    [InlineData("csv", "a,b\n1,\"x \"\"y\"\"\"\n", "{\"a\":\"1\",\"b\":\"x \\\"y\\\"\"}")]
    [InlineData("'csv:;'", "a;b\n1;2,3\n", "{\"a\":\"1\",\"b\":\"2,3\"}")]
    public async Task A_message_becomes_several(string format, string body, string expected) =>
        Assert.Equal(expected, string.Join('|', (await RunAsync($"    - unarchive: {{ format: {format} }}", Bodies(body))).Written));

    [Fact]
    public async Task Members_of_an_object_keep_their_keys() =>
        Assert.Equal(["a=1", "b=[2]"], (await RunAsync("    - unarchive: { format: json_map }\n    - mapping: root = @archive_key + \"=\" + content()", Bodies("{\"a\":1, \"b\":[2]}"))).Written);

    [Theory]
    [InlineData("json_array", "{}", "the text is not one JSON array")]
    [InlineData("json_array", "[1", "the text is no JSON")]
    [InlineData("json_array", "[1] 2", "the text is not one JSON array")]
    [InlineData("json_documents", "{} }", "the text is no JSON, near byte 3")]
    [InlineData("json_map", "[]", "the message is no JSON object")]
    [InlineData("json_map", "{\"a\":1", "the message is no JSON object")]
    [InlineData("csv", "a,b\n1\n", "record 2 of the CSV text: it has 1 fields, the first record has 2")]
    [InlineData("csv", "a,b\n\"1\"x,2\n", "record 2 of the CSV text: text follows the end of a quoted field")]
    [InlineData("binary", "\0\0\0\u0001\0\0\0\u0009a", "the message ends within part 0 of 1")]
    [InlineData("binary", "\0\0\0\0rest", "4 bytes follow the last part")]
    [InlineData("zip", "no zip", "")]
    [InlineData("tar", "no tar", "")]
    public async Task What_cannot_be_taken_apart_fails_and_stays(string format, string body, string error)
    {
        string[] written = (await RunAsync($"    - unarchive: {{ format: {format} }}\n    - catch: [ {{ mapping: 'root = content().encode(\"base64\") + \" \" + error()' }} ]", Bodies(body))).Written;
        Assert.StartsWith($"{Convert.ToBase64String(Encoding.UTF8.GetBytes(body))} {error}", Assert.Single(written), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_holds_nothing_is_done()
    {
        (string[] written, TestInput input) = await RunAsync("    - unarchive: { format: json_array }", Bodies("[]"));
        Assert.Empty(written);
        Assert.Null(input.Outcomes[0]);
    }

    [Fact]
    public void An_unknown_format_is_told() => Assert.Equal(
        "pipeline.yaml:1:50: error P505: unknown format \"xml\"\n  1 | pipeline: { processors: [ { unarchive: { format: xml } } ] }\n    |                                                  ^^^ there is binary, csv, csv:X with one character X, json_array, json_documents, json_map, lines, tar and zip",
        PipelineTest.Lint("pipeline: { processors: [ { unarchive: { format: xml } } ] }\n").ReplaceLineEndings("\n"));
}
