using System.Buffers;
using System.Globalization;
using System.Text;

namespace Mapping.Syntax.Building;

/// <summary>What is wrong with an escape, in UTF-16 units of the string's content.</summary>
internal readonly record struct EscapeFault(int Start, int Length, string Hint);

/// <summary>Resolves the escapes of a quoted string into bytes.</summary>
internal static class StringEscapes
{
    private const string Known = @"a string knows \n \r \t \a \b \f \v \\ \"" \xHH \OOO \uHHHH and \UHHHHHHHH";

    /// <summary>The bytes between the quotes; at a fault what came before it.</summary>
    public static byte[] Decode(ReadOnlySpan<char> content, out EscapeFault? fault)
    {
        fault = null;
        int escape = content.IndexOf('\\');
        if (escape < 0)
        {
            var whole = new byte[Encoding.UTF8.GetByteCount(content)];
            Encoding.UTF8.GetBytes(content, whole);
            return whole;
        }

        var bytes = new ArrayBufferWriter<byte>(content.Length);
        int at = 0;
        while (escape >= 0)
        {
            Encoding.UTF8.GetBytes(content[at..escape], bytes);
            int length = Write(content[escape..], bytes, out string? hint);
            if (hint is not null)
            {
                fault = new EscapeFault(escape, length, hint);
                return bytes.WrittenSpan.ToArray();
            }

            at = escape + length;
            int next = content[at..].IndexOf('\\');
            escape = next < 0 ? -1 : at + next;
        }

        Encoding.UTF8.GetBytes(content[at..], bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private static int Write(ReadOnlySpan<char> text, ArrayBufferWriter<byte> bytes, out string? hint)
    {
        hint = null;
        char kind = text.Length > 1 ? text[1] : '\0';
        int simple = "abfnrtv\\\"".IndexOf(kind, StringComparison.Ordinal);
        if (kind != '\0' && simple >= 0)
        {
            bytes.Write([(byte)"\a\b\f\n\r\t\v\\\""[simple]]);
            return 2;
        }

        return kind switch
        {
            'x' => WriteByte(text, 2, 2, 16, bytes, out hint),
            >= '0' and <= '7' => WriteByte(text, 1, 3, 8, bytes, out hint),
            'u' => WriteCodePoint(text, 4, bytes, out hint),
            'U' => WriteCodePoint(text, 8, bytes, out hint),
            _ => Refuse(text, kind, out hint),
        };
    }

    private static int Refuse(ReadOnlySpan<char> text, char kind, out string? hint)
    {
        hint = kind switch
        {
            '/' or '\'' => $"write {kind} without a backslash",
            'd' or 'w' or 's' or '.' or '(' or '[' or '*' or '+' or '?' or '{' or '|' or 'D' or 'W' or 'S' or '$' or '^' =>
                $"a pattern needs the backslash doubled: \\\\{kind}, or a triple quoted string",
            _ => Known,
        };
        return text.Length > 2 && char.IsHighSurrogate(kind) ? 3 : Math.Min(2, text.Length);
    }

    private static int WriteByte(ReadOnlySpan<char> text, int from, int digits, int radix, ArrayBufferWriter<byte> bytes, out string? hint)
    {
        int length = Digits(text, from, digits, radix, out uint value);
        if (length < digits || value > byte.MaxValue)
        {
            hint = radix == 16 ? @"\x takes exactly two hexadecimal digits" : @"an octal escape takes exactly three digits, at most \377";
            return from + length;
        }

        hint = null;
        bytes.Write([(byte)value]);
        return from + digits;
    }

    private static int WriteCodePoint(ReadOnlySpan<char> text, int digits, ArrayBufferWriter<byte> bytes, out string? hint)
    {
        int length = Digits(text, 2, digits, 16, out uint value);
        if (length < digits)
        {
            hint = digits == 4 ? @"\u takes exactly four hexadecimal digits" : @"\U takes exactly eight hexadecimal digits";
            return 2 + length;
        }

        if (!Rune.TryCreate(value, out Rune rune))
        {
            hint = value is >= 0xD800 and <= 0xDFFF
                ? @"half of a surrogate pair is no character; write the character itself or \UHHHHHHHH"
                : "the largest code point is 10FFFF";
            return 2 + digits;
        }

        hint = null;
        Span<byte> utf8 = stackalloc byte[4];
        bytes.Write(utf8[..rune.EncodeToUtf8(utf8)]);
        return 2 + digits;
    }

    private static int Digits(ReadOnlySpan<char> text, int from, int most, int radix, out uint value)
    {
        value = 0;
        int count = 0;
        while (count < most && from + count < text.Length && char.IsAsciiHexDigit(text[from + count]))
        {
            int digit = int.Parse(text.Slice(from + count, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (digit >= radix)
            {
                break;
            }

            value = (value * (uint)radix) + (uint)digit;
            count++;
        }

        return count;
    }
}
