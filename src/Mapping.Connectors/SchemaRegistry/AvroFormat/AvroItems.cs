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
