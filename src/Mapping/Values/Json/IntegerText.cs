using System.Runtime.CompilerServices;

namespace Mapping.Values.Json;

/// <summary>Integers as decimal digits.</summary>
internal static class IntegerText
{
    /// <summary>Room that is enough for every integer of 64 bits.</summary>
    public const int MaxLength = 20;

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
        int length = CountDigits(value);
        int at = length;
        while (value >= 100)
        {
            ulong rest = value / 100;
            at -= 2;
            PutTwo(ref Unsafe.Add(ref room, at), (uint)(value - (rest * 100)));
            value = rest;
        }

        if (at == 2)
        {
            PutTwo(ref room, (uint)value);
        }
        else
        {
            room = (byte)('0' + value);
        }

        return length;
    }

    private static int CountDigits(ulong value)
    {
        int digits = 1;
        for (; value >= 10_000; value /= 10_000)
        {
            digits += 4;
        }

        return digits + (value >= 1000 ? 3 : value >= 100 ? 2 : value >= 10 ? 1 : 0);
    }

    private static void PutTwo(ref byte place, uint value)
    {
        // Exact for two digits.
        uint tens = (value * 103) >> 10;
        place = (byte)('0' + tens);
        Unsafe.Add(ref place, 1) = (byte)('0' + value - (tens * 10));
    }
}
