using System.Globalization;

namespace Mapping.Values.Json;

/// <summary>Values of number spellings: int64 if that fits, else float64.</summary>
internal static partial class NumberText
{
    /// <summary>Up to this power of ten, and below 2^53, both operands of the fast path are exact and one rounding gives the nearest double.</summary>
    private const int ExactPowers = 22;

    private static ReadOnlySpan<double> Powers =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
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
        if (TrySimple(text, out value))
        {
            return true;
        }

        int first = !text.IsEmpty && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;

        // The platform also reads names such as Infinity.
        bool number = text.Length > first && (char.IsAsciiDigit((char)text[first]) || text[first] == '.');
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return number && double.TryParse(text, Style, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    /// <summary>Digits with at most one point and at most 15 digits in all.</summary>
    private static bool TrySimple(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.Length is 0 or > 17)
        {
            return false;
        }

        bool negative = text[0] == '-';
        ulong mantissa = 0;
        int digits = 0;
        int decimals = -1;
        foreach (byte b in negative ? text[1..] : text)
        {
            uint digit = (uint)(b - '0');
            if (digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
                digits++;
                decimals += decimals >= 0 ? 1 : 0;
            }
            else if (b == '.' && decimals < 0 && digits > 0)
            {
                decimals = 0;
            }
            else
            {
                return false;
            }
        }

        if (digits is 0 or > 15 || decimals == 0)
        {
            return false;
        }

        value = decimals > 0 ? mantissa / Powers[Math.Min(decimals, ExactPowers)] : mantissa;
        value = negative ? -value : value;
        return true;
    }
}
