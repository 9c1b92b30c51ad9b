namespace Mapping.Connectors.SchemaRegistry.ProtobufFormat;

/// <summary>
/// A message taken apart into what is set, by field: occurrences may stand in any order on the wire, the last one of a single field and
/// of a oneof counts, and messages that occur twice are merged by putting their bytes together.
/// </summary>
internal readonly ref struct ProtoOccurrences
{
    private readonly ReadOnlySpan<byte> data;
    private readonly List<Occurrence>?[] found;

    /// <exception cref="SchemaFailure">The bytes are no such message.</exception>
    public ProtoOccurrences(ProtoMessage type, ReadOnlySpan<byte> data)
    {
        this.data = data;
        found = new List<Occurrence>?[type.Fields.Count];
        var reader = new WireReader(data);
        while (!reader.IsAtEnd)
        {
            (int number, WireType wire) = Tag(ref reader);
            Occurrence occurrence = Take(ref reader, number, wire);
            int index = type.IndexOf(number);
            if (index >= 0 && Fits(type.Fields[index], wire))
            {
                Note(type, index, occurrence);
            }
        }
    }

    public bool Has(int field) => found[field] is not null;

    public IReadOnlyList<Occurrence> Of(int field) => found[field] ?? [];

    public ReadOnlySpan<byte> BytesOf(Occurrence occurrence) => data.Slice(occurrence.Start, occurrence.Length);

    /// <summary>All bytes of a message that may have come in parts.</summary>
    public ReadOnlySpan<byte> Merged(int field)
    {
        List<Occurrence> parts = found[field]!;
        if (parts.Count == 1)
        {
            return BytesOf(parts[0]);
        }

        var all = new List<byte>();
        foreach (Occurrence part in parts)
        {
            all.AddRange(BytesOf(part));
        }

        return all.ToArray();
    }

    private static (int Number, WireType Wire) Tag(ref WireReader reader)
    {
        ulong tag = reader.Varint();
        int wire = (int)(tag & 7);
        ulong number = tag >> 3;
        if (wire > (int)WireType.Fixed32 || number is 0 or > 536_870_911)
        {
            throw SchemaFailure.Payload($"the payload has no field of protobuf at byte {reader.Position}");
        }

        return ((int)number, (WireType)wire);
    }

    private static Occurrence Take(ref WireReader reader, int number, WireType wire)
    {
        switch (wire)
        {
            case WireType.Varint:
                return new Occurrence(wire, reader.Varint(), 0, 0);
            case WireType.Fixed64:
                return new Occurrence(wire, reader.Fixed64(), 0, 0);
            case WireType.Fixed32:
                return new Occurrence(wire, reader.Fixed32(), 0, 0);
            case WireType.Length:
                ulong length = reader.Varint();
                int start = reader.Position;
                reader.Bytes(length > int.MaxValue ? int.MaxValue : (long)length);
                return new Occurrence(wire, 0, start, (int)length);
            case WireType.GroupStart:
                return TakeGroup(ref reader, number);
            default:
                throw SchemaFailure.Payload($"the payload ends a group that it did not begin, at byte {reader.Position}");
        }
    }

    /// <summary>Groups nest; they are told apart without recursion.</summary>
    private static Occurrence TakeGroup(ref WireReader reader, int number)
    {
        int start = reader.Position;
        var open = new Stack<int>([number]);
        while (true)
        {
            int end = reader.Position;
            (int inner, WireType wire) = Tag(ref reader);
            if (wire == WireType.GroupStart)
            {
                open.Push(inner);
            }
            else if (wire != WireType.GroupEnd)
            {
                Take(ref reader, inner, wire);
            }
            else if (open.Pop() != inner)
            {
                throw SchemaFailure.Payload($"the payload ends another group than it began, at byte {end}");
            }
            else if (open.Count == 0)
            {
                return new Occurrence(WireType.GroupStart, 0, start, end - start);
            }
        }
    }

    /// <summary>Lists of numbers come packed or not, whatever the schema says; anything else of another type is unknown.</summary>
    private static bool Fits(ProtoField field, WireType wire) =>
        wire == field.Wire || (field.IsRepeated && wire == WireType.Length && field.Wire is WireType.Varint or WireType.Fixed32 or WireType.Fixed64);

    private void Note(ProtoMessage type, int index, Occurrence occurrence)
    {
        ProtoField field = type.Fields[index];
        if (field.Oneof is { } oneof)
        {
            for (int i = 0; i < found.Length; i++)
            {
                if (i != index && type.Fields[i].Oneof == oneof)
                {
                    found[i] = null;
                }
            }
        }

        List<Occurrence> list = found[index] ??= [];
        if (!field.IsRepeated && field.Message is null)
        {
            list.Clear();
        }

        list.Add(occurrence);
    }

    /// <param name="Wire">How it was written.</param>
    /// <param name="Bits">Of a number.</param>
    /// <param name="Start">Of bytes, in the message.</param>
    /// <param name="Length">Of bytes.</param>
    public readonly record struct Occurrence(WireType Wire, ulong Bits, int Start, int Length);
}
