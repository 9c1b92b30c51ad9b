using System.Text;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Connectors.SchemaRegistry;

/// <summary>What is known of an id: how to decode its payloads and where it is in use.</summary>
internal sealed class SchemaUse
{
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
            static g => (Value.FromKey(Encoding.UTF8.GetBytes(g.Key)), g.Max(static u => u.Version) is { } version ? Value.FromInt64(version) : Value.Nothing));
        usual = this.uses.Count == 0 ? null : this.uses[this.uses.Keys.Min(StringComparer.Ordinal)!];
    }

    public IPayloadDecoder? Decoder { get; }

    /// <summary>The schema in its metadata form and the key it goes to.</summary>
    public (Value Key, Value Schema)? Stored { get; init; }

    /// <summary>
    /// Tells a message its schema. Of several subjects it is the one named for the topic it was read from, otherwise the first by name.
    /// </summary>
    public void Mark(Message message)
    {
        (Value subject, Value version) = SubjectOf(message) ?? (Value.Nothing, Value.Nothing);
        ObjectNode metadata = SchemaMetadata.Begin(message);
        SchemaMetadata.Tell(metadata, id, subject, version, Value.Nothing);
        if (Stored is { } stored)
        {
            metadata.Set(stored.Key, stored.Schema);
        }

        message.MetadataObject = Value.FromObject(metadata).Frozen();
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
