using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mapping;

/// <summary>Mapping what System.Text.Json holds.</summary>
public sealed partial class CompiledMapping
{
    /// <summary>Maps a node to a node; raw text results become a string node.</summary>
    /// <param name="input">The document; null is the JSON null.</param>
    /// <param name="result">The mapped document; the input itself when nothing was assigned, null when it was deleted or failed.</param>
    /// <param name="error">Why it failed.</param>
    public MappingOutcome Run(JsonNode? input, out JsonNode? result, out MappingError? error)
    {
        var output = new ArrayBufferWriter<byte>();
        byte[] document = input is null ? "null"u8.ToArray() : HostValue.Utf8(input);
        MappingOutcome outcome = Run(document, output, out error);
        result = outcome switch
        {
            MappingOutcome.Unchanged => input,
            MappingOutcome.Mapped => Parse(output.WrittenSpan),
            _ => null,
        };
        return outcome;
    }

    /// <summary>Maps the value the reader stands on (or will read next) and moves the reader to its end.</summary>
    /// <exception cref="JsonException">The reader meets invalid JSON.</exception>
    public MappingOutcome Run(ref Utf8JsonReader reader, IBufferWriter<byte> output, out MappingError? error)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        byte[] raw = System.Text.Encoding.UTF8.GetBytes(document.RootElement.GetRawText());
        return Run(raw, output, out error);
    }

    private static JsonNode? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            // A text or bytes as root is a raw body.
            return JsonValue.Create(System.Text.Encoding.UTF8.GetString(body));
        }
    }
}
