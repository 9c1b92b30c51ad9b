using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mapping.Pipeline.Components.Formats;

/// <summary>Records of comma separated values as JSON: objects by the names of the first record, or arrays.</summary>
internal sealed class CsvRows(CsvParser parser, bool hasHeader)
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly List<string> fields = [];
    private string[]? header;
    private int width = -1;
    private long records;

    /// <summary>Reads a row; the header is read on the way.</summary>
    /// <param name="text">From where the last row ended.</param>
    /// <param name="isFinal">Nothing follows the text.</param>
    /// <param name="length">Bytes of the text that are read.</param>
    /// <param name="row">The row; null at the end, for a faulty one, and when more text is needed.</param>
    /// <param name="problem">What is wrong with the row, and where.</param>
    /// <returns>False when more text is needed.</returns>
    public bool TryRead(ReadOnlySpan<byte> text, bool isFinal, out int length, out byte[]? row, out string? problem)
    {
        row = null;
        length = 0;
        while (true)
        {
            if (!parser.TryRead(text[length..], isFinal, fields, out int read, out problem))
            {
                return false;
            }

            length += read;
            if (fields.Count == 0 && problem is null)
            {
                return true;
            }

            records++;
            if (problem is null && width >= 0 && fields.Count != width)
            {
                problem = string.Create(CultureInfo.InvariantCulture, $"it has {fields.Count} fields, the first record has {width}");
            }

            if (problem is not null)
            {
                problem = string.Create(CultureInfo.InvariantCulture, $"record {records} of the CSV text: {problem}");
                return true;
            }

            width = fields.Count;
            if (!hasHeader || header is not null)
            {
                row = Write();
                return true;
            }

            header = [.. fields];
        }
    }

    private byte[] Write()
    {
        var output = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(output, Plain);
        if (header is null)
        {
            json.WriteStartArray();
            fields.ForEach(json.WriteStringValue);
            json.WriteEndArray();
        }
        else
        {
            json.WriteStartObject();
            for (int i = 0; i < header.Length; i++)
            {
                json.WriteString(header[i], fields[i]);
            }

            json.WriteEndObject();
        }

        json.Flush();
        return output.WrittenSpan.ToArray();
    }
}
