using System.Buffers.Binary;
using Mapping.Values.Json;

namespace Mapping.Connectors.SchemaRegistry;

/// <summary>The counterpart of <see cref="WireReader"/>. What a value lacks to be written is noted here, so that the next choice can be tried.</summary>
internal sealed class WireWriter
{
    private readonly Utf8Buffer buffer = new();
    private readonly List<string> place = [];
    private string? problem;

    public int Length => buffer.Length;

    /// <summary>What the last refusal said, with its place.</summary>
    public string Problem => place.Count == 0 ? problem ?? string.Empty : $"{string.Join('.', Enumerable.Reverse(place))}: {problem}";

    public byte[] ToArray() => buffer.WrittenSpan.ToArray();

    public void Byte(byte value) => buffer.Append(value);

    public void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            buffer.Append((byte)(value | 0x80));
            value >>= 7;
        }

        buffer.Append((byte)value);
    }

    public void ZigZag(long value) => Varint((ulong)((value << 1) ^ (value >> 63)));

    public void Fixed32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.GetSpan(sizeof(uint)), value);
        buffer.Advance(sizeof(uint));
    }

    public void Fixed64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(buffer.GetSpan(sizeof(ulong)), value);
        buffer.Advance(sizeof(ulong));
    }

    public void Bytes(ReadOnlySpan<byte> bytes) => buffer.Append(bytes);

    /// <summary>Whether nothing but zeros was written behind a place.</summary>
    public bool IsZero(int start) => !buffer.WrittenSpan[start..].ContainsAnyExcept((byte)0);

    /// <summary>Takes back what was written behind a place.</summary>
    public void Truncate(int length) => buffer.Truncate(length);

    /// <summary>Puts the length of what was written behind a place in front of it.</summary>
    public void InsertLength(int start)
    {
        int length = buffer.Length - start;
        Varint((ulong)length);
        Span<byte> behind = buffer.Array.AsSpan(start, buffer.Length - start);
        Span<byte> prefix = stackalloc byte[10];
        int digits = behind.Length - length;
        behind[length..].CopyTo(prefix);
        behind[..length].CopyTo(behind[digits..]);
        prefix[..digits].CopyTo(behind);
    }

    /// <summary>Notes why a value cannot be written.</summary>
    public bool Refuse(string reason)
    {
        problem = reason;
        place.Clear();
        return false;
    }

    /// <summary>Adds where it was; called from the inside out.</summary>
    public bool RefuseAt(string name)
    {
        place.Add(name);
        return false;
    }
}
