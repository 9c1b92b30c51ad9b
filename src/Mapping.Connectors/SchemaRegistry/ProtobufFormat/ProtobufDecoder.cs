using Mapping.Values.Json;

namespace Mapping.Connectors.SchemaRegistry.ProtobufFormat;

/// <summary>Protobuf to JSON. Before the message stands the path of its type: positions of types, each within the one before.</summary>
internal sealed class ProtobufDecoder(ProtoFile file, ProtobufForm form) : IPayloadDecoder
{
    private readonly ProtobufReader messages = new(file, form);

    public ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> payload)
    {
        var reader = new WireReader(payload.Span);
        ProtoMessage type = TypeAt(ref reader);
        var json = new Utf8Buffer(payload.Length * 2);
        messages.Write(type, payload.Span[reader.Position..], json, level: 0);
        return json.WrittenSpan.ToArray();
    }

    private ProtoMessage TypeAt(ref WireReader reader)
    {
        long count = reader.ZigZag();
        if (count == 0)
        {
            return At(file.Messages, 0);
        }

        ProtoMessage? type = null;
        for (long i = 0; i < count; i++)
        {
            type = At(type?.Nested ?? file.Messages, reader.ZigZag());
        }

        return type ?? throw SchemaFailure.Payload("the payload has a path of message types of negative length");
    }

    private static ProtoMessage At(IReadOnlyList<ProtoMessage> types, long index) =>
        index >= 0 && index < types.Count ? types[(int)index] : throw SchemaFailure.Payload($"the payload is of message type {index}, where the schema has {types.Count}");
}
