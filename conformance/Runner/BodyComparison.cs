using System.Text.Json;

namespace Mapping.Conformance.Runner;

/// <summary>
/// Compares bodies: both JSON, then as tokens with keys in any order and numbers by their text; otherwise byte for byte.
/// A text that is exactly <c>&lt;error text&gt;</c> stands for any text but the empty one.
/// </summary>
internal static class BodyComparison
{
    private const string AnyText = "<error text>";

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 100_000 };

    public static bool AreEqual(ReadOnlyMemory<byte> expected, ReadOnlyMemory<byte> actual)
    {
        if (expected.Span.SequenceEqual(actual.Span))
        {
            return true;
        }

        if (expected.Span.SequenceEqual("<error text>"u8))
        {
            return !actual.IsEmpty;
        }

        using JsonDocument? left = TryParse(expected);
        using JsonDocument? right = left is null ? null : TryParse(actual);
        return right is not null && AreEqual(left!.RootElement, right.RootElement);
    }

    public static bool AreEqual(JsonElement expected, JsonElement actual)
    {
        if (expected.ValueKind != actual.ValueKind)
        {
            return false;
        }

        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                return AreMembersEqual(expected, actual);
            case JsonValueKind.Array:
                return expected.GetArrayLength() == actual.GetArrayLength()
                    && expected.EnumerateArray().Zip(actual.EnumerateArray()).All(pair => AreEqual(pair.First, pair.Second));
            case JsonValueKind.String:
                return AreTextsEqual(expected, actual);
            case JsonValueKind.Number:
                return expected.GetRawText() == actual.GetRawText();
            default:
                return true;
        }
    }

    private static bool AreMembersEqual(JsonElement expected, JsonElement actual)
    {
        JsonProperty[] left = Sorted(expected);
        JsonProperty[] right = Sorted(actual);
        return left.Length == right.Length
            && left.Zip(right).All(pair => pair.First.Name == pair.Second.Name && AreEqual(pair.First.Value, pair.Second.Value));
    }

    private static JsonProperty[] Sorted(JsonElement container) =>
        [.. container.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal)];

    private static bool AreTextsEqual(JsonElement expected, JsonElement actual)
    {
        try
        {
            string wanted = expected.GetString()!;
            string got = actual.GetString()!;
            return wanted == got || (wanted == AnyText && got.Length > 0);
        }
        catch (InvalidOperationException)
        {
            // Invalid UTF-8 or a lone surrogate has no text; only the same spelling is equal.
            return expected.GetRawText() == actual.GetRawText();
        }
    }

    private static JsonDocument? TryParse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
