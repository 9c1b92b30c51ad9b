using System.Globalization;
using System.Numerics;
using Mapping.Values;

namespace Mapping.Extras.Schemas;

/// <summary>A number exactly as it is spelled: a mantissa without zeros at its end, and a power of ten.</summary>
internal readonly struct DecimalNumber
{
    /// <summary>Longer spellings are cut: the time to read one grows with the square of its length.</summary>
    private const int MostDigits = 2000;

    private readonly BigInteger mantissa;
    private readonly long exponent;

    /// <summary>Digits of the mantissa; 0 for zero.</summary>
    private readonly int digits;

    private DecimalNumber(BigInteger mantissa, long exponent, int digits)
    {
        this.mantissa = mantissa;
        this.exponent = exponent;
        this.digits = digits;
    }

    public bool IsInteger => digits == 0 || exponent >= 0;

    public int Sign => mantissa.Sign;

    public static DecimalNumber Of(Value number)
    {
        Span<char> spelling = stackalloc char[32];
        switch (number.Kind)
        {
            case ValueKind.Int64:
                number.AsInt64().TryFormat(spelling, out int length, default, CultureInfo.InvariantCulture);
                return Parse(spelling[..length]);
            case ValueKind.UInt64:
                number.AsUInt64().TryFormat(spelling, out length, default, CultureInfo.InvariantCulture);
                return Parse(spelling[..length]);
            case ValueKind.Float64:
                number.AsFloat64().TryFormat(spelling, out length, default, CultureInfo.InvariantCulture);
                return Parse(spelling[..length]);
            default:
                return Parse(number.AsHostString());
        }
    }

    public int CompareTo(DecimalNumber other)
    {
        if (Sign != other.Sign || Sign == 0)
        {
            return Sign.CompareTo(other.Sign);
        }

        // With the first digits at different places the sizes need not be written out.
        long place = digits + exponent;
        long otherPlace = other.digits + other.exponent;
        if (place != otherPlace)
        {
            return place > otherPlace ? Sign : -Sign;
        }

        long shift = exponent - other.exponent;
        return shift >= 0
            ? (mantissa * BigInteger.Pow(10, (int)shift)).CompareTo(other.mantissa)
            : mantissa.CompareTo(other.mantissa * BigInteger.Pow(10, (int)-shift));
    }

    /// <summary>Whether this is a whole number of times the other, which is positive.</summary>
    public bool IsMultipleOf(DecimalNumber other)
    {
        long shift = exponent - other.exponent;
        if (Sign == 0 || shift < 0)
        {
            // The mantissa has no factor ten left that could make up for the shift.
            return Sign == 0;
        }

        return (mantissa % other.mantissa * BigInteger.ModPow(10, shift, other.mantissa) % other.mantissa).IsZero;
    }

    private static DecimalNumber Parse(ReadOnlySpan<char> text)
    {
        bool isNegative = text is ['-', ..];
        text = text.TrimStart("+-");
        long exponent = 0;
        int mark = text.IndexOfAny('e', 'E');
        if (mark >= 0)
        {
            exponent = ParseExponent(text[(mark + 1)..]);
            text = text[..mark];
        }

        int point = text.IndexOf('.');
        string plain = point < 0 ? text.ToString() : string.Concat(text[..point], text[(point + 1)..]);
        exponent -= point < 0 ? 0 : text.Length - point - 1;
        ReadOnlySpan<char> significant = plain.AsSpan().TrimStart('0');
        ReadOnlySpan<char> cut = significant[..Math.Min(significant.Length, MostDigits)].TrimEnd('0');
        exponent += significant.Length - cut.Length;
        if (cut.IsEmpty)
        {
            return default;
        }

        BigInteger mantissa = BigInteger.Parse(cut, NumberStyles.None, CultureInfo.InvariantCulture);
        return new DecimalNumber(isNegative ? -mantissa : mantissa, exponent, cut.Length);
    }

    /// <summary>Beyond any use the exponent stops growing.</summary>
    private static long ParseExponent(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && Math.Abs(value) < int.MaxValue
            ? value
            : text is ['-', ..] ? -int.MaxValue : int.MaxValue;
}
