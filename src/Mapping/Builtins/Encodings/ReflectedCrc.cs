namespace Mapping.Builtins.Encodings;

/// <summary>CRC-32 with any polynomial, given with its bits reversed.</summary>
internal sealed class ReflectedCrc
{
    public static readonly ReflectedCrc Castagnoli = new(0x82F63B78);
    public static readonly ReflectedCrc Koopman = new(0xEB31D82E);

    private readonly uint[] table = new uint[256];

    private ReflectedCrc(uint polynomial)
    {
        for (uint i = 0; i < 256; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ polynomial : value >> 1;
            }

            table[i] = value;
        }
    }

    public uint Compute(ReadOnlySpan<byte> source)
    {
        uint crc = uint.MaxValue;
        foreach (byte c in source)
        {
            crc = table[(byte)(crc ^ c)] ^ (crc >> 8);
        }

        return ~crc;
    }
}
