using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>Months by their English names of three letters.</summary>
internal static class ShortMonths
{
    private const uint Multiplier = 0x3B6FE507;
    private const int TableBits = 4;

    private static readonly uint[] Table = BuildTable();

    private static ReadOnlySpan<byte> Names => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    /// <summary>The month of the name that stands there, in either case; 0 where there is none.</summary>
    public static int At(ref readonly byte name)
    {
        uint letters = LettersAt(in name);
        uint found = Table[(letters * Multiplier) >> (32 - TableBits)];
        return (found & 0xFFFFFF) == letters ? (int)(found >> 24) : 0;
    }

    public static void Put(ref byte place, int month) =>
        Names.Slice((month - 1) * 3, 3).CopyTo(MemoryMarshal.CreateSpan(ref place, 3));

    private static uint LettersAt(ref readonly byte name)
    {
        ref byte first = ref Unsafe.AsRef(in name);
        return (uint)(first | (Unsafe.Add(ref first, 1) << 8) | (Unsafe.Add(ref first, 2) << 16)) | 0x202020;
    }

    /// <summary>The multiplier gives every name a place of its own.</summary>
    private static uint[] BuildTable()
    {
        uint[] table = new uint[1 << TableBits];
        for (int month = 1; month <= 12; month++)
        {
            uint letters = LettersAt(in Names[(month - 1) * 3]);
            table[(letters * Multiplier) >> (32 - TableBits)] = letters | ((uint)month << 24);
        }

        return table;
    }
}
