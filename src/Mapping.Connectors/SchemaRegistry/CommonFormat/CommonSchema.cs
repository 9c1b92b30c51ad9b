using System.Text;
using System.Text.Json.Nodes;
using Avro;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Connectors.SchemaRegistry.CommonFormat;

/// <summary>What a common schema can become.</summary>
internal enum CommonTarget
{
    Avro,
    JsonSchema,
}

/// <summary>
/// A schema in the form that metadata carries from one processor to another, whatever it was made of:
/// <c>{"type": "OBJECT", "name": "Order", "children": [{"type": "INT64", "name": "id"}]}</c>, with <c>"optional": true</c> for what may be null.
/// </summary>
internal static class CommonSchema
{
    /// <summary>The form for metadata of an Avro schema.</summary>
    public static Value OfAvro(Schema schema)
    {
        byte[] text = Encoding.UTF8.GetBytes(CommonReader.Of(schema).ToJsonString());
        var document = new Document();
        document.TryParse(text, 0, text.Length, strictUtf8: false, out _);
        return Value.FromDocument(document, document.RootIndex).Detach().Frozen();
    }

    public static string Text(Value schema)
    {
        if (schema.IsText)
        {
            return schema.AsHostString();
        }

        var text = new Utf8Buffer();
        JsonWriter.TryWrite(schema, text, JsonWriterOptions.Message);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <exception cref="SchemaFailure">The text is no common schema.</exception>
    public static RegisteredSchema ToRegistered(string common, MetadataSchemaOptions options)
    {
        JsonObject root;
        try
        {
            root = JsonNode.Parse(common) as JsonObject ?? throw SchemaFailure.Schema("the schema in the metadata is no object");
        }
        catch (System.Text.Json.JsonException error)
        {
            throw SchemaFailure.Schema($"the schema in the metadata is no JSON: {error.Message}", error);
        }

        return options.Target == CommonTarget.Avro
            ? new RegisteredSchema(SchemaKind.Avro, new CommonToAvro(options).Write(root), [])
            : new RegisteredSchema(SchemaKind.Json, CommonToJsonSchema.Write(root), []);
    }
}
