using Mapping.Functions;
using Mapping.Pipeline.Messages;
using Mapping.Values;

namespace Mapping.Connectors.SchemaRegistry;

/// <summary>What messages are told about their schema.</summary>
internal static class SchemaMetadata
{
    private static readonly Value Id = Value.FromKey("schema_id"u8);
    private static readonly Value Subject = Value.FromKey("schema_subject"u8);
    private static readonly Value Version = Value.FromKey("schema_version"u8);
    private static readonly Value Error = Value.FromKey("schema_error"u8);

    /// <summary>A copy of the metadata, to be changed.</summary>
    public static ObjectNode Begin(Message message)
    {
        var copy = new ObjectNode();
        if (message.MetadataObject.IsObject)
        {
            foreach (Member member in message.MetadataObject.Members)
            {
                copy.AddNew(member.Key, member.Value);
            }
        }

        return copy;
    }

    /// <summary>
    /// Replaces all that is known of the schema; <see cref="Value.Nothing"/> is not known. What another pipeline, or an attempt before,
    /// may have left is gone.
    /// </summary>
    public static void Tell(ObjectNode metadata, Value id, Value subject, Value version, Value error)
    {
        Put(metadata, Id, id);
        Put(metadata, Subject, subject);
        Put(metadata, Version, version);
        Put(metadata, Error, error);
    }

    /// <summary>Flags a message that cannot be decoded; it keeps its body.</summary>
    /// <param name="message">That fails.</param>
    /// <param name="failure">Why.</param>
    /// <param name="id">What its frame says; null when it has none.</param>
    public static void FailDecoding(Message message, SchemaFailure failure, int? id)
    {
        ObjectNode metadata = Begin(message);
        Tell(metadata, id is { } known ? Value.FromInt64(known) : Value.Nothing, Value.Nothing, Value.Nothing, NameOf(failure.Problem));
        message.MetadataObject = Value.FromObject(metadata).Frozen();
        message.Error = new MessageError(failure.Message) { Cause = failure.Kind };
    }

    /// <summary>Flags a message that cannot be encoded; it keeps its body, and what is known of the schema it was read with.</summary>
    public static void FailEncoding(Message message, SchemaFailure failure)
    {
        MetadataValues.Set(message, "schema_error", NameOf(failure.Problem));
        message.Error = new MessageError(failure.Message) { Cause = failure.Kind };
    }

    private static void Put(ObjectNode metadata, Value key, Value value)
    {
        if (value.IsNothing)
        {
            metadata.Remove(key.AsSpan());
        }
        else
        {
            metadata.Set(key, value);
        }
    }

    private static Value NameOf(SchemaProblem problem) => Value.FromString(problem switch
    {
        SchemaProblem.NoHeader => "no_header",
        SchemaProblem.UnknownSchema => "unknown_schema",
        SchemaProblem.InvalidSchema => "invalid_schema",
        SchemaProblem.InvalidPayload => "invalid_payload",
        _ => "registry",
    });
}
