using System.Globalization;
using Google.Protobuf.Reflection;
using Mapping.Values;

namespace Mapping.Connectors.SchemaRegistry.ProtobufFormat;

/// <summary>Reads the JSON of protobuf into messages. Every method is false when the value does not fit, with the reason in the writer.</summary>
internal sealed class ProtobufWriter(ProtoFile file)
{
    public ProtoFile File => file;

    public bool TryWrite(ProtoMessage type, Value value, WireWriter writer) =>
        WellKnownWriter.TryWrite(this, type, value, writer) ?? TryWriteMembers(type, value, writer, except: null);

    /// <param name="type">Of the message.</param>
    /// <param name="value">An object.</param>
    /// <param name="writer">Gets the fields.</param>
    /// <param name="except">A member that is no field.</param>
    public bool TryWriteMembers(ProtoMessage type, Value value, WireWriter writer, string? except)
    {
        if (!value.IsObject)
        {
            return Mismatch("an object", value, writer);
        }

        HashSet<int>? oneofs = null;
        foreach (Member member in value.Members)
        {
            string name = member.Key.AsHostString();
            if (name == except)
            {
                continue;
            }

            int index = type.IndexOf(name);
            if (index < 0)
            {
                return writer.Refuse($"{type.FullName} has no field \"{name}\"");
            }

            ProtoField field = type.Fields[index];
            if (member.Value.IsNull && !TakesNull(field))
            {
                continue;
            }

            if (field.Oneof is { } oneof && !(oneofs ??= []).Add(oneof))
            {
                return writer.Refuse($"\"{name}\" excludes another field that is set: they are of one oneof");
            }

            if (!TryWriteField(field, member.Value, writer))
            {
                return writer.RefuseAt(name);
            }
        }

        return true;
    }

    public bool TryWriteField(ProtoField field, Value value, WireWriter writer) =>
        field.IsMap ? TryWriteMap(field, value, writer)
        : field.IsRepeated ? TryWriteList(field, value, writer)
        : TryWriteOne(field, value, writer);

    public bool TryWriteOne(ProtoField field, Value value, WireWriter writer)
    {
        int before = writer.Length;
        Tag(field, field.Wire, writer);
        if (field.Message is not { } message)
        {
            return TryWriteScalar(field, value, before, writer);
        }

        int start = writer.Length;
        if (!TryWrite(message, value, writer))
        {
            return false;
        }

        if (field.Wire == WireType.GroupStart)
        {
            Tag(field, WireType.GroupEnd, writer);
        }
        else
        {
            writer.InsertLength(start);
        }

        return true;
    }

    public static bool Mismatch(string expected, Value value, WireWriter writer) => writer.Refuse($"expected {expected}, found {(value.IsContainer || value.IsNull ? value.TypeName : $"{value.TypeName} {value}")}");

    private static bool TakesNull(ProtoField field) => field.Enum is { IsNull: true } || field.Message?.FullName == "google.protobuf.Value";

    private static void Tag(ProtoField field, WireType wire, WireWriter writer) => writer.Varint(((ulong)field.Number << 3) | (ulong)wire);

    private bool TryWriteList(ProtoField field, Value value, WireWriter writer)
    {
        if (!value.IsArray)
        {
            return Mismatch("an array", value, writer);
        }

        if (field.IsPacked && value.Count > 0)
        {
            Tag(field, WireType.Length, writer);
        }

        int start = writer.Length;
        int index = 0;
        foreach (Value element in value.Elements)
        {
            if (!(field.IsPacked ? ProtobufScalarWriter.TryWrite(field, element, writer) : TryWriteOne(field, element, writer)))
            {
                return writer.RefuseAt(index.ToString(CultureInfo.InvariantCulture));
            }

            index++;
        }

        if (field.IsPacked && value.Count > 0)
        {
            writer.InsertLength(start);
        }

        return true;
    }

    /// <summary>A message for each member, with its key and its value.</summary>
    private bool TryWriteMap(ProtoField field, Value value, WireWriter writer)
    {
        if (!value.IsObject)
        {
            return Mismatch("an object", value, writer);
        }

        ProtoMessage entry = field.Message!;
        ProtoField key = entry.Fields[entry.IndexOf(1)];
        ProtoField item = entry.Fields[entry.IndexOf(2)];
        foreach (Member member in value.Members)
        {
            Tag(field, WireType.Length, writer);
            int start = writer.Length;
            if (!TryWriteOne(key, KeyOf(key, member.Key), writer) || !TryWriteOne(item, member.Value, writer))
            {
                return writer.RefuseAt(member.Key.AsHostString());
            }

            writer.InsertLength(start);
        }

        return true;
    }

    /// <summary>Keys are texts in JSON; numbers are read from texts anyway.</summary>
    private static Value KeyOf(ProtoField key, Value text) =>
        key.Type != FieldDescriptorProto.Type.TypeBool ? text
        : text.AsSpan().SequenceEqual("true"u8) ? Value.True
        : text.AsSpan().SequenceEqual("false"u8) ? Value.False
        : text;

    /// <summary>A default that is the same as nothing is left out.</summary>
    private static bool TryWriteScalar(ProtoField field, Value value, int before, WireWriter writer)
    {
        int start = writer.Length;
        bool isWritten = ProtobufScalarWriter.TryWrite(field, value, writer);
        if (isWritten && !field.HasPresence && !field.IsRepeated && writer.IsZero(start))
        {
            writer.Truncate(before);
        }

        return isWritten;
    }
}
