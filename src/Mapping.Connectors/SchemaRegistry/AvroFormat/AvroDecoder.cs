using Mapping.Values.Json;

namespace Mapping.Connectors.SchemaRegistry.AvroFormat;

/// <summary>Avro binary to JSON.</summary>
internal sealed class AvroDecoder(AvroType type) : IPayloadDecoder
{
    private const int LargestKept = 1024 * 1024;

    [ThreadStatic]
    private static Utf8Buffer? buffer;

    public ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> payload)
    {
        Utf8Buffer json = buffer ??= new Utf8Buffer(4096);
        json.Clear();
        var reader = new WireReader(payload.Span);
        type.Read(ref reader, json, level: 0);
        if (!reader.IsAtEnd)
        {
            throw SchemaFailure.Payload($"the payload goes on for {reader.Remaining} bytes behind its value");
        }

        byte[] body = json.WrittenSpan.ToArray();
        buffer = json.Array.Length > LargestKept ? null : json;
        return body;
    }
}
