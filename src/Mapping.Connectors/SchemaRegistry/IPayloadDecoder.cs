using Mapping.Functions;

namespace Mapping.Connectors.SchemaRegistry;

/// <summary>Turns payloads of one schema into JSON; used by several workers at once.</summary>
internal interface IPayloadDecoder
{
    /// <exception cref="SchemaFailure">The payload does not fit the schema.</exception>
    ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> payload);
}

/// <summary>Turns JSON into payloads of one schema; used by several workers at once.</summary>
internal interface IPayloadEncoder
{
    /// <summary>Writes the payload, without its frame.</summary>
    /// <exception cref="SchemaFailure">The message does not fit the schema.</exception>
    void Encode(Message message, WireWriter writer);
}
