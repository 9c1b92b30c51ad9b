using System.Buffers;
using System.Text;
using Mapping.Functions;
using Mapping.Pipeline.Messages;
using Mapping.Values;

namespace Mapping.Pipeline.Components.Buffers;

/// <summary>Messages as bytes that outlive the process: bodies, whether there is one, metadata with their types, and errors.</summary>
internal static class StoredBatch
{
    private const byte Version = 1;

    [Flags]
    private enum Marks : byte
    {
        None = 0,
        IsNull = 1,
        IsText = 2,
        HasError = 4,
        HasMetadata = 8,
    }

    /// <summary>How a value of the metadata is written.</summary>
    private enum Form : byte
    {
        Json,
        Text,
        Bytes,
        Timestamp,
    }

    public static byte[] Write(Batch batch)
    {
        using var stream = new MemoryStream();
        using var output = new BinaryWriter(stream, Encoding.UTF8);
        output.Write(Version);
        output.Write7BitEncodedInt(batch.Count);
        foreach (Message message in batch)
        {
            WriteMessage(message, output);
        }

        output.Flush();
        return stream.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are none of <see cref="Write"/>.</exception>
    public static Batch Read(byte[] bytes)
    {
        using var input = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        if (input.ReadByte() != Version)
        {
            throw new InvalidDataException("a stored batch has an unknown form");
        }

        var messages = new Message[input.Read7BitEncodedInt()];
        for (int i = 0; i < messages.Length; i++)
        {
            messages[i] = ReadMessage(input);
        }

        return new Batch(messages);
    }

    private static void WriteMessage(Message message, BinaryWriter output)
    {
        bool hasMetadata = message.MetadataObject.IsObject;
        output.Write((byte)((message.IsNull ? Marks.IsNull : 0) | (message.IsText ? Marks.IsText : 0) | (message.Error is null ? 0 : Marks.HasError) | (hasMetadata ? Marks.HasMetadata : 0)));
        if (!message.IsNull)
        {
            WriteBytes(message.Body.Span, output);
        }

        if (message.Error is { } error)
        {
            output.Write(error.Text);
            output.Write(error.SourceName ?? string.Empty);
            output.Write(error.SourceLabel ?? string.Empty);
            output.Write(error.SourcePath ?? string.Empty);
        }

        if (!hasMetadata)
        {
            return;
        }

        var members = new List<Member>();
        foreach (Member member in message.MetadataObject.Members)
        {
            members.Add(member);
        }

        output.Write7BitEncodedInt(members.Count);
        foreach (Member member in members)
        {
            WriteBytes(member.Key.AsSpan(), output);
            WriteValue(member.Value, output);
        }
    }

    private static Message ReadMessage(BinaryReader input)
    {
        var marks = (Marks)input.ReadByte();
        Message message = marks.HasFlag(Marks.IsNull) ? Message.WithoutBody() : new Message(ReadBytes(input));
        message.IsText = marks.HasFlag(Marks.IsText);
        if (marks.HasFlag(Marks.HasError))
        {
            message.Error = new MessageError(input.ReadString(), input.ReadString(), input.ReadString(), input.ReadString());
        }

        if (marks.HasFlag(Marks.HasMetadata))
        {
            var metadata = new ObjectNode();
            for (int left = input.Read7BitEncodedInt(); left > 0; left--)
            {
                byte[] key = ReadBytes(input);
                metadata.AddNew(Value.FromUtf8(key, 0, key.Length), ReadValue(input));
            }

            message.MetadataObject = Value.FromObject(metadata).Frozen();
        }

        return message;
    }

    private static void WriteValue(Value value, BinaryWriter output)
    {
        Form form = value.Kind switch
        {
            ValueKind.String => Form.Text,
            ValueKind.Bytes => Form.Bytes,
            ValueKind.Timestamp => Form.Timestamp,
            _ => Form.Json,
        };
        output.Write((byte)form);
        if (form is Form.Text or Form.Bytes)
        {
            WriteBytes(value.AsSpan(), output);
            return;
        }

        var json = new ArrayBufferWriter<byte>();
        if (!JsonWriter.TryWrite(value, json, JsonWriterOptions.Text))
        {
            throw new InvalidDataException("a value of the metadata cannot be stored");
        }

        WriteBytes(json.WrittenSpan, output);
    }

    private static Value ReadValue(BinaryReader input)
    {
        var form = (Form)input.ReadByte();
        byte[] bytes = ReadBytes(input);
        switch (form)
        {
            case Form.Text:
                return Value.FromUtf8(bytes, 0, bytes.Length);
            case Form.Bytes:
                return Value.FromBytes(bytes);
            case Form.Timestamp when bytes.Length > 2 && Timestamp.TryParseRfc3339(bytes.AsSpan(1, bytes.Length - 2), out Timestamp? timestamp):
                return Value.FromTimestamp(timestamp);
            default:
                return new Message(bytes).TryGetDocument(out Value value) ? value.Detach() : throw new InvalidDataException("a stored value cannot be read");
        }
    }

    private static void WriteBytes(ReadOnlySpan<byte> bytes, BinaryWriter output)
    {
        output.Write7BitEncodedInt(bytes.Length);
        output.Write(bytes);
    }

    private static byte[] ReadBytes(BinaryReader input) => input.ReadBytes(input.Read7BitEncodedInt());
}
