using System.Buffers.Binary;

namespace Mapping.Connectors.SchemaRegistry;

/// <summary>The five bytes before a payload: a zero, and the id of its schema, big endian.</summary>
internal static class WireFrame
{
    public const int Length = 5;

    public static bool TryRead(ReadOnlySpan<byte> body, out int id)
    {
        bool isFramed = body.Length >= Length && body[0] == 0;
        id = isFramed ? BinaryPrimitives.ReadInt32BigEndian(body[1..]) : 0;
        return isFramed;
    }

    public static void Write(int id, WireWriter writer)
    {
        Span<byte> frame = stackalloc byte[Length];
        frame[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(frame[1..], id);
        writer.Bytes(frame);
    }
}
