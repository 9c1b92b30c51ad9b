using Mapping.Values;

namespace Mapping;

/// <summary>How a result becomes a body.</summary>
/// <param name="Json">How values are written.</param>
/// <param name="QuoteText">Strings are written as JSON, too, instead of as raw text.</param>
internal sealed record OutputForm(JsonWriterOptions Json, bool QuoteText)
{
    public static OutputForm Message { get; } = new(JsonWriterOptions.Message, QuoteText: false);

    /// <summary>Whether an unchanged body can be passed on byte for byte.</summary>
    public bool KeepsBodies => ReferenceEquals(Json, JsonWriterOptions.Message);
}
