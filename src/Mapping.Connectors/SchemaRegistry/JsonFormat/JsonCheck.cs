using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mapping.Diagnostics;
using Mapping.Functions;
using Mapping.Pipeline.Contracts;
using Mapping.Text;
using Mapping.Values.Json;

namespace Mapping.Connectors.SchemaRegistry.JsonFormat;

/// <summary>Checks documents by a JSON schema, with the method <c>json_schema</c> of the mappings.</summary>
internal sealed class JsonCheck
{
    private readonly CompiledMapping? check;

    private JsonCheck(CompiledMapping? check) => this.check = check;

    /// <exception cref="SchemaFailure">The text is no schema.</exception>
    public static JsonCheck Of(ResolvedSchema schema, IComponentContext context)
    {
        var text = new Utf8Buffer();
        text.Append("root = this.json_schema("u8);
        JsonText.WriteString(Encoding.UTF8.GetBytes(Bundle(schema)), text, escapeHtml: false);
        text.Append((byte)')');
        if (context.Environment.TryCompile(new SourceText(Encoding.UTF8.GetString(text.WrittenSpan), "json_schema"), out CompiledMapping? check, out IReadOnlyList<Diagnostic> diagnostics))
        {
            return new JsonCheck(check);
        }

        if (diagnostics.Any(static d => d.Code == DiagnosticCodes.UnknownMethod))
        {
            context.Log.Write(LogLevel.Warn, "JSON is not checked by its schema: this program has no method json_schema");
            return new JsonCheck(null);
        }

        throw SchemaFailure.Schema($"the JSON schema cannot be read: {diagnostics[0].Message}");
    }

    /// <exception cref="SchemaFailure">The document does not fit.</exception>
    public void Check(Message message)
    {
        if (check is null)
        {
            return;
        }

        var output = new ArrayBufferWriter<byte>();
        Message alone = message.Copy();
        if (check.Run([alone], 0, output, out MappingError? error) == MappingOutcome.Failed)
        {
            throw SchemaFailure.Payload($"the document does not fit its schema: {error!.Text}");
        }
    }

    /// <summary>One schema that holds those it refers to, each under the name it is referred to by.</summary>
    private static string Bundle(ResolvedSchema schema)
    {
        if (schema.Referenced.Count == 0)
        {
            return schema.Schema.Text;
        }

        try
        {
            if (JsonNode.Parse(schema.Schema.Text) is not JsonObject root)
            {
                return schema.Schema.Text;
            }

            var bundled = new JsonObject();
            string id = root["$schema"]?.ToString().Contains("draft-04", StringComparison.Ordinal) == true ? "id" : "$id";
            foreach ((string name, string text) in schema.Referenced)
            {
                JsonNode? part = JsonNode.Parse(text);
                if (part is JsonObject members)
                {
                    members.Remove("$schema");
                    members[id] = name;
                }

                bundled[name] = part;
            }

            // A keyword of no meaning to the checks of this schema but that its members are schemas.
            JsonObject definitions = root["definitions"] as JsonObject ?? [];
            definitions["\u0001references"] = new JsonObject { ["definitions"] = bundled };
            root["definitions"] = definitions;
            return root.ToJsonString();
        }
        catch (JsonException error)
        {
            throw SchemaFailure.Schema($"the JSON schema cannot be read: {error.Message}", error);
        }
    }
}
