using System.Buffers.Binary;

namespace Mapping.Values;

/// <summary>The byte order of texts by numbers.</summary>
internal static class TextOrder
{
    /// <summary>The first eight bytes as a number: of two texts with different ones, the text with the smaller number comes first.</summary>
    public static ulong Beginning(ReadOnlySpan<byte> text)
    {
        if (text.Length >= sizeof(ulong))
        {
            return BinaryPrimitives.ReadUInt64BigEndian(text);
        }

        ulong beginning = 0;
        for (int i = 0; i < text.Length; i++)
        {
            beginning |= (ulong)text[i] << (56 - (8 * i));
        }

        return beginning;
    }
}
