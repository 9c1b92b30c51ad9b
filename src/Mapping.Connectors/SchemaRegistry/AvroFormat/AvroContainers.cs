using System.Text;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Connectors.SchemaRegistry.AvroFormat;

/// <summary><c>array</c> and <c>map</c>: blocks of items, each with their number before them.</summary>
internal sealed class AvroItems(AvroType item, bool isMap) : AvroType
{
    public override void Read(ref WireReader reader, Utf8Buffer json, int level)
    {
        bool isFirst = true;
        json.Append(isMap ? (byte)'{' : (byte)'[');
        for (long count = Count(ref reader); count != 0; count = Count(ref reader))
        {
            for (long i = 0; i < count; i++)
            {
                int below = Below(level, json);
                if (!isFirst)
                {
                    json.Append((byte)',');
                }

                isFirst = false;
                if (isMap)
                {
                    JsonText.WriteString(reader.Bytes(reader.ZigZag()), json, escapeHtml: false);
                    json.Append((byte)':');
                }

                item.Read(ref reader, json, below);
            }
        }

        json.Append(isMap ? (byte)'}' : (byte)']');
    }

    public override bool TryWrite(Value value, WireWriter writer)
    {
        if (isMap ? !value.IsObject : !value.IsArray)
        {
            return Mismatch(isMap ? "an object" : "an array", value, writer);
        }

        if (value.Count > 0)
        {
            writer.ZigZag(value.Count);
            if (!(isMap ? TryWriteMembers(value, writer) : TryWriteElements(value, writer)))
            {
                return false;
            }
        }

        writer.ZigZag(0);
        return true;
    }

    /// <summary>A negative number is followed by the size of the block in bytes.</summary>
    private static long Count(ref WireReader reader)
    {
        long count = reader.ZigZag();
        if (count < 0)
        {
            reader.ZigZag();
            count = count == long.MinValue ? long.MaxValue : -count;
        }

        return count;
    }

    private bool TryWriteMembers(Value value, WireWriter writer)
    {
        foreach (Member member in value.Members)
        {
            writer.ZigZag(member.Key.TextLength);
            writer.Bytes(member.Key.AsSpan());
            if (!item.TryWrite(member.Value, writer))
            {
                return writer.RefuseAt(member.Key.AsHostString());
            }
        }

        return true;
    }

    private bool TryWriteElements(Value value, WireWriter writer)
    {
        int index = 0;
        foreach (Value element in value.Elements)
        {
            if (!item.TryWrite(element, writer))
            {
                return writer.RefuseAt($"{index}");
            }

            index++;
        }

        return true;
    }
}

/// <summary>One of several types; its number stands before the value.</summary>
/// <param name="branches">The types.</param>
/// <param name="names">By which JSON tells them apart: see <see cref="AvroSchemas.BranchName"/>.</param>
/// <param name="plainNames">The same without logical types.</param>
/// <param name="isRaw">In JSON the value stands alone.</param>
internal sealed class AvroUnion(AvroType[] branches, string[] names, string[] plainNames, bool isRaw) : AvroType
{
    private readonly byte[][] tags = [.. names.Select(static n => Encoding.UTF8.GetBytes($"{{{System.Text.Json.JsonSerializer.Serialize(n)}:"))];

    public override void Read(ref WireReader reader, Utf8Buffer json, int level)
    {
        int below = Below(level, json);
        long index = reader.ZigZag();
        if (index < 0 || index >= branches.Length)
        {
            throw SchemaFailure.Payload($"the payload has branch {index} of a union with {branches.Length}");
        }

        bool isTagged = !isRaw && branches[index] is not AvroNull;
        if (isTagged)
        {
            json.Append(tags[index]);
        }

        branches[index].Read(ref reader, json, below);
        if (isTagged)
        {
            json.Append((byte)'}');
        }
    }

    public override bool TryWrite(Value value, WireWriter writer) => isRaw || value.IsNull ? TryWriteFirst(value, writer) : TryWriteTagged(value, writer);

    /// <summary>The first branch that takes the value.</summary>
    private bool TryWriteFirst(Value value, WireWriter writer)
    {
        int start = writer.Length;
        for (int i = 0; i < branches.Length; i++)
        {
            if (branches[i] is AvroNull != value.IsNull)
            {
                continue;
            }

            writer.ZigZag(i);
            if (branches[i].TryWrite(value, writer))
            {
                return true;
            }

            writer.Truncate(start);
        }

        // What the only branch that counts had to say is worth more than the list of all.
        return branches.Count(static b => b is not AvroNull) == 1 && !value.IsNull ? false : Mismatch($"one of {string.Join(", ", names)}", value, writer);
    }

    private bool TryWriteTagged(Value value, WireWriter writer)
    {
        if (value.IsObject && value.Count == 1)
        {
            foreach (Member member in value.Members)
            {
                string name = member.Key.AsHostString();
                int index = Array.IndexOf(names, name) is var known and >= 0 ? known : Array.IndexOf(plainNames, name);
                if (index >= 0)
                {
                    writer.ZigZag(index);
                    return branches[index].TryWrite(member.Value, writer) || writer.RefuseAt(name);
                }
            }
        }

        return Mismatch($"{{\"type\": value}} with one of the types {string.Join(", ", names)}", value, writer);
    }
}

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
