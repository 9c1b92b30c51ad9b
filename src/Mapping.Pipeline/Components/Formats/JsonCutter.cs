using System.Globalization;
using System.Text.Json;

namespace Mapping.Pipeline.Components.Formats;

/// <summary>Finds the documents of a text, or the elements of its one array, in bytes that arrive piece by piece.</summary>
internal sealed class JsonCutter(bool inArray)
{
    private const int Deepest = 10_000;

    private readonly int level = inArray ? 1 : 0;
    private JsonReaderState state = new(new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = Deepest });
    private long begun = -1;
    private bool isOpened;
    private bool isClosed;

    /// <summary>Bytes that need not be shown again but for the document that has begun.</summary>
    public long Scanned { get; private set; }

    /// <summary>Bytes from here on are still needed.</summary>
    public long Needed => begun >= 0 ? begun : Scanned;

    /// <summary>Finds where the next document stands, counted from the beginning of everything.</summary>
    /// <param name="text">From <see cref="Scanned"/> on.</param>
    /// <param name="isFinal">Nothing follows the text.</param>
    /// <param name="from">Its first byte.</param>
    /// <param name="to">Behind its last byte.</param>
    /// <returns>False when there is none in the text.</returns>
    /// <exception cref="InvalidDataException">The text is not JSON.</exception>
    public bool TryCut(ReadOnlySpan<byte> text, bool isFinal, out long from, out long to)
    {
        (from, to) = (0, 0);
        if (begun < 0 && (!inArray || isClosed || !isOpened) && text.Trim(" \t\r\n"u8).IsEmpty)
        {
            return false;
        }

        var reader = new Utf8JsonReader(text, isFinal, state);
        try
        {
            while (reader.Read())
            {
                if (Ends(ref reader, out long start))
                {
                    (from, to) = (start, Scanned + reader.BytesConsumed);
                    begun = -1;
                    Advance(ref reader);
                    return true;
                }
            }
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"the text is no JSON, near byte {Scanned + reader.BytesConsumed}: {Shortened(error.Message)}"), error);
        }

        Advance(ref reader);
        return isFinal && inArray && !isClosed ? throw new InvalidDataException("the text is no JSON array: it ends within it") : false;
    }

    private void Advance(ref Utf8JsonReader reader)
    {
        Scanned += reader.BytesConsumed;
        state = reader.CurrentState;
    }

    /// <summary>Whether the token ends a document, and where that began.</summary>
    private bool Ends(ref Utf8JsonReader reader, out long start)
    {
        start = Scanned + reader.TokenStartIndex;
        if (inArray && reader.CurrentDepth == 0)
        {
            if (isOpened ? reader.TokenType != JsonTokenType.EndArray || isClosed : reader.TokenType != JsonTokenType.StartArray)
            {
                throw new InvalidDataException("the text is not one JSON array");
            }

            isClosed = isOpened;
            isOpened = true;
            return false;
        }

        if (reader.CurrentDepth != level)
        {
            return false;
        }

        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            begun = start;
            return false;
        }

        if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
        {
            start = begun;
        }

        return true;
    }

    /// <summary>Without the reader's own count of lines, which begins anew with every piece.</summary>
    private static string Shortened(string message)
    {
        int place = message.IndexOf(" LineNumber", StringComparison.Ordinal);
        return place < 0 ? message : message[..place];
    }
}
