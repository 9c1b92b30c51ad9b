using System.Text;
using Mapping.Values.Json;

namespace Mapping.Connectors.SchemaRegistry.ProtobufFormat;

/// <summary>Writes messages as the JSON of protobuf.</summary>
internal sealed class ProtobufReader(ProtoFile file, ProtobufForm form)
{
    /// <summary>As many levels as other readers of protobuf allow.</summary>
    private const int MostLevels = 100;

    private readonly ProtobufScalars scalars = new(form);

    public ProtoFile File => file;

    public ProtobufScalars Scalars => scalars;

    public void Write(ProtoMessage type, ReadOnlySpan<byte> data, Utf8Buffer json, int level)
    {
        if (level > MostLevels)
        {
            throw SchemaFailure.Payload($"the payload nests deeper than {MostLevels} levels");
        }

        var set = new ProtoOccurrences(type, data);
        if (!WellKnownReader.TryWrite(this, type, set, json, level))
        {
            json.Append((byte)'{');
            WriteFields(type, set, json, level, isFirst: true);
            json.Append((byte)'}');
        }
    }

    /// <summary>The members of the object, in the order of the schema.</summary>
    public void WriteFields(ProtoMessage type, ProtoOccurrences set, Utf8Buffer json, int level, bool isFirst)
    {
        for (int i = 0; i < type.Fields.Count; i++)
        {
            ProtoField field = type.Fields[i];
            bool isSet = set.Has(i) && (field.HasPresence || field.IsRepeated || !IsDefault(field, set.Of(i)[^1]));
            if (!isSet && !IsShown(field))
            {
                continue;
            }

            if (!isFirst)
            {
                json.Append((byte)',');
            }

            isFirst = false;
            JsonText.WriteString(Encoding.UTF8.GetBytes(form.UsesProtoNames ? field.Name : field.JsonName), json, escapeHtml: false);
            json.Append((byte)':');
            if (isSet)
            {
                WriteField(field, i, set, json, level);
            }
            else
            {
                WriteUnset(field, json);
            }
        }
    }

    private static bool IsDefault(ProtoField field, ProtoOccurrences.Occurrence value) => field.Wire == WireType.Length ? value.Length == 0 : value.Bits == 0;

    /// <summary>Whether a field that is not set is written all the same.</summary>
    private bool IsShown(ProtoField field) => field.Oneof is null && (form.EmitsUnpopulated || (form.EmitsDefaults && !field.HasPresence));

    private void WriteUnset(ProtoField field, Utf8Buffer json)
    {
        if (!field.HasPresence && !field.IsRepeated)
        {
            scalars.Write(field, default, [], json);
        }
        else
        {
            json.Append(field.HasPresence ? "null"u8 : field.IsMap ? "{}"u8 : "[]"u8);
        }
    }

    public void WriteField(ProtoField field, int index, ProtoOccurrences set, Utf8Buffer json, int level)
    {
        if (field.IsMap)
        {
            WriteMap(field, index, set, json, level);
        }
        else if (field.IsRepeated)
        {
            WriteList(field, index, set, json, level);
        }
        else if (field.Message is { } message)
        {
            Write(message, set.Merged(index), json, level + 1);
        }
        else
        {
            ProtoOccurrences.Occurrence value = set.Of(index)[^1];
            scalars.Write(field, value, set.BytesOf(value), json);
        }
    }

    private void WriteList(ProtoField field, int index, ProtoOccurrences set, Utf8Buffer json, int level)
    {
        json.Append((byte)'[');
        bool isFirst = true;
        foreach (ProtoOccurrences.Occurrence value in set.Of(index))
        {
            ReadOnlySpan<byte> bytes = set.BytesOf(value);
            if (value.Wire == WireType.Length && field.Wire != WireType.Length)
            {
                WritePacked(field, bytes, json, ref isFirst);
                continue;
            }

            Separate(json, ref isFirst);
            if (field.Message is { } message)
            {
                Write(message, bytes, json, level + 1);
            }
            else
            {
                scalars.Write(field, value, bytes, json);
            }
        }

        json.Append((byte)']');
    }

    private void WritePacked(ProtoField field, ReadOnlySpan<byte> bytes, Utf8Buffer json, ref bool isFirst)
    {
        var reader = new WireReader(bytes);
        while (!reader.IsAtEnd)
        {
            ulong bits = field.Wire switch
            {
                WireType.Fixed32 => reader.Fixed32(),
                WireType.Fixed64 => reader.Fixed64(),
                _ => reader.Varint(),
            };
            Separate(json, ref isFirst);
            scalars.Write(field, new ProtoOccurrences.Occurrence(field.Wire, bits, 0, 0), [], json);
        }
    }

    /// <summary>An object; of entries with the same key the last counts.</summary>
    private void WriteMap(ProtoField field, int index, ProtoOccurrences set, Utf8Buffer json, int level)
    {
        ProtoMessage entry = field.Message!;
        int key = entry.IndexOf(1);
        int value = entry.IndexOf(2);
        var texts = new Utf8Buffer();
        var members = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (ProtoOccurrences.Occurrence occurrence in set.Of(index))
        {
            var parts = new ProtoOccurrences(entry, set.BytesOf(occurrence));
            texts.Clear();
            WritePart(entry.Fields[key], key, parts, texts, level);
            string name = Encoding.UTF8.GetString(texts.WrittenSpan);
            texts.Clear();
            WritePart(entry.Fields[value], value, parts, texts, level);
            members[name] = texts.WrittenSpan.ToArray();
        }

        json.Append((byte)'{');
        bool isFirst = true;
        foreach ((string name, byte[] text) in members)
        {
            Separate(json, ref isFirst);
            json.Append(Encoding.UTF8.GetBytes(name.StartsWith('"') ? name : $"\"{name}\""));
            json.Append((byte)':');
            json.Append(text);
        }

        json.Append((byte)'}');
    }

    /// <summary>A key or value that is left out has its default.</summary>
    private void WritePart(ProtoField field, int index, ProtoOccurrences parts, Utf8Buffer json, int level)
    {
        if (parts.Has(index))
        {
            WriteField(field, index, parts, json, level);
        }
        else if (field.Message is { } message)
        {
            Write(message, [], json, level + 1);
        }
        else
        {
            scalars.Write(field, default, [], json);
        }
    }

    private static void Separate(Utf8Buffer json, ref bool isFirst)
    {
        if (!isFirst)
        {
            json.Append((byte)',');
        }

        isFirst = false;
    }
}
