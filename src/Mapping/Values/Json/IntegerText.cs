using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mapping.Values.Json;

/// <summary>Integers as decimal digits.</summary>
internal static class IntegerText
{
    /// <summary>Room that is enough for every integer of 64 bits.</summary>
    public const int MaxLength = 20;

    private const uint HundredMillion = 100_000_000;

    private const ulong Zeros = 0x3030_3030_3030_3030;

    /// <summary>Writes the digits, with a minus sign before those of a negative number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="room">The first of <see cref="MaxLength"/> bytes to write to.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(long value, ref byte room)
    {
        if (value >= 0)
        {
            return Write((ulong)value, ref room);
        }

        room = (byte)'-';
        return 1 + Write((ulong)-value, ref Unsafe.Add(ref room, 1));
    }

    public static int Write(ulong value, ref byte room)
    {
        if (value >= HundredMillion)
        {
            return WriteLong(value, ref room);
        }

        // The first digit is the lowest byte. Leading zeros go, but not the last digit.
        ulong digits = EightDigits((uint)value);
        int zeros = BitOperations.TrailingZeroCount(digits | (1UL << 56)) & ~7;
        Unsafe.WriteUnaligned(ref room, (digits + Zeros) >> zeros);
        return 8 - (zeros >> 3);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int WriteLong(ulong value, ref byte room)
    {
        ulong rest = value / HundredMillion;
        int length = Write(rest, ref room);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref room, length), EightDigits((uint)(value - (rest * HundredMillion))) + Zeros);
        return length + 8;
    }

    /// <summary>Eight digits, a byte each, all at once: halves of four become pairs of two and then single ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong EightDigits(uint value)
    {
        // A product and a shift divide exactly in such ranges: by 100 up to 9999, by 10 up to 99.
        uint high = value / 10_000;
        ulong halves = high | ((ulong)(value - (high * 10_000)) << 32);
        ulong hundreds = ((halves * 5243) >> 19) & 0x0000_007F_0000_007F;
        ulong pairs = hundreds | ((halves - (hundreds * 100)) << 16);
        ulong tens = ((pairs * 103) >> 10) & 0x000F_000F_000F_000F;
        return tens | ((pairs - (tens * 10)) << 8);
    }
}
