using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Reference;

/// <summary>JSON schemas for editors, and the catalogue as JSON.</summary>
internal static class PipelineSchema
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>Of a whole configuration.</summary>
    public static string Write(Catalogue catalogue) => Text(json =>
    {
        json.WriteString("$schema", "http://json-schema.org/draft-07/schema#");
        json.WriteString("title", "A pipeline");
        RootShape.Main.WriteSchema(json);
        json.WriteStartObject("$defs");
        foreach (ComponentKind kind in ComponentKindText.InOrder)
        {
            json.WriteStartObject(kind.Word().Replace(' ', '_'));
            WriteKind(json, kind, catalogue);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    /// <summary>Everything that is known about components.</summary>
    public static string WriteCatalogue(IReadOnlyList<ComponentType> types) => Text(json =>
    {
        json.WriteStartArray("components");
        foreach (ComponentType type in types)
        {
            json.WriteStartObject();
            json.WriteString("kind", type.Kind.Key());
            json.WriteString("name", type.Name);
            json.WriteString("summary", type.Summary);
            json.WriteString("description", type.Description);
            if (type.Deprecation is { } reason)
            {
                json.WriteString("deprecated", reason);
            }

            if (type.Example is { } example)
            {
                json.WriteString("example", example);
            }

            json.WriteString("type", type.Body.Name);
            WriteFields(json, type.Body.Children);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteKind(Utf8JsonWriter json, ComponentKind kind, Catalogue catalogue)
    {
        ComponentType[] types = [.. catalogue.All.Where(t => t.Kind == kind)];
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        WriteText(json, "label", "The name of this component in metrics and logs; letters, digits, _ and -.");
        WriteText(json, "type", "The name of the type, instead of its name as key.");
        json.WriteStartObject("plugin");
        json.WriteEndObject();
        json.WriteStartObject("meta");
        json.WriteEndObject();
        if (kind is ComponentKind.Input or ComponentKind.Output)
        {
            json.WriteStartObject("processors");
            json.WriteString("description", kind == ComponentKind.Input ? "Run after reading." : "Run before writing.");
            Fields.ProcessorsValue.WriteSchema(json);
            json.WriteEndObject();
        }

        if (kind == ComponentKind.Metrics)
        {
            WriteText(json, "mapping", "Renames metrics and leaves them out.");
        }

        foreach (ComponentType type in types.Where(t => !(kind is ComponentKind.Input or ComponentKind.Output && t.Name == "processors")))
        {
            json.WriteStartObject(type.Name);
            json.WriteString("description", type.Summary);
            type.Body.WriteSchema(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteBoolean("additionalProperties", false);
    }

    private static void WriteFields(Utf8JsonWriter json, IReadOnlyList<Field> fields)
    {
        json.WriteStartArray("fields");
        foreach (Field field in fields)
        {
            json.WriteStartObject();
            json.WriteString("name", field.Name);
            json.WriteString("description", field.Description);
            json.WriteString("type", field.Type.Name);
            json.WriteBoolean("required", field.IsRequired);
            if (field.DefaultText is { } text)
            {
                json.WriteString("default", text);
            }

            json.WriteBoolean("advanced", field.IsAdvanced);
            json.WriteBoolean("secret", field.IsSecret);
            if (field.Type.Children.Count > 0)
            {
                WriteFields(json, field.Type.Children);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string description)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "string");
        json.WriteString("description", description);
        json.WriteEndObject();
    }

    private static string Text(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }
}
