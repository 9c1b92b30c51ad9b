namespace Mapping.Builtins.Encodings.Compression;

/// <summary>Bits of a text, the highest of each byte first.</summary>
internal sealed class BitSource(ReadOnlyMemory<byte> source)
{
    private int position;
    private ulong held;
    private int count;

    public bool IsAtEnd => count == 0 && position == source.Length;

    /// <summary>Up to 32 bits.</summary>
    public uint Read(int bits)
    {
        while (count < bits)
        {
            if (position == source.Length)
            {
                throw new InvalidDataException("unexpected end of the compressed data");
            }

            held = (held << 8) | source.Span[position++];
            count += 8;
        }

        count -= bits;
        return (uint)((held >> count) & ((1UL << bits) - 1));
    }

    public bool ReadBit() => Read(1) != 0;

    /// <summary>Drops what is left of the current byte.</summary>
    public void Align() => count -= count % 8;
}
