using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mapping.Pipeline.Testing;

/// <summary>Compares JSON by structure, and shows it so that lines can be compared.</summary>
internal static class JsonComparison
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };
    private static readonly JsonSerializerOptions Dense = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool TryParse(ReadOnlyMemory<byte> text, out JsonElement value)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            value = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            value = default;
            return false;
        }
    }

    /// <summary>Whether all of an expected value is there: objects by their members, arrays element by element.</summary>
    public static bool Contains(JsonElement actual, JsonElement expected)
    {
        if (actual.ValueKind != expected.ValueKind)
        {
            return false;
        }

        return expected.ValueKind switch
        {
            JsonValueKind.Object => expected.EnumerateObject().All(m => actual.TryGetProperty(m.Name, out JsonElement own) && Contains(own, m.Value)),
            JsonValueKind.Array => expected.GetArrayLength() == actual.GetArrayLength() && expected.EnumerateArray().Zip(actual.EnumerateArray()).All(pair => Contains(pair.Second, pair.First)),
            _ => JsonElement.DeepEquals(actual, expected),
        };
    }

    /// <summary>Members by name, one a line.</summary>
    public static string Show(JsonElement value) => Sorted(value)?.ToJsonString(Indented) ?? "null";

    /// <summary>Of an actual value only what an expected one speaks of, so that the difference is about that.</summary>
    public static string Show(JsonElement actual, JsonElement expected) => Part(actual, expected)?.ToJsonString(Indented) ?? "null";

    /// <summary>In one line, as it was.</summary>
    public static string OneLine(ReadOnlyMemory<byte> body) =>
        TryParse(body, out JsonElement value) ? JsonSerializer.Serialize(value, Dense) : JsonSerializer.Serialize(Encoding.UTF8.GetString(body.Span), Dense);

    private static JsonNode? Sorted(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(value.EnumerateObject().GroupBy(m => m.Name).OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Key, Sorted(m.Last().Value)))),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(Sorted)]),
        _ => JsonNode.Parse(value.GetRawText()),
    };

    private static JsonNode? Part(JsonElement actual, JsonElement expected) =>
        actual.ValueKind == JsonValueKind.Object && expected.ValueKind == JsonValueKind.Object
            ? new JsonObject(expected.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal).Where(m => actual.TryGetProperty(m.Name, out _))
                .Select(m => KeyValuePair.Create(m.Name, Part(actual.GetProperty(m.Name), m.Value))))
            : actual.ValueKind == JsonValueKind.Array && expected.ValueKind == JsonValueKind.Array && actual.GetArrayLength() == expected.GetArrayLength()
                ? new JsonArray([.. actual.EnumerateArray().Zip(expected.EnumerateArray()).Select(pair => Part(pair.First, pair.Second))])
                : Sorted(actual);
}
