using Mapping.Values;

namespace Mapping;

/// <summary>How a result becomes a body.</summary>
/// <param name="Json">How values are written.</param>
/// <param name="QuoteText">Strings are written as JSON, too, instead of as raw text.</param>
internal sealed record OutputForm(JsonWriterOptions Json, bool QuoteText)
{
    /// <summary>Bytes are written as base64 in quotes, as they are within documents.</summary>
    public bool QuoteBytes { get; init; }

    /// <summary>Whatever the result is, the body is a JSON document.</summary>
    public static OutputForm AlwaysJson { get; } = new(JsonWriterOptions.Message, QuoteText: true) { QuoteBytes = true };

    public static OutputForm Message { get; } = new(JsonWriterOptions.Message, QuoteText: false);

    /// <summary>Whether an unchanged body can be passed on byte for byte.</summary>
    public bool KeepsBodies => ReferenceEquals(Json, JsonWriterOptions.Message);
}
