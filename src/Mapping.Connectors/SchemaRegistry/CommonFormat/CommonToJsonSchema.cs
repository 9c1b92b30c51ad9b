using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mapping.Connectors.SchemaRegistry.CommonFormat;

/// <summary>Common schemas as JSON schemas.</summary>
internal static class CommonToJsonSchema
{
    /// <exception cref="SchemaFailure">The schema has a type of no meaning.</exception>
    public static string Write(JsonObject root)
    {
        JsonObject made = Of(root);
        made.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        return made.ToJsonString();
    }

    private static IEnumerable<JsonObject> Children(JsonObject schema) => (schema["children"] as JsonArray ?? []).OfType<JsonObject>();

    private static bool IsOptional(JsonObject schema) => schema["optional"]?.GetValueKind() == JsonValueKind.True;

    private static JsonObject Of(JsonObject schema)
    {
        string? type = schema["type"]?.ToString();
        JsonObject made = type switch
        {
            "NULL" => new() { ["type"] = "null" },
            "BOOLEAN" => new() { ["type"] = "boolean" },
            "INT32" or "INT64" => new() { ["type"] = "integer" },
            "FLOAT32" or "FLOAT64" => new() { ["type"] = "number" },
            "STRING" or "BYTE_ARRAY" => new() { ["type"] = "string" },
            "TIMESTAMP" => new() { ["type"] = "string", ["format"] = "date-time" },
            "OBJECT" => OfObject(schema),
            "ARRAY" => new() { ["type"] = "array", ["items"] = Children(schema).FirstOrDefault() is { } item ? Of(item) : true },
            "MAP" => new() { ["type"] = "object", ["additionalProperties"] = Children(schema).FirstOrDefault() is { } item ? Of(item) : true },
            "UNION" => new() { ["anyOf"] = new JsonArray([.. Children(schema).Select(Of)]) },
            "ANY" => [],
            _ => throw SchemaFailure.Schema($"the schema in the metadata has the type {type ?? "null"}, which is none"),
        };
        if (!IsOptional(schema) || made.Count == 0)
        {
            return made;
        }

        if (made["type"] is { } own)
        {
            made["type"] = new JsonArray(own.DeepClone(), "null");
        }
        else
        {
            ((JsonArray)made["anyOf"]!).Add(new JsonObject { ["type"] = "null" });
        }

        return made;
    }

    private static JsonObject OfObject(JsonObject schema)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (JsonObject child in Children(schema))
        {
            string name = child["name"]?.ToString() ?? throw SchemaFailure.Schema("a field of an object has no name");
            properties[name] = Of(child);
            if (!IsOptional(child))
            {
                required.Add(name);
            }
        }

        var made = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
        {
            made["required"] = required;
        }

        return made;
    }
}
