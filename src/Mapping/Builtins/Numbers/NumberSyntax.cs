using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Builtins.Numbers;

internal enum NumberFault
{
    None,
    Syntax,
    Range,
}

/// <summary>Numbers in text, as the casts read them: with base prefixes, <c>_</c> between digits, infinities and hexadecimal floats.</summary>
internal static class NumberSyntax
{
    private static readonly SearchValues<byte> DecimalCharacters = SearchValues.Create("0123456789.eE+-_"u8);

    /// <summary>As <see cref="TryPlain(ReadOnlySpan{byte}, out long)"/>, of a text.</summary>
    public static bool TryPlain(Value text, out long value) =>
        (NumberText.TryFewDigits(text.TextOwner, text.TextOffset, text.TextLength, out value) && (text.TextLength == 1 || text.TextOwner[text.TextOffset] != '0'))
        || TryPlain(text.AsSpan(), out value);

    /// <summary>Reads an integer of at most 18 decimal digits without anything special about it: the usual ones, fast.</summary>
    public static bool TryPlain(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        int first = text.Length > 1 && text[0] == '-' ? 1 : 0;
        int length = text.Length - first;
        if (length is < 1 or > 18 || (text[first] == '0' && text.Length > 1))
        {
            return false;
        }

        for (int i = first; i < text.Length; i++)
        {
            uint digit = (uint)(text[i] - '0');
            if (digit > 9)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        value = first == 0 ? value : -value;
        return true;
    }

    /// <summary>Reads an integer; <c>0x</c>, <c>0o</c>, <c>0b</c> and a leading zero (octal) give the base.</summary>
    public static NumberFault TryInteger(ReadOnlySpan<byte> text, bool signed, out Int128 value)
    {
        value = 0;
        ReadOnlySpan<byte> digits = text;
        bool negative = false;
        if (signed && digits is [(byte)'-' or (byte)'+', ..])
        {
            negative = digits[0] == '-';
            digits = digits[1..];
        }

        if (digits.IsEmpty || !UnderscoresSeparateDigits(digits))
        {
            return NumberFault.Syntax;
        }

        int radix = TakePrefix(ref digits);
        foreach (byte c in digits)
        {
            if (c == '_')
            {
                continue;
            }

            int digit = DigitOf(c);
            if (digit >= radix)
            {
                return NumberFault.Syntax;
            }

            // Far beyond any integer type already: only the syntax of the rest matters.
            value = value > (Int128)1 << 100 ? value : (value * radix) + digit;
        }

        value = negative ? -value : value;
        Int128 least = signed ? long.MinValue : 0;
        Int128 most = signed ? long.MaxValue : ulong.MaxValue;
        return value < least || value > most ? NumberFault.Range : NumberFault.None;
    }

    /// <summary>Reads a float to the nearest representable value.</summary>
    public static NumberFault TryFloat(ReadOnlySpan<byte> text, out double value)
    {
        if (NumberText.TryShort(text, out long mantissa, out int decimals, out bool isNegative))
        {
            value = NumberText.Scaled(mantissa, decimals, isNegative);
            return NumberFault.None;
        }

        return TryAnyFloat(text, out value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static NumberFault TryAnyFloat(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        ReadOnlySpan<byte> body = text;
        double sign = 1;
        bool signed = body is [(byte)'-' or (byte)'+', ..];
        if (signed)
        {
            sign = body[0] == '-' ? -1 : 1;
            body = body[1..];
        }

        if (Ascii.EqualsIgnoreCase(body, "inf"u8) || Ascii.EqualsIgnoreCase(body, "infinity"u8))
        {
            value = sign * double.PositiveInfinity;
            return NumberFault.None;
        }

        if (!signed && Ascii.EqualsIgnoreCase(body, "nan"u8))
        {
            value = double.NaN;
            return NumberFault.None;
        }

        if (body.IsEmpty || !UnderscoresSeparateDigits(body))
        {
            return NumberFault.Syntax;
        }

        if (body is [(byte)'0', (byte)'x' or (byte)'X', ..])
        {
            NumberFault fault = HexFloat.TryRead(body[2..], out double size);
            value = sign * size;
            return fault;
        }

        return TryDecimal(body, sign, out value);
    }

    private static NumberFault TryDecimal(ReadOnlySpan<byte> body, double sign, out double value)
    {
        value = 0;
        if (body.IndexOfAnyExcept(DecimalCharacters) >= 0 || body[0] is (byte)'+' or (byte)'-')
        {
            return NumberFault.Syntax;
        }

        string plain = Encoding.ASCII.GetString(body).Replace("_", "", StringComparison.Ordinal);
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!double.TryParse(plain, Style, CultureInfo.InvariantCulture, out double size))
        {
            return NumberFault.Syntax;
        }

        value = sign * size;
        return double.IsInfinity(size) ? NumberFault.Range : NumberFault.None;
    }

    private static int TakePrefix(ref ReadOnlySpan<byte> digits)
    {
        if (digits.Length >= 3 && digits[0] == '0')
        {
            int radix = digits[1] switch
            {
                (byte)'x' or (byte)'X' => 16,
                (byte)'o' or (byte)'O' => 8,
                (byte)'b' or (byte)'B' => 2,
                _ => 0,
            };
            if (radix != 0)
            {
                digits = digits[2..];
                return radix;
            }
        }

        return digits[0] == '0' ? 8 : 10;
    }

    private static int DigitOf(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => int.MaxValue,
    };

    /// <summary>Each underscore stands between two digits, or between a base prefix and a digit.</summary>
    private static bool UnderscoresSeparateDigits(ReadOnlySpan<byte> text)
    {
        bool prefixed = text.Length >= 2 && text[0] == '0' && (char)(text[1] | 0x20) is 'x' or 'o' or 'b';
        bool hex = prefixed && (text[1] | 0x20) == 'x';
        bool afterDigit = prefixed;
        bool afterUnderscore = false;
        foreach (byte c in prefixed ? text[2..] : text)
        {
            bool digit = char.IsAsciiDigit((char)c) || (hex && char.IsAsciiHexDigit((char)c));
            if (c == '_' ? !afterDigit : afterUnderscore && !digit)
            {
                return false;
            }

            afterUnderscore = c == '_';
            afterDigit = digit;
        }

        return !afterUnderscore;
    }
}
