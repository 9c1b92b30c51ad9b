using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping;

/// <summary>Mapping what System.Text.Json holds.</summary>
public sealed partial class CompiledMapping
{
    /// <summary>Maps a node to a node; a text as result is a string node, bytes are one in base64.</summary>
    /// <param name="input">The document; null is the JSON null.</param>
    /// <param name="result">The mapped document; the input itself when nothing was assigned, null when it was deleted or failed.</param>
    /// <param name="error">Why it failed.</param>
    public MappingOutcome Run(JsonNode? input, out JsonNode? result, out MappingError? error)
    {
        var output = new ArrayBufferWriter<byte>();
        if (!HostValue.TryUtf8(input, out byte[]? document))
        {
            result = null;
            error = ErrorReport.Describe(new EvaluationError(ErrorKind.Failure, HostValue.TooDeep), HostValue.TooDeep, Source);
            return MappingOutcome.Failed;
        }

        MappingOutcome outcome = Run([new Message(document)], 0, output, OutputForm.AlwaysJson, mutation: false, out error);
        result = outcome switch
        {
            MappingOutcome.Unchanged => input,
            MappingOutcome.Mapped => HostValue.Parse(output.WrittenSpan),
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
}
