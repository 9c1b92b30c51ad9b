using System.Text.Json;

namespace Mapping.Pipeline.Config;

/// <summary>JSON schemas of fields.</summary>
internal static class SchemaText
{
    /// <summary>A number or the like, or a text that holds a variable.</summary>
    public static void WriteOrVariable(Utf8JsonWriter json, Action value)
    {
        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        value();
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "string");
        json.WriteString("pattern", "\\$\\{");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    public static void WriteObject(Utf8JsonWriter json, IReadOnlyList<Field> fields)
    {
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (Field field in fields)
        {
            json.WriteStartObject(field.Name);
            if (field.Description.Length > 0)
            {
                json.WriteString("description", field.Description);
            }

            if (field.DefaultText is { } text)
            {
                json.WriteString("x-default", text);
            }

            field.Type.WriteSchema(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        string[] required = [.. fields.Where(f => f.IsRequired).Select(f => f.Name)];
        if (required.Length > 0)
        {
            json.WriteStartArray("required");
            foreach (string name in required)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }

        json.WriteBoolean("additionalProperties", false);
    }
}
