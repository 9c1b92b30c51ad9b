using Mapping.Functions;
using Mapping.Pipeline.Messages;
using Mapping.Values;

namespace Mapping.Pipeline.Tests.Components;

/// <summary>What an output within <c>result:</c> of a <c>fallback</c> is told.</summary>
public class DeadLetterTests
{
    private const string Tell = """
        root = [ @original_topic, @original_partition, @original_offset, @original_key, @original_timestamp_ms ].map_each(v -> v.or("none").string()).join(" ") + " " + error()
        """;

    [Fact]
    public async Task It_knows_where_the_message_was_read_and_why_it_failed() =>
        Assert.Equal("orders 2 17 k 5 full", await RunAsync("result", Tell, Read()));

    [Fact]
    public async Task A_letter_that_failed_once_more_keeps_its_first_origin() =>
        Assert.Equal("first none 3 none none full", await RunAsync("result", Tell, [.. Read(), ("original_topic", Value.FromString("first")), ("original_offset", Value.FromInt64(3))]));

    [Fact]
    public async Task What_was_not_read_from_Kafka_has_no_origin() =>
        Assert.Equal("none none none none none full", await RunAsync("result", Tell, ("path", Value.FromString("a.ndjson"))));

    [Fact]
    public async Task Elsewhere_only_the_error_is_added() =>
        Assert.Equal("fallback_error,kafka_key,kafka_offset,kafka_partition,kafka_timestamp_ms,kafka_topic", await RunAsync(null, """root = @.keys().sort().join(",")""", Read()));

    [Fact]
    public async Task A_letter_that_no_mapping_can_read_is_written_as_it_is() =>
        Assert.Equal("no JSON", await RunAsync("result", "root = this", Read()));

    private static (string, Value)[] Read() =>
    [
        ("kafka_topic", Value.FromString("orders")),
        ("kafka_partition", Value.FromInt64(2)),
        ("kafka_offset", Value.FromInt64(17)),
        ("kafka_key", Value.FromString("k")),
        ("kafka_timestamp_ms", Value.FromInt64(5)),
    ];

    private static async Task<string> RunAsync(string? wrapper, string mapping, params (string, Value)[] metadata)
    {
        var input = new TestInput([() =>
        {
            Message message = TestInput.Message("no JSON");
            MetadataValues.Set(message, metadata);
            return new Batch(message);
        }]);
        string tier = $"stdout: {{}}, processors: [ {{ mapping: '{mapping.Trim()}' }} ]";
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync(
            $"input: {{ test: {{}} }}\noutput: {{ fallback: [ {{ try: {{ reject: full }} }}, {{ {(wrapper is null ? tier : $"{wrapper}: {{ {tier} }}")} }} ] }}\n", more: [input.Type]);
        Assert.Null(input.Outcomes[0]);
        return Assert.Single(outcome.Lines);
    }
}
