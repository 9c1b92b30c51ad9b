using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mapping.Values.Json;

/// <summary>Values of number spellings: int64 if that fits, else float64.</summary>
internal static partial class NumberText
{
    private static ReadOnlySpan<double> Powers =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ];

    /// <summary>A sign and decimal digits only, within range.</summary>
    public static bool TryInt64(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        bool negative = !text.IsEmpty && text[0] == '-';
        if (negative || (!text.IsEmpty && text[0] == '+'))
        {
            text = text[1..];
        }

        if (text.IsEmpty)
        {
            return false;
        }

        ulong magnitude = 0;
        ulong limit = negative ? 1UL << 63 : (1UL << 63) - 1;
        foreach (byte b in text)
        {
            uint digit = (uint)(b - '0');
            if (digit > 9 || magnitude > limit / 10)
            {
                return false;
            }

            magnitude = (magnitude * 10) + digit;
            if (magnitude > limit)
            {
                return false;
            }
        }

        value = negative ? (long)(0 - magnitude) : (long)magnitude;
        return true;
    }

    /// <summary>The nearest double of a JSON number; false if that is infinite or the text is no number.</summary>
    public static bool TryDouble(ReadOnlySpan<byte> text, out double value)
    {
        if (TryShort(text, out long mantissa, out int decimals, out bool isNegative))
        {
            value = Scaled(mantissa, decimals, isNegative);
            return true;
        }

        value = 0;
        int first = !text.IsEmpty && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;

        // The platform also reads names such as Infinity.
        bool number = text.Length > first && (char.IsAsciiDigit((char)text[first]) || text[first] == '.');
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return number && double.TryParse(text, Style, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    /// <summary>Whether a JSON number is surely spelt as <see cref="WriteJson"/> writes its float: few digits, and no needless ones.</summary>
    public static bool IsOfFloat(byte[] owner, int offset, int length) => TryFewDigits(owner, offset, length, out _)
        || (TryShort(owner.AsSpan(offset, length), out long mantissa, out int decimals, out _) && (decimals == 0 || (decimals <= 6 && mantissa % 10 != 0)));

    /// <summary>Digits with at most one point between them and at most 15 in all: the usual numbers, in one pass.</summary>
    /// <param name="text">The spelling.</param>
    /// <param name="mantissa">The digits without sign and point.</param>
    /// <param name="decimals">Digits after the point; 0 for an integer.</param>
    /// <param name="isNegative">Whether there is a sign; zero has one too.</param>
    public static bool TryShort(ReadOnlySpan<byte> text, out long mantissa, out int decimals, out bool isNegative)
    {
        mantissa = 0;
        decimals = 0;
        isNegative = false;
        if (text.Length is 0 or > 17)
        {
            return false;
        }

        int at = 0;
        if (text[0] == '-')
        {
            isNegative = true;
            at = 1;
        }

        int first = at;
        int point = -1;
        for (; at < text.Length; at++)
        {
            uint digit = (uint)(text[at] - '0');
            if (digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
            }
            else if (text[at] == '.' && point < 0 && at > first)
            {
                point = at;
            }
            else
            {
                return false;
            }
        }

        int digits = at - first - (point < 0 ? 0 : 1);
        decimals = point < 0 ? 0 : at - point - 1;
        return digits is > 0 and <= 15 && (point < 0 || decimals > 0);
    }

    /// <summary>
    /// A JSON number without an exponent and of at most eight bytes after its sign: all digits at once, and no branch on how many there are.
    /// </summary>
    /// <param name="owner">Holds the spelling.</param>
    /// <param name="offset">Where it starts.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="mantissa">The digits without sign and point.</param>
    /// <param name="decimals">Digits after the point; 0 for an integer.</param>
    /// <param name="isNegative">Whether there is a sign.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTiny(byte[] owner, int offset, int length, out long mantissa, out int decimals, out bool isNegative)
    {
        ref byte first = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(owner), offset);
        isNegative = first == '-';
        int sign = isNegative ? 1 : 0;
        int count = length - sign;
        mantissa = 0;
        decimals = 0;
        if (count > sizeof(ulong) || offset + sign > owner.Length - sizeof(ulong) || !BitConverter.IsLittleEndian)
        {
            return false;
        }

        // What is behind the number goes: its bytes become the lower, that is the first ones, as zero digits.
        ulong text = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, sign)) << (64 - (8 * count));
        ulong points = text ^ 0x2E2E2E2E2E2E2E2E;
        points = (points - 0x0101010101010101) & ~points & 0x8080808080808080;
        if (points != 0)
        {
            // The digits before the point move up by one byte, into its place.
            int behind = BitOperations.TrailingZeroCount(points) + 1;
            decimals = (64 - behind) / 8;
            ulong fraction = behind == 64 ? 0 : ~0UL << behind;
            text = (text & fraction) | ((text << 8) & ~fraction);
            count--;
        }

        ulong digits = (text ^ 0x3030303030303030) & (~0UL << (64 - (8 * count)));
        if (((digits + 0x7676767676767676) & 0x8080808080808080) != 0)
        {
            return false;
        }

        mantissa = ValueOf(digits);
        return true;
    }

    /// <summary>One to eight decimal digits and nothing else, all at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryFewDigits(byte[] owner, int offset, int length, out long value)
    {
        value = 0;
        if ((uint)(length - 1) >= sizeof(ulong) || offset > owner.Length - sizeof(ulong) || !BitConverter.IsLittleEndian)
        {
            return false;
        }

        // What is behind the digits goes: its bytes become the lower, that is the first ones, as zero digits.
        int empty = 64 - (8 * length);
        ulong text = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(owner), offset)) << empty;
        ulong digits = text ^ (0x3030303030303030UL << empty);
        value = ValueOf(digits);
        return ((digits | (digits + 0x7676767676767676)) & 0x8080808080808080) == 0;
    }

    /// <summary>The number of eight digits, the first one in the lowest byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long ValueOf(ulong digits)
    {
        digits = (digits * 10) + (digits >> 8);
        return (long)((((digits & 0x000000FF000000FF) * 0x000F424000000064) + (((digits >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32);
    }

    /// <summary>The nearest double: both operands are exact, so that one rounding gives it.</summary>
    public static double Scaled(long mantissa, int decimals, bool isNegative)
    {
        double value = decimals == 0 ? mantissa : mantissa / Powers[decimals];
        return isNegative ? -value : value;
    }
}
