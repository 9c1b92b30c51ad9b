using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Connectors.SchemaRegistry.ProtobufFormat;

/// <summary>JSON to protobuf: as the first message type of the file that the document fits.</summary>
internal sealed class ProtobufEncoder : IPayloadEncoder
{
    private readonly ProtoFile file;
    private readonly ProtobufWriter messages;

    /// <exception cref="SchemaFailure">The file has no message types.</exception>
    public ProtobufEncoder(ProtoFile file)
    {
        this.file = file.Messages.Count > 0 ? file : throw SchemaFailure.Schema("the protobuf schema has no message types");
        messages = new ProtobufWriter(file);
    }

    public void Encode(Message message, WireWriter writer)
    {
        Value document = JsonBody.Of(message);
        int start = writer.Length;
        string? first = null;
        for (int i = 0; i < file.Messages.Count; i++)
        {
            WritePath(i, writer);
            if (messages.TryWrite(file.Messages[i], document, writer))
            {
                return;
            }

            first ??= writer.Problem;
            writer.Truncate(start);
        }

        throw SchemaFailure.Payload(file.Messages.Count == 1
            ? $"the message does not fit its schema: {first}"
            : $"the message fits none of the {file.Messages.Count} message types of its schema; {file.Messages[0].FullName}: {first}");
    }

    /// <summary>One position of a type; the first is a zero alone.</summary>
    private static void WritePath(int index, WireWriter writer)
    {
        if (index == 0)
        {
            writer.Byte(0);
            return;
        }

        writer.ZigZag(1);
        writer.ZigZag(index);
    }
}
