using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mapping.Functions;

namespace Mapping.Cli.Catalogue;

/// <summary>
/// A JSON Schema of calls with named arguments, for completion and hover in editors: an object with the name of a builtin as
/// its key and the arguments by name as the value. Queries and arguments of no fixed type may be anything.
/// </summary>
internal static class ArgumentSchemaWriter
{
    public static string ToJson(IReadOnlyList<Builtin> builtins, string listName)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, new System.Text.Json.JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("$schema"u8, "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title"u8, listName);
            json.WriteString("type"u8, "object");
            json.WriteStartObject("properties"u8);
            foreach (Builtin builtin in builtins)
            {
                json.WriteStartObject(builtin.Name);
                json.WriteString("$ref"u8, $"#/$defs/{builtin.Name}");
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteBoolean("additionalProperties"u8, false);
            json.WriteStartObject("$defs"u8);
            foreach (Builtin builtin in builtins)
            {
                Write(json, builtin);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, Builtin builtin)
    {
        json.WriteStartObject(builtin.Name);
        json.WriteString("title"u8, Documentation.Signature(builtin));
        json.WriteString("description"u8, builtin.Summary);
        if (builtin.Status == BuiltinStatus.Deprecated)
        {
            json.WriteBoolean("deprecated"u8, true);
        }

        if (builtin.IsVariadic)
        {
            json.WriteString("type"u8, "array");
            json.WriteEndObject();
            return;
        }

        json.WriteString("type"u8, "object");
        json.WriteStartObject("properties"u8);
        foreach (Parameter parameter in builtin.Parameters)
        {
            Write(json, parameter);
        }

        json.WriteEndObject();
        json.WriteStartArray("required"u8);
        foreach (Parameter parameter in builtin.Parameters.Where(parameter => parameter.IsRequired))
        {
            json.WriteStringValue(parameter.Name);
        }

        json.WriteEndArray();
        json.WriteBoolean("additionalProperties"u8, false);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Parameter parameter)
    {
        json.WriteStartObject(parameter.Name);
        json.WriteString("description"u8, parameter.Summary);
        if (JsonType(parameter.Type) is { } type)
        {
            json.WriteString("type"u8, type);
        }

        if (Documentation.Default(parameter) is { } value)
        {
            json.WritePropertyName("default"u8);
            json.WriteRawValue(value);
        }

        json.WriteEndObject();
    }

    /// <summary>Null where several types are fine: numbers do as bools, and times are texts or numbers.</summary>
    private static string? JsonType(ParameterType type) => type switch
    {
        ParameterType.String => "string",
        ParameterType.Int64 or ParameterType.Float64 => "number",
        ParameterType.Array => "array",
        ParameterType.Object => "object",
        _ => null,
    };
}
