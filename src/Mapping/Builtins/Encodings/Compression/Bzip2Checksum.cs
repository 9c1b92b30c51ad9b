namespace Mapping.Builtins.Encodings.Compression;

/// <summary>CRC-32 with the highest bit first, as bzip2 alone has it.</summary>
internal static class Bzip2Checksum
{
    public static readonly uint[] Table = Make();

    private static uint[] Make()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint value = i << 24;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 0x80000000) != 0 ? (value << 1) ^ 0x04C11DB7 : value << 1;
            }

            table[i] = value;
        }

        return table;
    }
}
