using System.Globalization;
using System.Numerics;
using System.Text;

namespace Mapping.Builtins.Strings.Format;

/// <summary>Texts of floats, always with a sign in front. Digits are rounded half to even from the exact value.</summary>
internal static class FloatText
{
    private const int ExactDigits = 770;
    private const int DecidingDigits = 20;

    /// <summary><c>+1.500000e+00</c>.</summary>
    public static string Exponential(double value, int precision, bool isUpper)
    {
        if (!double.IsFinite(value))
        {
            return NotFinite(value);
        }

        (string digits, int exponent) = Rounded(value, precision + 1);
        return Sign(value) + Exponential(digits, exponent, isUpper);
    }

    /// <summary><c>+1.500000</c>.</summary>
    public static string Fixed(double value, int precision)
    {
        if (!double.IsFinite(value))
        {
            return NotFinite(value);
        }

        (_, int exponent) = FirstDigits(value, DecidingDigits);
        (string digits, exponent) = Rounded(value, exponent + 1 + precision);
        return Sign(value) + Plain(digits, exponent, precision);
    }

    /// <summary>The shorter of both; a negative precision asks for the fewest digits that give the same float again.</summary>
    public static string General(double value, int precision, bool isUpper)
    {
        if (!double.IsFinite(value))
        {
            return NotFinite(value);
        }

        bool isShortest = precision < 0;
        (string digits, int exponent) = isShortest ? Shortest(value) : Rounded(value, Math.Max(precision, 1));
        int most = isShortest ? 6 : Math.Max(precision, 1);
        digits = digits.TrimEnd('0');
        digits = digits.Length == 0 ? "0" : digits;

        // A precision beyond the digits there are does not make room for a longer plain form.
        int bound = !isShortest && most > digits.Length && digits.Length >= exponent + 1 ? digits.Length : most;
        if (exponent < -4 || exponent >= (isShortest ? 6 : bound))
        {
            return Sign(value) + Exponential(digits, exponent, isUpper);
        }

        return Sign(value) + Plain(digits, exponent, Math.Max(0, digits.Length - exponent - 1));
    }

    /// <summary><c>+0x1.8p+01</c>.</summary>
    public static string Hexadecimal(double value, int precision, bool isUpper)
    {
        if (!double.IsFinite(value))
        {
            return NotFinite(value);
        }

        (long mantissa, int exponent) = Parts(Math.Abs(value));
        if (mantissa != 0)
        {
            // One bit before the point, 60 after it.
            int shift = BitOperations.LeadingZeroCount((ulong)mantissa) - 3;
            mantissa <<= shift;
            exponent += 60 - shift;
        }
        else
        {
            exponent = 0;
        }

        if (precision is >= 0 and < 15)
        {
            int cut = 60 - (precision * 4);
            long rest = mantissa & ((1L << cut) - 1);
            mantissa >>= cut;
            long half = 1L << (cut - 1);
            if (rest > half || (rest == half && (mantissa & 1) != 0))
            {
                mantissa++;
            }

            mantissa <<= cut;
            if (mantissa >> 61 != 0)
            {
                mantissa >>= 1;
                exponent++;
            }
        }

        string fraction = (mantissa & ((1L << 60) - 1)).ToString("x15");
        fraction = precision < 0 ? fraction.TrimEnd('0') : fraction.PadRight(precision, '0')[..precision];
        string text = $"0x{mantissa >> 60}{(fraction.Length > 0 ? "." : "")}{fraction}p{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        return Sign(value) + (isUpper ? text.ToUpperInvariant() : text);
    }

    /// <summary><c>+4503599627370496p-52</c>.</summary>
    public static string Binary(double value)
    {
        if (!double.IsFinite(value))
        {
            return NotFinite(value);
        }

        (long mantissa, int exponent) = Parts(Math.Abs(value));
        return $"{Sign(value)}{mantissa}p{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent)}";
    }

    /// <summary>The form of the flag <c>#</c>: there is a point, and zeros follow until that many digits count.</summary>
    public static string WithPoint(string unsigned, int digits)
    {
        int tail = unsigned.AsSpan().IndexOfAny(unsigned.Contains('x', StringComparison.OrdinalIgnoreCase) ? "pP" : "eE");
        string number = tail < 0 ? unsigned : unsigned[..tail];

        // Leading zeros do not count, but a lone zero does; the x of 0x does, too.
        int counted = number == "0" ? 1 : number.TrimStart('0', '.').Replace(".", "", StringComparison.Ordinal).Length;
        string point = number.Contains('.', StringComparison.Ordinal) ? "" : ".";
        return number + point + new string('0', Math.Max(0, digits - counted)) + unsigned[number.Length..];
    }

