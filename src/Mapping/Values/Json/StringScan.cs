using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mapping.Values.Json;

/// <summary>Finds the end of a JSON string and learns what it needs on the way.</summary>
internal static class StringScan
{
    /// <summary>Bytes that must be readable at a position for a vector to be loaded there.</summary>
    public const int Width = 32;

    /// <summary>One bit for every byte that ends a plain run: a quote, a backslash, a control character or a byte beyond ASCII.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe uint SpecialBytes(byte* p)
    {
        Vector256<byte> bytes = Vector256.Load(p);

        // Signed, so that bytes beyond ASCII count as small as well.
        Vector256<byte> special = Vector256.Equals(bytes, Vector256.Create((byte)'"'))
            | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
            | Vector256.LessThan(bytes.AsSByte(), Vector256.Create((sbyte)0x20)).AsByte();
        return special.ExtractMostSignificantBits();
    }

    /// <summary>Scans from inside a string to its closing quote.</summary>
    /// <param name="p">A position in the string.</param>
    /// <param name="end">End of the document.</param>
    /// <param name="vectorLimit">The last position before the end at which <see cref="Width"/> bytes may be read.</param>
    /// <param name="strictUtf8">Bytes that are not UTF-8 are a fault.</param>
    /// <param name="flags">Flags of <see cref="TapeEntry"/>.</param>
    /// <param name="fault">Set when the string is at fault; the result is then the place of the fault.</param>
    public static unsafe byte* FindEnd(byte* p, byte* end, byte* vectorLimit, bool strictUtf8, out int flags, out ParseFault fault)
    {
        flags = 0;
        fault = ParseFault.None;
        int escaped = 0;
        while (true)
        {
            p = SkipUsual(p, end, vectorLimit, ref escaped);
            if (p >= end)
            {
                fault = ParseFault.StringNotClosed;
                return end;
            }

            byte b = *p;
            if (b == '"')
            {
                flags |= escaped;
                return p;
            }

            if (b == '\\')
            {
                flags |= TapeEntry.Special;
                int length = EscapeLength(p, end, ref flags, ref fault);
                if (fault != ParseFault.None)
                {
                    return p + length;
                }

                p += length;
            }
            else if (b < 0x20)
            {
                fault = ParseFault.ControlInString;
                return p;
            }
            else
            {
                do
                {
                    int length = Utf8Sequence.LengthAt(p, end);
                    if (length == 0)
                    {
                        if (strictUtf8)
                        {
                            fault = ParseFault.InvalidUtf8;
                            return p;
                        }

                        flags |= TapeEntry.Special | TapeEntry.Unclean | TapeEntry.Invalid;
                        length = 1;
                    }
                    else if (length == 3 && Utf8Sequence.IsLineSeparator(p))
                    {
                        flags |= TapeEntry.Unclean;
                    }

                    p += length;
                }
                while (p < end && *p >= 0x80);
            }
        }
    }

    /// <summary>
    /// Passes plain bytes and the escapes of two characters, of which texts within texts have many. What is found beyond the end is no
    /// matter: the end was passed then.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe byte* SkipUsual(byte* p, byte* end, byte* vectorLimit, ref int escaped)
    {
        // Before the limit the byte behind a vector can be read as well.
        while (p < vectorLimit)
        {
            Vector256<byte> bytes = Vector256.Load(p);
            Vector256<byte> quotes = Vector256.Equals(bytes, Vector256.Create((byte)'"'));
            Vector256<byte> slashes = Vector256.Equals(bytes, Vector256.Create((byte)'\\'));
            ulong special = (quotes | slashes | Vector256.LessThan(bytes.AsSByte(), Vector256.Create((sbyte)0x20)).AsByte()).ExtractMostSignificantBits();
            if (special == 0)
            {
                p += Width;
                continue;
            }

            // Mostly all escapes are those of quotes within the vector: then one look finds what ends the run.
            ulong opening = slashes.ExtractMostSignificantBits();
            if (opening != 0 && ((opening << 1) & ~(ulong)quotes.ExtractMostSignificantBits()) == 0)
            {
                ulong ends = special & ~(opening | (opening << 1));
                ulong before = ends == 0 ? ulong.MaxValue : (ends & (0 - ends)) - 1;
                escaped |= (opening & before) != 0 ? TapeEntry.Special : 0;
                if (ends != 0)
                {
                    return p + BitOperations.TrailingZeroCount(ends);
                }

                p += Width;
                continue;
            }

            byte* next = p + Width;
            while (special != 0)
            {
                byte* q = p + BitOperations.TrailingZeroCount(special);
                if (*q != '\\' || ShortEscapes.Meaning(q[1]) == 0)
                {
                    return q;
                }

                // What is escaped may stand in the next vector already.
                escaped = TapeEntry.Special;
                special &= ~(3UL << (int)(q - p));
                next = q + 2 > next ? q + 2 : next;
            }

            p = next;
        }

        while (p < end && *p >= 0x20 && *p < 0x80 && *p != '"' && *p != '\\')
        {
            p++;
        }

        return p;
    }

    /// <summary>Length of the escape (of both escapes of a surrogate pair) at <paramref name="p"/>, or of what precedes the fault.</summary>
    private static unsafe int EscapeLength(byte* p, byte* end, ref int flags, ref ParseFault fault)
    {
        if (end - p < 2)
        {
            fault = ParseFault.StringNotClosed;
            return (int)(end - p);
        }

        switch (p[1])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                return 2;
            case (byte)'u':
                int unit = HexUnit(p + 2, end);
                if (unit < 0)
                {
                    int digits = 2;
                    while (p + digits < end && char.IsAsciiHexDigit((char)p[digits]))
                    {
                        digits++;
                    }

                    fault = p + digits >= end ? ParseFault.StringNotClosed : ParseFault.BadUnicodeEscape;
                    return digits;
                }

                if ((unit & 0xF800) != 0xD800)
                {
                    return 6;
                }

                if (unit < 0xDC00 && end - p >= 8 && p[6] == '\\' && p[7] == 'u' && (HexUnit(p + 8, end) & ~0x3FF) == 0xDC00)
                {
                    return 12;
                }

                flags |= TapeEntry.Unclean;
                return 6;
            default:
                fault = ParseFault.UnknownEscape;
                return 1;
        }
    }

    private static unsafe int HexUnit(byte* p, byte* end) => end - p < 4 ? -1 : HexUnit(new ReadOnlySpan<byte>(p, 4));

    /// <summary>The value of four hexadecimal digits, negative if they are not.</summary>
    public static int HexUnit(ReadOnlySpan<byte> digits)
    {
        int value = 0;
        for (int i = 0; i < 4; i++)
        {
            int digit = digits[i];
            int nibble = digit switch
            {
                >= '0' and <= '9' => digit - '0',
                >= 'a' and <= 'f' => digit - 'a' + 10,
                >= 'A' and <= 'F' => digit - 'A' + 10,
                _ => -1,
            };
            if (nibble < 0)
            {
                return -1;
            }

            value = (value << 4) | nibble;
        }

        return value;
    }
}
