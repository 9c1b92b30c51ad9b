using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace StreamingPeer;

/// <summary>Writes <c>{"id":…,"contact":{"email":…},"status":…}</c> for every event.</summary>
internal sealed class EventProjection : IDisposable
{
    private const int BlockSize = 64 * 1024;

    private readonly Stream output;
    private readonly ArrayBufferWriter<byte> block = new(2 * BlockSize);
    private readonly Utf8JsonWriter writer;
    private byte[] email = new byte[256];

    public EventProjection(Stream output)
    {
        this.output = output;
        writer = new Utf8JsonWriter(block, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    /// <summary>Reads to the end of the document, so that an invalid one is noticed.</summary>
    public void Map(ReadOnlySpan<byte> document)
    {
        ReadOnlySpan<byte> id = "null"u8;
        int? emailLength = null;
        double? age = null;
        var reader = new Utf8JsonReader(document);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("user_id"u8))
            {
                reader.Read();
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                id = document[start..(int)reader.BytesConsumed];
            }
            else if (reader.ValueTextEquals("email"u8))
            {
                reader.Read();
                emailLength = CopyEmail(ref reader);
            }
            else if (reader.ValueTextEquals("age"u8))
            {
                reader.Read();
                age = reader.GetDouble();
            }
            else
            {
                reader.Skip();
            }
        }

        if (reader.Read() || emailLength is null || age is null)
        {
            throw new InvalidDataException("an event has an email and an age");
        }

        Write(id, email.AsSpan(0, emailLength.Value), age > 18);
    }

    public void Dispose()
    {
        Flush();
        writer.Dispose();
    }

    private int CopyEmail(ref Utf8JsonReader reader)
    {
        if (email.Length < reader.ValueSpan.Length)
        {
            email = new byte[2 * reader.ValueSpan.Length];
        }

        return reader.CopyString(email);
    }

    private void Write(ReadOnlySpan<byte> id, Span<byte> address, bool isAdult)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("id"u8);
        writer.WriteRawValue(id, skipInputValidation: true);
        writer.WriteStartObject("contact"u8);
        if (Ascii.ToLowerInPlace(address, out _) == OperationStatus.Done)
        {
            writer.WriteString("email"u8, address);
        }
        else
        {
            writer.WriteString("email"u8, Encoding.UTF8.GetString(address).ToLowerInvariant());
        }

        writer.WriteEndObject();
        writer.WriteString("status"u8, isAdult ? "adult"u8 : "minor"u8);
        writer.WriteEndObject();
        writer.Flush();
        writer.Reset();
        block.Write("\n"u8);
        if (block.WrittenCount >= BlockSize)
        {
            Flush();
        }
    }

    private void Flush()
    {
        output.Write(block.WrittenSpan);
        block.ResetWrittenCount();
    }
}
