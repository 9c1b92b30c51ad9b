using System.Text;
using Mapping.Functions;
using Mapping.Pipeline.Messages;
using Mapping.Values;

namespace Mapping.Connectors.SchemaRegistry;

/// <summary>What is known of an id: how to decode its payloads and where it is in use.</summary>
internal sealed class SchemaUse
{
    private const string ErrorKey = "schema_error";

    private readonly Value id;
    private readonly Dictionary<string, (Value Subject, Value Version)> uses;
    private readonly (Value Subject, Value Version)? usual;

    /// <param name="id">Of the schema.</param>
    /// <param name="decoder">Null where payloads are left alone.</param>
    /// <param name="uses">Subjects with their versions.</param>
    public SchemaUse(int id, IPayloadDecoder? decoder, IReadOnlyList<SubjectVersion> uses)
    {
        Decoder = decoder;
        this.id = Value.FromInt64(id);

        // One subject may hold the schema twice; its newest version counts.
        this.uses = uses.GroupBy(static u => u.Subject, StringComparer.Ordinal).ToDictionary(
            static g => g.Key,
            static g => (Value.FromKey(Encoding.UTF8.GetBytes(g.Key)), g.Max(static u => u.Version) is { } version ? Value.FromInt64(version) : Value.Null));
        usual = this.uses.Count == 0 ? null : this.uses[this.uses.Keys.Min(StringComparer.Ordinal)!];
    }

    public IPayloadDecoder? Decoder { get; }

    /// <summary>The schema in its metadata form and the key it goes to.</summary>
    public (string Key, Value Schema)? Stored { get; init; }

    /// <summary>
    /// Tells a message its schema. Of several subjects it is the one named for the topic it was read from, otherwise the first by name.
    /// </summary>
    public void Mark(Message message)
    {
        List<(string Name, Value Value)> facts = [("schema_id", id)];
        if (SubjectOf(message) is { } use)
        {
            facts.Add(("schema_subject", use.Subject));
            if (!use.Version.IsNull)
            {
                facts.Add(("schema_version", use.Version));
            }
        }

        if (Stored is { } stored)
        {
            facts.Add((stored.Key, stored.Schema));
        }

        Set(message, facts);
    }

    /// <summary>Flags a message as failed.</summary>
    /// <param name="message">Keeps its body.</param>
    /// <param name="failure">Why.</param>
    /// <param name="id">What its frame says; null when it has none.</param>
    public static void Fail(Message message, SchemaFailure failure, int? id)
    {
        string name = failure.Problem switch
        {
            SchemaProblem.NoHeader => "no_header",
            SchemaProblem.UnknownSchema => "unknown_schema",
            SchemaProblem.InvalidSchema => "invalid_schema",
            SchemaProblem.InvalidPayload => "invalid_payload",
            _ => "registry",
        };
        List<(string, Value)> facts = id is { } known ? [("schema_id", Value.FromInt64(known))] : [];
        Set(message, [.. facts, (ErrorKey, Value.FromString(name))]);
        message.Error = new MessageError(failure.Message) { Cause = failure.Kind };
    }

    /// <summary>What an earlier attempt or another pipeline said about the schema is gone: this is the truth now.</summary>
    private static void Set(Message message, IReadOnlyList<(string Name, Value Value)> facts)
    {
        var changed = new ObjectNode();
        if (message.MetadataObject.IsObject)
        {
            foreach (Member member in message.MetadataObject.Members)
            {
                changed.AddNew(member.Key, member.Value);
            }
        }

        foreach (ReadOnlySpan<byte> stale in (byte[][])[[.. "schema_subject"u8], [.. "schema_version"u8], [.. "schema_error"u8]])
        {
            changed.Remove(stale);
        }

        foreach ((string name, Value value) in facts)
        {
            changed.Set(Value.FromString(name), value);
        }

        message.MetadataObject = Value.FromObject(changed).Frozen();
    }

    private (Value Subject, Value Version)? SubjectOf(Message message)
    {
        if (uses.Count > 1 && message.MetadataObject.IsObject && message.MetadataObject.TryGetMember("kafka_topic"u8, out Value topic) && topic.IsText)
        {
            string name = topic.AsHostString();
            return uses.TryGetValue(name + "-value", out (Value, Value) use) || uses.TryGetValue(name, out use) ? use : usual;
        }

        return usual;
    }
}
