using System.Buffers;

namespace Mapping.Builtins.Numbers;

/// <summary>Hexadecimal floats: <c>1.8p3</c>, after their <c>0x</c>.</summary>
internal static class HexFloat
{
    private static readonly SearchValues<byte> ExponentDigits = SearchValues.Create("0123456789_"u8);

    public static NumberFault TryRead(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        UInt128 mantissa = 0;
        int exponent = 0;
        bool any = false;
        bool fraction = false;
        bool dropped = false;
        int at = 0;
        for (; at < text.Length && (text[at] | 0x20) != 'p'; at++)
        {
            char c = (char)text[at];
            if (c == '_')
            {
                continue;
            }

            if (c == '.' && !fraction)
            {
                fraction = true;
                continue;
            }

            if (!char.IsAsciiHexDigit(c))
            {
                return NumberFault.Syntax;
            }

            any = true;
            uint digit = (uint)Convert.ToInt32(c.ToString(), 16);
            if (mantissa >> 100 == 0)
            {
                mantissa = (mantissa << 4) | digit;
                exponent -= fraction ? 4 : 0;
            }
            else
            {
                // Beyond the precision: only whether anything is left matters for rounding.
                dropped |= digit != 0;
                exponent += fraction ? 0 : 4;
            }
        }

        if (!any || !TryExponent(text[at..], out int written))
        {
            return NumberFault.Syntax;
        }

        mantissa |= dropped ? 1u : 0u;
        value = Scale(mantissa, Math.Clamp(exponent + (long)written, -5000, 5000));
        return double.IsInfinity(value) ? NumberFault.Range : NumberFault.None;
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        if (text.Length < 2)
        {
            return false;
        }

        ReadOnlySpan<byte> digits = text[1] is (byte)'+' or (byte)'-' ? text[2..] : text[1..];
        if (digits.IsEmpty || digits.IndexOfAnyExcept(ExponentDigits) >= 0)
        {
            return false;
        }

        foreach (byte c in digits)
        {
            exponent = c == '_' ? exponent : Math.Min((exponent * 10) + (c - '0'), 1_000_000);
        }

        exponent = text[1] == '-' ? -exponent : exponent;
        return true;
    }

    /// <summary>Rounds once, to nearest even, also where the result is subnormal.</summary>
    private static double Scale(UInt128 mantissa, long exponent)
    {
        if (mantissa == 0)
        {
            return 0;
        }

        int bits = 128 - (int)UInt128.LeadingZeroCount(mantissa);
        long excess = Math.Max(bits - 53, -1074 - exponent);
        if (excess > 0)
        {
            if (excess > 127)
            {
                return 0;
            }

            UInt128 rest = mantissa & ((UInt128.One << (int)excess) - 1);
            UInt128 half = UInt128.One << ((int)excess - 1);
            mantissa >>= (int)excess;
            mantissa += rest > half || (rest == half && (mantissa & 1) == 1) ? UInt128.One : UInt128.Zero;
            exponent += excess;
        }

        return Math.ScaleB((double)(ulong)mantissa, (int)exponent);
    }
}
