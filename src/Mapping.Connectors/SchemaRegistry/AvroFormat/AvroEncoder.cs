using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Connectors.SchemaRegistry.AvroFormat;

/// <summary>JSON to Avro binary.</summary>
internal sealed class AvroEncoder(AvroType type) : IPayloadEncoder
{
    public void Encode(Message message, WireWriter writer)
    {
        Value document = JsonBody.Of(message);
        if (!type.TryWrite(document, writer))
        {
            throw SchemaFailure.Payload($"the message does not fit its schema: {writer.Problem}");
        }
    }
}
