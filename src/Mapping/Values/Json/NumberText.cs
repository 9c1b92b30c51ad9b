using System.Globalization;

namespace Mapping.Values.Json;

/// <summary>Texts of float64 values: shortest digits that read back as the same value, laid out like the reference does.</summary>
internal static partial class NumberText
{
    /// <summary>Room that is enough for every number.</summary>
    public const int MaxLength = 32;

    internal const double ExactIntegers = 1L << 53;

    /// <summary>JSON: plain for 1e-6 &lt;= |v| &lt; 1e21, else with an exponent. The value must be finite.</summary>
    public static int WriteJson(double value, Span<byte> text)
    {
        if (TryWriteQuickly(value, text, ExactIntegers, out int written))
        {
            return written;
        }

        Span<byte> digits = stackalloc byte[MaxLength];
        int count = Digits(value, digits, out int point);
        return point is > -6 and <= 21
            ? Plain(double.IsNegative(value), digits[..count], point, text)
            : Scientific(double.IsNegative(value), digits[..count], point, text, minimumDigits: point < 0 ? 1 : 2);
    }

    /// <summary>Text form: an exponent if the decimal exponent is below -4 or at least 6; also NaN and infinities.</summary>
    public static int WriteText(double value, Span<byte> text)
    {
        if (!double.IsFinite(value))
        {
            ReadOnlySpan<byte> name = double.IsNaN(value) ? "NaN"u8 : value > 0 ? "+Inf"u8 : "-Inf"u8;
            name.CopyTo(text);
            return name.Length;
        }

        if (TryWriteQuickly(value, text, 1e6, out int written))
        {
            return written;
        }

        Span<byte> digits = stackalloc byte[MaxLength];
        int count = Digits(value, digits, out int point);
        return point is > -4 and <= 6
            ? Plain(double.IsNegative(value), digits[..count], point, text)
            : Scientific(double.IsNegative(value), digits[..count], point, text, minimumDigits: 2);
    }

    private static bool TryWriteQuickly(double value, Span<byte> text, double limit, out int written)
    {
        written = 0;
        double magnitude = Math.Abs(value);
        if (!(magnitude < limit) || (value == 0 && double.IsNegative(value)))
        {
            return false;
        }

        long whole = (long)magnitude;
        if (whole == magnitude)
        {
            return value < 0 ? (-whole).TryFormat(text, out written) : whole.TryFormat(text, out written);
        }

        return magnitude is >= 1e-3 and < 1e10 && TryWriteFewDecimals(value, magnitude, text, out written);
    }

    /// <summary>
    /// A decimal of at most 15 digits that reads back as the value is the shortest one, because no two such decimals read as the same value;
    /// and the quotient of two exact numbers is rounded just as reading the decimal is.
    /// </summary>
    private static bool TryWriteFewDecimals(double value, double magnitude, Span<byte> text, out int written)
    {
        const int MostDecimals = 4;
        const long Scale = 10_000;
        written = 0;
        double scaled = Math.Round(magnitude * Scale);
        if (scaled / Scale != magnitude)
        {
            return false;
        }

        uint fraction = (uint)((long)scaled % Scale);
        if (value < 0)
        {
            text[written++] = (byte)'-';
        }

        ((long)scaled / Scale).TryFormat(text[written..], out int length);
        written += length;
        text[written] = (byte)'.';
        for (int i = MostDecimals; i > 0; i--)
        {
            text[written + i] = (byte)('0' + (fraction % 10));
            fraction /= 10;
        }

        written += 1 + MostDecimals;
        while (text[written - 1] == '0')
        {
            written--;
        }

        return true;
    }

    /// <summary>The shortest digits, without zeros at either end (a single one for zero), and where the point stands relative to their start.</summary>
    private static int Digits(double value, Span<byte> digits, out int point)
    {
        if (value == 0)
        {
            digits[0] = (byte)'0';
            point = 1;
            return 1;
        }

        ShortestDecimal.Find(Math.Abs(value), out int exponent).TryFormat(digits, out int count, default, CultureInfo.InvariantCulture);
        point = count + exponent;
        while (digits[count - 1] == '0')
        {
            count--;
        }

        return count;
    }

    private static int Plain(bool negative, ReadOnlySpan<byte> digits, int point, Span<byte> text)
    {
        int written = 0;
        if (negative)
        {
            text[written++] = (byte)'-';
        }

        if (point <= 0)
        {
            text[written++] = (byte)'0';
            text[written++] = (byte)'.';
            text.Slice(written, -point).Fill((byte)'0');
            written -= point;
            digits.CopyTo(text[written..]);
            return written + digits.Length;
        }

        if (point >= digits.Length)
        {
            digits.CopyTo(text[written..]);
            text.Slice(written + digits.Length, point - digits.Length).Fill((byte)'0');
            return written + point;
        }

        digits[..point].CopyTo(text[written..]);
        written += point;
        text[written++] = (byte)'.';
        digits[point..].CopyTo(text[written..]);
        return written + digits.Length - point;
    }

    private static int Scientific(bool negative, ReadOnlySpan<byte> digits, int point, Span<byte> text, int minimumDigits)
    {
        int written = 0;
        if (negative)
        {
            text[written++] = (byte)'-';
        }

        text[written++] = digits[0];
        if (digits.Length > 1)
        {
            text[written++] = (byte)'.';
            digits[1..].CopyTo(text[written..]);
            written += digits.Length - 1;
        }

        int exponent = point - 1;
        text[written++] = (byte)'e';
        text[written++] = exponent < 0 ? (byte)'-' : (byte)'+';
        exponent = Math.Abs(exponent);
        if (exponent < 10 && minimumDigits == 2)
        {
            text[written++] = (byte)'0';
        }

        exponent.TryFormat(text[written..], out int length, default, CultureInfo.InvariantCulture);
        return written + length;
    }
}
