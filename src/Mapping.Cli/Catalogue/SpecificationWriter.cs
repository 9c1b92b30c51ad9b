using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mapping.Functions;

namespace Mapping.Cli.Catalogue;

/// <summary>The specifications of builtins as JSON, in the shape that tools for Redpanda Connect read.</summary>
internal static class SpecificationWriter
{
    public static string ToJson(IEnumerable<Builtin> builtins, string listName)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, new System.Text.Json.JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartArray(listName);
            foreach (Builtin builtin in builtins)
            {
                Write(json, builtin);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, Builtin builtin)
    {
        json.WriteStartObject();
        json.WriteString("status"u8, builtin.Status.ToString().ToLowerInvariant());
        json.WriteString("name"u8, builtin.Name);
        if (builtin.IsMethod)
        {
            // A method of the reference may stand in several groups; ours has one, and its examples belong to the method.
            json.WriteStartArray("categories"u8);
            json.WriteStartObject();
            json.WriteString("Category"u8, builtin.Category);
            json.WriteString("Description"u8, string.Empty);
            json.WriteStartArray("Examples"u8);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
        }
        else
        {
            json.WriteString("category"u8, builtin.Category);
        }

        json.WriteString("description"u8, builtin.Summary);
        json.WriteStartObject("params"u8);
        json.WriteBoolean("variadic"u8, builtin.IsVariadic);
        json.WriteStartArray("named"u8);
        foreach (Parameter parameter in builtin.Parameters)
        {
            Write(json, parameter);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("examples"u8);
        foreach (BuiltinExample example in builtin.Examples)
        {
            Write(json, example);
        }

        json.WriteEndArray();
        json.WriteBoolean("impure"u8, builtin.IsImpure);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Parameter parameter)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, parameter.Name);
        json.WriteString("description"u8, parameter.Summary);
        json.WriteString("type"u8, parameter.Type == ParameterType.Any ? "unknown" : parameter.TypeName);
        json.WriteBoolean("no_dynamic"u8, parameter.IsLiteralOnly);

        // A query may be a plain value as well, which then is its result.
        json.WriteBoolean("scalars_to_literal"u8, parameter.IsUnevaluated);
        if (parameter.IsOptional)
        {
            json.WriteBoolean("is_optional"u8, true);
        }

        if (Documentation.Default(parameter) is { } value)
        {
            json.WritePropertyName("default"u8);
            json.WriteRawValue(value);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, BuiltinExample example)
    {
        json.WriteStartObject();
        json.WriteString("mapping"u8, example.Mapping);
        json.WriteString("summary"u8, example.Summary);
        json.WriteStartArray("results"u8);
        foreach ((string input, string output) in example.Results)
        {
            json.WriteStartArray();
            json.WriteStringValue(input);
            json.WriteStringValue(output);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteBoolean("skip_testing"u8, false);
        json.WriteEndObject();
    }
}
