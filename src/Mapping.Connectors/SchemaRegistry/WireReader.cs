using System.Buffers.Binary;

namespace Mapping.Connectors.SchemaRegistry;

/// <summary>Reads what Avro and protobuf have in common: numbers of variable length, little-endian floats, runs of bytes.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> data = data;

    public int Position { get; private set; }

    public readonly bool IsAtEnd => Position == data.Length;

    public readonly int Remaining => data.Length - Position;

    public byte Byte()
    {
        if (Position == data.Length)
        {
            throw Truncated();
        }

        return data[Position++];
    }

    /// <summary>Seven bits a byte, the lowest first.</summary>
    public ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw SchemaFailure.Payload($"the payload has a number of more than ten bytes at byte {Position}");
    }

    /// <summary>A signed number, small magnitudes first.</summary>
    public long ZigZag()
    {
        ulong value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public uint Fixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(sizeof(uint)));

    public ulong Fixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(sizeof(ulong)));

    public ReadOnlySpan<byte> Bytes(long count)
    {
        if (count < 0 || count > Remaining)
        {
            throw count < 0 ? SchemaFailure.Payload($"the payload has a negative length at byte {Position}") : Truncated();
        }

        ReadOnlySpan<byte> bytes = data.Slice(Position, (int)count);
        Position += (int)count;
        return bytes;
    }

    private readonly SchemaFailure Truncated() => SchemaFailure.Payload($"the payload ends within a value, after {data.Length} bytes");
}
