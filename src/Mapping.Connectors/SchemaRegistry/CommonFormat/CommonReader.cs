using System.Text.Json.Nodes;
using Avro;

namespace Mapping.Connectors.SchemaRegistry.CommonFormat;

/// <summary>Avro schemas in their common form.</summary>
internal static class CommonReader
{
    public static JsonObject Of(Schema schema) => Of(schema, null, []);

    private static JsonObject Of(Schema schema, string? name, HashSet<string> open)
    {
        (string type, JsonArray? children, bool isOptional) = schema switch
        {
            LogicalSchema { LogicalTypeName: "timestamp-millis" or "timestamp-micros" or "timestamp-nanos" } => ("TIMESTAMP", null, false),
            LogicalSchema logical => (TypeOf(logical.BaseSchema), null, false),
            RecordSchema record when open.Add(record.Fullname) => ("OBJECT", Fields(record, open), false),
            RecordSchema => ("ANY", null, false),
            ArraySchema list => ("ARRAY", [Of(list.ItemSchema, null, open)], false),
            MapSchema map => ("MAP", [Of(map.ValueSchema, null, open)], false),
            UnionSchema union => OfUnion(union, open),
            _ => (TypeOf(schema), (JsonArray?)null, false),
        };
        var made = new JsonObject { ["type"] = type };
        if (schema is UnionSchema { Schemas: var branches } && children is [JsonObject only] && branches.Count(static b => b.Tag != Schema.Type.Null) == 1)
        {
            children.Clear();
            made = only;
        }

        if ((name ?? (schema as NamedSchema)?.Name) is { } own)
        {
            made["name"] = own;
        }

        if (isOptional)
        {
            made["optional"] = true;
        }

        if (children is { Count: > 0 })
        {
            made["children"] = children;
        }

        return made;
    }

    private static JsonArray Fields(RecordSchema record, HashSet<string> open)
    {
        var children = new JsonArray([.. record.Fields.Select(f => Of(f.Schema, f.Name, open))]);
        open.Remove(record.Fullname);
        return children;
    }

    private static (string, JsonArray?, bool) OfUnion(UnionSchema union, HashSet<string> open) =>
        ("UNION", new JsonArray([.. union.Schemas.Where(static s => s.Tag != Schema.Type.Null).Select(s => Of(s, null, open))]), union.Schemas.Any(static s => s.Tag == Schema.Type.Null));

    private static string TypeOf(Schema schema) => schema.Tag switch
    {
        Schema.Type.Null => "NULL",
        Schema.Type.Boolean => "BOOLEAN",
        Schema.Type.Int => "INT32",
        Schema.Type.Long => "INT64",
        Schema.Type.Float => "FLOAT32",
        Schema.Type.Double => "FLOAT64",
        Schema.Type.Bytes or Schema.Type.Fixed => "BYTE_ARRAY",
        _ => "STRING",
    };
}
