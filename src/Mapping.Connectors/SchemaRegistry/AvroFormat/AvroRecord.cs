using System.Text;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Connectors.SchemaRegistry.AvroFormat;

/// <param name="Name">In JSON.</param>
/// <param name="Type">Of the value.</param>
/// <param name="Default">Payload for a field that is left out; null where none may be.</param>
internal sealed record AvroField(string Name, AvroType Type, Lazy<byte[]>? Default)
{
    public byte[] Key { get; } = Encoding.UTF8.GetBytes(Name);

    /// <summary>The name in quotes, and the colon.</summary>
    public byte[] Prefix { get; } = Encoding.UTF8.GetBytes($"\"{Name}\":");
}

internal sealed class AvroRecord : AvroType
{
    /// <summary>Filled after it was made, because its fields may refer to it.</summary>
    public AvroField[] Fields { get; set; } = [];

    public override void Read(ref WireReader reader, Utf8Buffer json, int level)
    {
        int below = Below(level, json);
        json.Append((byte)'{');
        for (int i = 0; i < Fields.Length; i++)
        {
            if (i > 0)
            {
                json.Append((byte)',');
            }

            json.Append(Fields[i].Prefix);
            Fields[i].Type.Read(ref reader, json, below);
        }

        json.Append((byte)'}');
    }

    public override bool TryWrite(Value value, WireWriter writer)
    {
        if (!value.IsObject)
        {
            return Mismatch("an object", value, writer);
        }

        int found = 0;
        foreach (AvroField field in Fields)
        {
            if (value.TryGetMember(field.Key, out Value member))
            {
                found++;
                if (!field.Type.TryWrite(member, writer))
                {
                    return writer.RefuseAt(field.Name);
                }
            }
            else if (field.Default is { } preset)
            {
                writer.Bytes(preset.Value);
            }
            else
            {
                return writer.Refuse($"the field \"{field.Name}\" is missing and has no default");
            }
        }

        return found == value.Count || writer.Refuse($"the schema has no field \"{Unknown(value)}\"");
    }

    private string Unknown(Value value)
    {
        foreach (Member member in value.Members)
        {
            string name = member.Key.AsHostString();
            if (!Array.Exists(Fields, f => f.Name == name))
            {
                return name;
            }
        }

        return string.Empty;
    }
}
