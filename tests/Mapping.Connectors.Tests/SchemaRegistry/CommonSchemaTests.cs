using System.Text;
using Mapping.Functions;

namespace Mapping.Connectors.Tests.SchemaRegistry;

/// <summary>Schemas that travel with messages, from the registry they were read with to the one they are written with.</summary>
public class CommonSchemaTests
{
    private const string Order = """
        {"type":"record","name":"Order","fields":[
          {"name":"id","type":"long"},
          {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
          {"name":"note","type":["null","string"],"default":null},
          {"name":"lines","type":{"type":"array","items":{"type":"record","name":"Line","fields":[{"name":"n","type":"int"}]}}},
          {"name":"prices","type":{"type":"map","values":"double"}},
          {"name":"either","type":["int","string"]}]}
        """;

    private const string Common = """{"type":"OBJECT","name":"Order","children":[{"type":"INT64","name":"id"},{"type":"TIMESTAMP","name":"at"},{"type":"STRING","name":"note","optional":true},{"type":"ARRAY","name":"lines","children":[{"type":"OBJECT","name":"Line","children":[{"type":"INT32","name":"n"}]}]},{"type":"MAP","name":"prices","children":[{"type":"FLOAT64"}]},{"type":"UNION","name":"either","children":[{"type":"INT32"},{"type":"STRING"}]}]}""";

    private const string Body = """{"id":1,"at":1700000000000,"note":"x","lines":[{"n":1}],"prices":{"a":1.5},"either":"y"}""";

    [Theory]
    [InlineData("avro", "{ raw_json: true, record_name: Copy, namespace: shop }", """{"type":"record","name":"Copy","fields":[{"name":"id","type":"long"},{"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},{"name":"note","type":["null","string"],"default":null},{"name":"lines","type":{"type":"array","items":{"type":"record","name":"Line","fields":[{"name":"n","type":"int"}]}}},{"name":"prices","type":{"type":"map","values":"double"}},{"name":"either","type":["int","string"]}],"namespace":"shop"}""")]
    [InlineData("json_schema", "{}", """{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{"id":{"type":"integer"},"at":{"type":"string","format":"date-time"},"note":{"type":["string","null"]},"lines":{"type":"array","items":{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}},"prices":{"type":"object","additionalProperties":{"type":"number"}},"either":{"anyOf":[{"type":"integer"},{"type":"string"}]}},"required":["id","at","lines","prices","either"]}""")]
    public async Task A_schema_is_stored_carried_and_registered(string format, string avro, string registered)
    {
        await using RegistryStub source = await RegistryStub.StartAsync();
        await using RegistryStub target = await RegistryStub.StartAsync();
        source.Register("orders-value", Order);
        Message encoded = await SchemaRun.ProcessAsync($"schema_registry_encode: {{ url: \"{source.Url}\", subject: orders-value, avro: {{ raw_json: true }} }}", Encoding.UTF8.GetBytes(Body));
        Assert.Null(encoded.Error);
        bool isJson = format == "json_schema";
        var run = new SchemaRun();
        await run.RunAsync(
            $$"""
            pipeline:
              processors:
                - schema_registry_decode: { url: "{{source.Url}}", avro: { raw_unions: true, store_schema_metadata: schema, preserve_logical_types: {{(isJson ? "true" : "false")}} } }
                - schema_registry_encode: { url: "{{target.Url}}", subject: copy-value, schema_metadata: schema, format: {{format}}, normalize: {{(isJson ? "false" : "true")}}, avro: {{avro}} }
            error_handling: { strategy: none }

            """,
            Pipeline.Messages.Batch.Of([new Message(encoded.Body), new Message(encoded.Body)]));
        Assert.All(run.Written, static m => Assert.Null(m.Error));
        Assert.Equal(Common, SchemaRun.Metadata(run.Written[0], "schema"));
        Assert.Equal([$"POST /subjects/copy-value/versions{(isJson ? string.Empty : "?normalize=true")}"], target.Requests);

        // Another reader finds the same document by the schema that was registered.
        Message decoded = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{target.Url}\", avro: {{ raw_unions: true }} }}", run.Written[1].Body.ToArray());
        Assert.Equal(isJson ? Body.Replace("1700000000000", "\"2023-11-14T22:13:20Z\"", StringComparison.Ordinal) : Body, SchemaRun.Text(decoded));
        Assert.Equal(registered, target.TextOf(1));
    }

    [Theory]
    [InlineData("", "the message has no schema in its metadata \"schema\"")]
    [InlineData("no json", "is no JSON")]
    [InlineData("{\"type\":\"ANY\",\"name\":\"x\"}", "which Avro has no word for")]
    [InlineData("{\"type\":\"ARRAY\",\"name\":\"x\"}", "does not say what it holds")]
    public async Task A_schema_that_is_none_fails_the_message(string schema, string reason)
    {
        await using RegistryStub target = await RegistryStub.StartAsync();
        Message failed = (await SchemaRun.ProcessAsync(
            $"schema_registry_encode: {{ url: \"{target.Url}\", subject: a, schema_metadata: schema, format: avro, avro: {{ raw_json: true }} }}",
            SchemaRun.With("1"u8.ToArray(), schema.Length == 0 ? "other" : "schema", schema)))[0];
        Assert.Contains(reason, failed.Error!.Text);
        Assert.Equal("\"invalid_schema\"", SchemaRun.Metadata(failed, "schema_error"));
    }
}
