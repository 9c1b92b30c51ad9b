using System.Buffers;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Cli.Output;

/// <summary>How results are shown: one compact line by default.</summary>
/// <param name="Body">How the body itself is written.</param>
/// <param name="HasMetadata">Each result is an object of its metadata and its content.</param>
/// <param name="IsColoured">With colours for a terminal.</param>
internal sealed record ResultForm(OutputForm Body, bool HasMetadata, bool IsColoured)
{
    private const string PrettyIndent = "  ";

    public static ResultForm Of(bool pretty, bool sortKeys, bool quoteText, bool metadata, bool coloured)
    {
        JsonWriterOptions json = pretty || sortKeys
            ? new JsonWriterOptions(sortKeys, EscapeHtml: false, pretty ? PrettyIndent : null)
            : JsonWriterOptions.Message;
        return new ResultForm(new OutputForm(json, quoteText || metadata), metadata, coloured);
    }

    /// <summary>Whether results can be written straight to the output.</summary>
    public bool IsPlain => !HasMetadata && !IsColoured;

    /// <summary>Dresses the body of a result up.</summary>
    public void Write(ReadOnlySpan<byte> body, Message message, IBufferWriter<byte> output)
    {
        if (!HasMetadata)
        {
            JsonColours.Write(body, output);
            return;
        }

        var text = new ArrayBufferWriter<byte>();
        text.Write("{\"metadata\":"u8);
        Value metadata = message.MetadataObject.IsObject ? message.MetadataObject : Value.FromObject(new ObjectNode());
        JsonWriter.TryWrite(metadata, text, new JsonWriterOptions(SortKeys: true, EscapeHtml: false, Indent: null));
        text.Write(",\"content\":"u8);
        if (IsJson(body))
        {
            text.Write(body);
        }
        else
        {
            JsonWriter.TryWrite(Value.FromUtf8(body.ToArray()), text, JsonWriterOptions.Message);
        }

        text.Write("}"u8);
        if (IsColoured)
        {
            JsonColours.Write(text.WrittenSpan, output);
        }
        else
        {
            output.Write(text.WrittenSpan);
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> body)
    {
        byte[] copy = body.ToArray();
        return new Values.Json.Document().TryParse(copy, 0, copy.Length, strictUtf8: false, out _);
    }
}