    private static (long Mantissa, int Exponent) Parts(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int biased = (int)(bits >> 52);
        long fraction = bits & ((1L << 52) - 1);
        return biased == 0 ? (fraction, -1074) : (fraction | (1L << 52), biased - 1075);
    }

    private static string Sign(double value) => double.IsNegative(value) ? "-" : "+";

    private static string NotFinite(double value) => double.IsNaN(value) ? "+NaN" : value > 0 ? "+Inf" : "-Inf";

    private static string Exponential(string digits, int exponent, bool isUpper) =>
        $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}{(isUpper ? 'E' : 'e')}{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";

    private static string Plain(string digits, int exponent, int decimals)
    {
        var text = new StringBuilder();
        int point = exponent + 1;
        text.Append(point <= 0 ? "0" : digits.PadRight(point, '0')[..point]);
        if (decimals > 0)
        {
            string fraction = point <= 0 ? new string('0', -point) + digits : digits.Length > point ? digits[point..] : "";
            text.Append('.').Append(fraction.PadRight(decimals, '0')[..decimals]);
        }

        return text.ToString();
    }

    /// <summary>The digits of the round-trip form, with the exponent of the first one.</summary>
    private static (string Digits, int Exponent) Shortest(double value)
    {
        string roundTrip = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        int e = roundTrip.IndexOf('E');
        string mantissa = e < 0 ? roundTrip : roundTrip[..e];
        int point = mantissa.IndexOf('.');
        string all = mantissa.Replace(".", "", StringComparison.Ordinal);
        int exponent = (point < 0 ? mantissa.Length : point) - 1 + (e < 0 ? 0 : int.Parse(roundTrip.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        string digits = all.TrimStart('0');
        exponent -= all.Length - digits.Length;
        digits = digits.TrimEnd('0');
        return digits.Length == 0 ? ("0", 0) : (digits, exponent);
    }

    /// <summary>That many digits of the exact value without zeros at the end; a float has at most <see cref="ExactDigits"/>.</summary>
    private static (string Digits, int Exponent) FirstDigits(double value, int count)
    {
        Span<char> text = stackalloc char[ExactDigits + 16];
        Math.Abs(value).TryFormat(text, out int written, $"E{count - 1}", CultureInfo.InvariantCulture);
        ReadOnlySpan<char> form = text[..written];
        int e = form.IndexOf('E');
        int exponent = int.Parse(form[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return (string.Concat(form[..1], form[2..e]).TrimEnd('0'), exponent);
    }

    /// <summary>Enough digits to round at a position: all of them only where the next ones look like exactly one half.</summary>
    private static (string Digits, int Exponent) Decisive(double value, int count)
    {
        int enough = Math.Max(count, 0) + DecidingDigits;
        if (enough < ExactDigits)
        {
            (string digits, int exponent) = FirstDigits(value, enough);
            bool isHalf = count >= 0 && digits.Length == count + 1 && digits[count] == '5';
            if (!isHalf && digits.Length < enough)
            {
                return (digits, exponent);
            }

            if (!isHalf && digits[Math.Max(count, 0)..].AsSpan().ContainsAnyExcept('9'))
            {
                return (digits, exponent);
            }
        }

        return FirstDigits(value, ExactDigits);
    }

    private static (string Digits, int Exponent) Rounded(double value, int count)
    {
        (string digits, int exponent) = Decisive(value, count);
        if (digits.Length == 0)
        {
            return (new string('0', Math.Max(count, 1)), 0);
        }

        if (count < 0)
        {
            return ("0", 0);
        }

        if (digits.Length <= count)
        {
            return (digits.PadRight(count, '0'), exponent);
        }

        bool isUp = digits[count] > '5' || (digits[count] == '5' && (digits.Length > count + 1 || (count > 0 && (digits[count - 1] - '0') % 2 == 1)));
        char[] kept = digits[..count].ToCharArray();
        if (!isUp)
        {
            return count == 0 ? ("0", 0) : (new string(kept), exponent);
        }

        for (int i = count - 1; i >= 0; i--)
        {
            if (kept[i] != '9')
            {
                kept[i]++;
                return (new string(kept), exponent);
            }

            kept[i] = '0';
        }

        return ("1" + new string(kept), exponent + 1);
    }
}
