using System.Buffers;
using System.Text;
using Mapping.Values;

namespace Mapping.Builtins.Strings.Format;

/// <summary>Whole numbers.</summary>
internal readonly partial struct ArgumentWriter
{
    private void WriteInteger(Value argument, Rune verb, bool isNegative, ulong size)
    {
        switch (verb.Value)
        {
            case 'v' when directive.SharpV && argument.Kind == ValueKind.UInt64:
                new ArgumentWriter(output, directive with { Sharp = true }).WriteDigits(isNegative, size, 16, 'v', isUpper: false);
                break;
            case 'v' or 'd':
                WriteDigits(isNegative, size, 10, verb.Value, isUpper: false);
                break;
            case 'b':
                WriteDigits(isNegative, size, 2, verb.Value, isUpper: false);
                break;
            case 'o' or 'O':
                WriteDigits(isNegative, size, 8, verb.Value, isUpper: false);
                break;
            case 'x':
                WriteDigits(isNegative, size, 16, verb.Value, isUpper: false);
                break;
            case 'X':
                WriteDigits(isNegative, size, 16, verb.Value, isUpper: true);
                break;
            case 'c':
                WriteCharacter(RuneOf(isNegative, size));
                break;
            case 'q':
                WriteQuotedCharacter(RuneOf(isNegative, size));
                break;
            case 'U':
                WriteCodePoint(isNegative ? unchecked(0UL - size) : size);
                break;
            default:
                WriteMistake(argument, verb);
                break;
        }
    }

    private static Rune RuneOf(bool isNegative, ulong size) =>
        !isNegative && size <= 0x10FFFF && Rune.TryCreate((int)size, out Rune rune) ? rune : Rune.ReplacementChar;

    private void WriteDigits(bool isNegative, ulong size, uint radix, int verb, bool isUpper)
    {
        if (directive.Precision == 0 && size == 0)
        {
            Repeat((byte)' ', directive.Width);
            return;
        }

        int least = directive.Precision;
        if (least < 0 && directive.PadsWithZeros && directive.Width > 0)
        {
            least = directive.Width - (isNegative || directive.Plus || directive.Space ? 1 : 0);
        }

        byte[]? large = null;
        int room = Math.Max(least, 64) + 4;
        Span<byte> buffer = room <= 256 ? stackalloc byte[256] : large = ArrayPool<byte>.Shared.Rent(room);
        int at = buffer.Length;
        ReadOnlySpan<byte> digits = isUpper ? "0123456789ABCDEF"u8 : "0123456789abcdef"u8;
        do
        {
            buffer[--at] = digits[(int)(size % radix)];
            size /= radix;
        }
        while (size > 0);

        while (buffer.Length - at < least)
        {
            buffer[--at] = (byte)'0';
        }

        if (verb == 'O' || (directive.Sharp && radix is 2 or 16))
        {
            buffer[--at] = verb == 'O' ? (byte)'o' : radix == 2 ? (byte)'b' : isUpper ? (byte)'X' : (byte)'x';
            buffer[--at] = (byte)'0';
        }
        else if (directive.Sharp && radix == 8 && buffer[at] != '0')
        {
            buffer[--at] = (byte)'0';
        }

        if (isNegative || directive.Plus || directive.Space)
        {
            buffer[--at] = isNegative ? (byte)'-' : directive.Plus ? (byte)'+' : (byte)' ';
        }

        Pad(buffer[at..], withZeros: false);
        if (large is not null)
        {
            ArrayPool<byte>.Shared.Return(large);
        }
    }

    private void WriteCharacter(Rune rune)
    {
        Span<byte> encoded = stackalloc byte[4];
        Pad(encoded[..rune.EncodeToUtf8(encoded)]);
    }

    private void WriteQuotedCharacter(Rune rune)
    {
        var quoted = new ArrayBufferWriter<byte>(16);
        QuotedText.WriteCharacter(rune, quoted, directive.Plus);
        Pad(quoted.WrittenSpan);
    }

    private void WriteCodePoint(ulong code)
    {
        int digits = Math.Clamp(directive.Precision, 4, 64);
        string text = $"U+{code.ToString("X").PadLeft(digits, '0')}";
        if (directive.Sharp && code <= 0x10FFFF && Rune.TryCreate((int)code, out Rune rune) && QuotedText.IsPrintable(rune))
        {
            text += $" '{rune}'";
        }

        Pad(Encoding.UTF8.GetBytes(text), withZeros: false);
    }
}
