using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Mapping.Connectors.SchemaRegistry.CommonFormat;

/// <summary>Common schemas as Avro schemas.</summary>
internal sealed partial class CommonToAvro(MetadataSchemaOptions options)
{
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    /// <exception cref="SchemaFailure">The schema has a type that Avro lacks.</exception>
    public string Write(JsonObject root)
    {
        JsonNode made = Of(root, options.RecordName.Length > 0 ? options.RecordName : NameOf(root) ?? "record");
        if (made is JsonObject { Count: > 0 } record && options.Namespace.Length > 0)
        {
            record["namespace"] = options.Namespace;
        }

        return made.ToJsonString();
    }

    private static string? NameOf(JsonObject schema) => schema["name"]?.ToString() is { Length: > 0 } name ? name : null;

    private static IEnumerable<JsonObject> Children(JsonObject schema) => (schema["children"] as JsonArray ?? []).OfType<JsonObject>();

    private JsonNode Of(JsonObject schema, string name)
    {
        JsonNode made = schema["type"]?.ToString() switch
        {
            "NULL" => "null",
            "BOOLEAN" => "boolean",
            "INT32" => "int",
            "INT64" => "long",
            "FLOAT32" => "float",
            "FLOAT64" => "double",
            "STRING" => "string",
            "BYTE_ARRAY" => "bytes",
            "TIMESTAMP" => new JsonObject { ["type"] = "long", ["logicalType"] = "timestamp-millis" },
            "OBJECT" => Record(schema, name),
            "ARRAY" => new JsonObject { ["type"] = "array", ["items"] = Item(schema, name) },
            "MAP" => new JsonObject { ["type"] = "map", ["values"] = Item(schema, name) },
            "UNION" => new JsonArray([.. Children(schema).Select((c, i) => Of(c, NameOf(c) ?? $"{name}_{i}"))]),
            var other => throw SchemaFailure.Schema($"\"{name}\" is of the type {other}, which Avro has no word for"),
        };
        if (schema["optional"]?.GetValueKind() != System.Text.Json.JsonValueKind.True)
        {
            return made;
        }

        return made is JsonArray branches ? new JsonArray(["null", .. branches.Select(static b => b!.DeepClone())]) : new JsonArray("null", made);
    }

    private JsonNode Item(JsonObject schema, string name) =>
        Children(schema).FirstOrDefault() is { } item ? Of(item, NameOf(item) ?? name + "_item") : throw SchemaFailure.Schema($"\"{name}\" does not say what it holds");

    private JsonObject Record(JsonObject schema, string name)
    {
        string own = InvalidLetters().Replace(name, "_");
        own = char.IsAsciiDigit(own[0]) ? "_" + own : own;
        for (int i = 2; !taken.Add(own); i++)
        {
            own = $"{own.TrimEnd("0123456789".ToCharArray())}{i}";
        }

        var fields = new JsonArray();
        foreach (JsonObject child in Children(schema))
        {
            string field = NameOf(child) ?? throw SchemaFailure.Schema($"a field of \"{name}\" has no name");
            var made = new JsonObject { ["name"] = field, ["type"] = Of(child, field) };
            if (made["type"] is JsonArray { Count: > 0 } branches && branches[0]?.ToString() == "null")
            {
                made["default"] = null;
            }

            fields.Add(made);
        }

        return new JsonObject { ["type"] = "record", ["name"] = own, ["fields"] = fields };
    }

    [GeneratedRegex("[^A-Za-z0-9_]")]
    private static partial Regex InvalidLetters();
}
