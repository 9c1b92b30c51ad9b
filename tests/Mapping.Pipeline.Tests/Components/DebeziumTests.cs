using Mapping.Functions;
using Mapping.Pipeline.Messages;
using Mapping.Values;

namespace Mapping.Pipeline.Tests.Components;

public class DebeziumTests
{
    private const string Source = """ "source":{"connector":"postgresql","schema":"public","table":"customers","lsn":24023128} """;
    private const string Create = $$"""{"before":null,"after":{"id":1,"name":"Ada"},{{Source}},"op":"c","ts_ms":1700000000001}""";
    private const string Update = $$"""{"before":{"id":1,"name":"Ada"},"after":{"id":1,"name":"Eve","price":12.50},{{Source}},"op":"u","ts_ms":1700000000002}""";
    private const string Delete = $$"""{"before":{"id":1,"name":"Eve"},"after":null,{{Source}},"op":"d","ts_ms":1700000000003}""";
    private const string Truncate = $$"""{"before":null,"after":null,{{Source}},"op":"t"}""";

    [Fact]
    public async Task Rows_take_the_place_of_envelopes_and_deletes_are_tombstones() => Assert.Equal(
        [
            """c 1700000000001 customers {"id":1} {"id":1,"name":"Ada"}""",
            """u 1700000000002 customers {"id":1} {"id":1,"name":"Eve","price":12.50}""",
            """d 1700000000003 customers {"id":1} tombstone""",
            """ none none {"id":1} tombstone""",
        ],
        await RunAsync("{}", Create, Update, Delete, null));

    [Fact]
    public async Task The_schema_around_event_and_key_is_taken_off() => Assert.Equal(
        ["""c 1700000000001 customers {"id":1} {"id":1,"name":"Ada"}""", """ none none {"id":1} tombstone"""],
        await RunAsync("{}", """{"schema":{"type":"struct"},"payload":{"id":1}}""", $$"""{"schema":{"type":"struct"},"payload":{{Create}}}""", """{"schema":null,"payload":null}"""));

    [Theory]
    [InlineData("1000", "1000")]
    [InlineData("\"abc\"", "abc")]
    [InlineData("a-b", "a-b")]
    [InlineData("", "none")]
    public async Task A_key_that_is_no_object_stays_a_text(string key, string expected) =>
        Assert.Equal([$$"""c 1700000000001 customers {{expected}} {"id":1,"name":"Ada"}"""], await RunAsync("{}", key, Create));

    [Theory]
    [InlineData("{ deletes: drop, tombstones: drop }", new[] { """c {"id":1,"name":"Ada"}""" })]
    [InlineData("{ deletes: rewrite }", new[] { """c {"id":1,"name":"Ada","__deleted":"false"}""", """d {"id":1,"name":"Eve","__deleted":"true"}""", " tombstone" })]
    [InlineData("{ deletes: tombstone, tombstones: drop }", new[] { """c {"id":1,"name":"Ada"}""", "d tombstone" })]
    public async Task What_becomes_of_deletes_is_chosen(string options, string[] expected) =>
        Assert.Equal(expected, (await RunAsync(options, Create, Delete, null)).Select(static line => line.Split(' ') is [var op, _, _, _, var body] ? $"{op} {body}" : line));

    [Fact]
    public async Task A_deleted_row_of_which_nothing_is_told_is_its_key() => Assert.Equal(
        ["""d none none {"id":1} {"id":1,"__deleted":"true"}"""],
        await RunAsync("{ deletes: rewrite }", """{"before":null,"after":null,"op":"d"}"""));

    [Fact]
    public async Task The_key_can_be_made_of_columns() => Assert.Equal(
        ["""c 1700000000001 customers {"name":"Ada","id":1} {"id":1,"name":"Ada"}""", """d 1700000000003 customers {"name":"Eve","id":1} tombstone"""],
        await RunAsync("{ key_fields: [ name, id ] }", Create, Delete));

    [Fact]
    public async Task An_envelope_keeps_before_and_after() => Assert.Equal(
        [$$"""u 1700000000002 customers {"id":1} {{Update.Replace(" ", string.Empty, StringComparison.Ordinal)}}""", $$"""d 1700000000003 customers {"id":1} {{Delete.Replace(" ", string.Empty, StringComparison.Ordinal)}}"""],
        await RunAsync("{ mode: envelope }", $$"""{"schema":1,"payload":{{Update}}}""", Delete));

    [Fact]
    public async Task Operations_without_a_row_pass_as_they_are() => Assert.Equal(
        [$$"""t none customers {"id":1} {{Truncate.Replace(" ", string.Empty, StringComparison.Ordinal)}}"""],
        await RunAsync("{}", Truncate));

    [Theory]
    [InlineData("{}", "no JSON", "a change event is a JSON document: ")]
    [InlineData("{}", """{"id":1}""", "the document is no change event: it has no op")]
    [InlineData("{}", """{"op":"c"}""", "the change event has no row: after is null")]
    [InlineData("{ key_fields: [ tenant ] }", Create, "the row has no column \"tenant\" of the primary key")]
    public async Task What_is_no_change_event_fails_and_stays_as_it_is(string options, string body, string reason)
    {
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync($"pipeline: {{ processors: [ {{ debezium: {options} }} ] }}\noutput: {{ fallback: [ {{ reject_errored: {{ drop: {{}} }} }}, {{ stdout: {{}}, processors: [ {{ mapping: 'root = error() + \"|\" + content()' }} ] }} ] }}\n", body + "\n");
        string[] parts = Assert.Single(outcome.Lines).Split('|');
        Assert.Contains(reason, parts[0], StringComparison.Ordinal);
        Assert.Equal(body, parts[1]);
    }

    [Fact]
    public async Task What_is_removed_is_acknowledged()
    {
        var input = new TestInput([() => new Batch(TestInput.Message(Delete), Functions.Message.WithoutBody())]);
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync("input: { test: {} }\npipeline: { processors: [ { debezium: { deletes: drop, tombstones: drop } } ] }\n", more: [input.Type]);
        Assert.Empty(outcome.Lines);
        Assert.Null(input.Outcomes[0]);
    }

    /// <summary>Operation, time, table, key and body of what comes out; the records have the key of the table unless the first text is one.</summary>
    private static async Task<string[]> RunAsync(string options, params string?[] bodies)
    {
        bool hasKey = bodies.Length > 1 && bodies[0] is { } first && !first.Contains("\"op\"", StringComparison.Ordinal);
        string key = hasKey ? bodies[0]! : """{"id":1}""";
        var input = new TestInput([() => Batch.Of(bodies.Skip(hasKey ? 1 : 0).Select(b => Record(key, b)))]);
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync(
            $$"""
            input: { test: {} }
            pipeline:
              threads: 1
              processors:
                - debezium: {{options}}
                - mapping: |
                    root = "%v %v %v %v %v".format(@debezium_op.or(""), @debezium_ts_ms.or("none"), @debezium_source.table.or("none"), @debezium_key.or("none"), content().string().not_empty().or("tombstone"))
            """,
            more: [input.Type]);
        return outcome.Lines;
    }

    private static Message Record(string key, string? body)
    {
        Message message = body is null ? Message.WithoutBody() : TestInput.Message(body);
        MetadataValues.Set(message, "kafka_key", Value.FromString(key));
        return message;
    }
}
