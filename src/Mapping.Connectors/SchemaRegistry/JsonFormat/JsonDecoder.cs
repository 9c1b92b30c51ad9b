using Mapping.Functions;

namespace Mapping.Connectors.SchemaRegistry.JsonFormat;

/// <summary>Payloads that are JSON already.</summary>
/// <param name="check">By the schema.</param>
/// <param name="coercion">Makes values fit the types of the schema before; null to leave them.</param>
internal sealed class JsonDecoder(JsonCheck check, JsonCoercion? coercion) : IPayloadDecoder
{
    public ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> payload)
    {
        ReadOnlyMemory<byte> body = coercion?.Apply(payload) ?? payload;
        check.Check(new Message(body));
        return body;
    }
}

/// <summary>Bodies that are written as they are.</summary>
internal sealed class JsonEncoder(JsonCheck check) : IPayloadEncoder
{
    public void Encode(Message message, WireWriter writer)
    {
        JsonBody.Of(message);
        check.Check(message);
        writer.Bytes(message.Body.Span);
    }
}
