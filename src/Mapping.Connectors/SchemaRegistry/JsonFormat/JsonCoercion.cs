using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mapping.Connectors.SchemaRegistry.JsonFormat;

/// <summary>Converts values to the types that a JSON schema declares, where there is one way to do so.</summary>
internal sealed class JsonCoercion
{
    private const int MostLevels = 100;

    private readonly JsonNode? root;
    private readonly Dictionary<string, JsonNode?> referenced;

    private JsonCoercion(JsonNode? root, Dictionary<string, JsonNode?> referenced)
    {
        this.root = root;
        this.referenced = referenced;
    }

    /// <exception cref="SchemaFailure">A text is no JSON.</exception>
    public static JsonCoercion Of(ResolvedSchema schema)
    {
        try
        {
            return new JsonCoercion(JsonNode.Parse(schema.Schema.Text), schema.Referenced.ToDictionary(static r => r.Name, static r => JsonNode.Parse(r.Text)));
        }
        catch (JsonException error)
        {
            throw SchemaFailure.Schema($"the JSON schema cannot be read: {error.Message}", error);
        }
    }

    /// <summary>The document with its values converted.</summary>
    /// <exception cref="SchemaFailure">It is no JSON.</exception>
    public ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> document)
    {
        try
        {
            JsonNode? read = JsonNode.Parse(document.Span);
            JsonNode? converted = Converted(read, root, root, 0);
            return Encoding.UTF8.GetBytes(converted?.ToJsonString(Relaxed) ?? "null");
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw SchemaFailure.Payload($"the payload is no JSON document: {error.Message}");
        }
    }

    private static JsonSerializerOptions Relaxed { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private JsonNode? Converted(JsonNode? value, JsonNode? schema, JsonNode? @base, int level)
    {
        if (level > MostLevels || schema is not JsonObject rules)
        {
            return value;
        }

        if (rules["$ref"] is JsonValue reference && reference.GetValueKind() == JsonValueKind.String)
        {
            (JsonNode? target, JsonNode? home) = Follow(reference.GetValue<string>(), @base);
            return Converted(value, target, home, level + 1);
        }

        foreach (JsonNode? part in rules["allOf"] as JsonArray ?? [])
        {
            value = Converted(value, part, @base, level + 1);
        }

        switch (value)
        {
            case JsonObject members:
                ConvertMembers(members, rules, @base, level);
                return value;
            case JsonArray elements:
                for (int i = 0; i < elements.Count; i++)
                {
                    JsonNode? item = rules["items"] is JsonArray each ? each.ElementAtOrDefault(i) : rules["items"];
                    Replace(elements[i], Converted(elements[i], item, @base, level + 1), made => elements[i] = made);
                }

                return value;
            default:
                return Scalar(value, TypesOf(rules));
        }
    }

    private void ConvertMembers(JsonObject members, JsonObject rules, JsonNode? @base, int level)
    {
        foreach (string name in members.Select(static m => m.Key).ToArray())
        {
            JsonNode? rule = rules["properties"]?[name] ?? rules["additionalProperties"];
            Replace(members[name], Converted(members[name], rule, @base, level + 1), made => members[name] = made);
        }
    }

    private static void Replace(JsonNode? old, JsonNode? made, Action<JsonNode?> put)
    {
        if (!ReferenceEquals(old, made))
        {
            put(made);
        }
    }

    private static string[] TypesOf(JsonObject rules) => rules["type"] switch
    {
        JsonArray several => [.. several.Select(static t => t?.ToString() ?? string.Empty)],
        { } one => [one.ToString()],
        null => [],
    };

    /// <summary>A value whose type is allowed stays; otherwise the first type it can be converted to counts.</summary>
    private static JsonNode? Scalar(JsonNode? value, string[] types)
    {
        JsonValueKind kind = value?.GetValueKind() ?? JsonValueKind.Null;
        string text = value?.ToString() ?? "null";
        bool fits = types.Length == 0 || Array.Exists(types, t => kind switch
        {
            JsonValueKind.String => t == "string",
            JsonValueKind.Number => t == "number" || (t == "integer" && IsInteger(text)),
            JsonValueKind.True or JsonValueKind.False => t == "boolean",
            _ => t == "null",
        });
        if (fits)
        {
            return value;
        }

        foreach (string type in types)
        {
            JsonNode? made = (type, kind) switch
            {
                ("integer", JsonValueKind.String) when IsInteger(text) => JsonNode.Parse(text),
                ("number", JsonValueKind.String) when IsNumber(text) => JsonNode.Parse(text),
                ("boolean", JsonValueKind.String) when text is "true" or "false" => JsonValue.Create(text == "true"),
                ("string", JsonValueKind.Number) => JsonValue.Create(text),
                ("string", JsonValueKind.True or JsonValueKind.False) => JsonValue.Create(kind == JsonValueKind.True ? "true" : "false"),
                _ => null,
            };
            if (made is not null)
            {
                return made;
            }
        }

        return value;
    }

    private static bool IsInteger(string text) => IsNumber(text) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) && decimal.IsInteger(number);

    /// <summary>As JSON spells numbers.</summary>
    private static bool IsNumber(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        try
        {
            return text.Length > 0 && reader.Read() && reader.TokenType == JsonTokenType.Number && reader.BytesConsumed == text.Length;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private (JsonNode? Target, JsonNode? Base) Follow(string reference, JsonNode? @base)
    {
        string[] parts = reference.Split('#', 2);
        JsonNode? home = parts[0].Length == 0 ? @base : referenced.GetValueOrDefault(parts[0]);
        JsonNode? target = home;
        foreach (string token in parts.Length < 2 ? [] : Uri.UnescapeDataString(parts[1]).Split('/').Skip(1))
        {
            target = (target as JsonObject)?[token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)];
        }

        return (target, home);
    }
}
