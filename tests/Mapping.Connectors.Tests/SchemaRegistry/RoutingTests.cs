using Mapping.Functions;
using Mapping.Pipeline.Messages;

namespace Mapping.Connectors.Tests.SchemaRegistry;

/// <summary>The example of routes by contract, as it stands.</summary>
public class RoutingTests
{
    private const string Resources = """
        output_resources:
          - label: high_priority_topic
            high: {}
          - label: discard
            drop: {}
          - label: default_datalake
            lake: {}
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_example_routes_by_subject(bool isEnvelope)
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        byte[] payment = RegistryStub.Framed(registry.Register("payments-v1", Record("P", "n", "int")), 2);
        byte[] debug = RegistryStub.Framed(registry.Register("debug-clicks", Record("D", "n", "int")), 4);
        byte[] other = RegistryStub.Framed(registry.Register("orders-v1", Record("O", "n", "int")), 6);
        byte[] named = RegistryStub.Framed(registry.Register("orders-v2", Record("N", "schema_subject", "string")), [22, .. "payments-v1"u8]);
        List<Message> high = [];
        List<Message> lake = [];
        var run = new SchemaRun
        {
            Resources = Resources,
            Overrides = [$"pipeline.processors.0.schema_registry_decode.url={registry.Url}", .. isEnvelope ? (string[])["pipeline.processors.0.schema_registry_decode.mode=envelope"] : []],
            More = [SchemaRun.Keeping("high", high), SchemaRun.Keeping("lake", lake)],
        };
        await run.RunAsync(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Examples", "contract_routing.yaml")),
            Batch.Of(new[] { payment, debug, other, named }.Select(static b => new Message(b))));

        // A field of the payload is what it is named; only one that is not there stands in the metadata.
        Assert.Equal(isEnvelope ? [payment] : ["""{"n":1}"""u8.ToArray(), """{"schema_subject":"payments-v1"}"""u8.ToArray()], high.Select(static m => m.Body.ToArray()));
        Assert.Equal(isEnvelope ? [other, named] : ["""{"n":3}"""u8.ToArray()], lake.Select(static m => m.Body.ToArray()));
    }

    private static string Record(string name, string field, string type) => $$"""{"type":"record","name":"{{name}}","fields":[{"name":"{{field}}","type":"{{type}}"}]}""";
}
