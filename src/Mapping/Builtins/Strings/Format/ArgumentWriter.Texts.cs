using System.Buffers;
using System.Text;
using Mapping.Values;

namespace Mapping.Builtins.Strings.Format;

/// <summary>Strings and bytes.</summary>
internal readonly partial struct ArgumentWriter
{
    private void WriteText(Value argument, ReadOnlySpan<byte> text, Rune verb)
    {
        switch (verb.Value)
        {
            case 'v' when directive.SharpV && argument.Kind != ValueKind.Timestamp:
            case 'q':
                WriteQuoted(text);
                break;
            case 'v' or 's':
                Pad(Truncated(text));
                break;
            case 'x' or 'X':
                WriteHex(text, verb.Value == 'X');
                break;
            default:
                WriteMistake(argument, verb);
                break;
        }
    }

    private void WriteBytes(Value argument, Rune verb)
    {
        ReadOnlySpan<byte> bytes = argument.AsSpan();
        if (verb.Value is 's' or 'q' or 'x' or 'X')
        {
            WriteText(argument, bytes, verb);
            return;
        }

        output.Write(directive.SharpV ? "[]byte{"u8 : "["u8);
        for (int i = 0; i < bytes.Length; i++)
        {
            output.Write(i == 0 ? ""u8 : directive.SharpV ? ", "u8 : " "u8);
            if (verb.Value is 'v' or 'd' or 'b' or 'o' or 'O' or 'c' or 'U')
            {
                WriteInteger(Value.FromUInt64(bytes[i]), verb, isNegative: false, bytes[i]);
            }
            else
            {
                output.Write("%!"u8);
                output.Advance(verb.EncodeToUtf8(output.GetSpan(4)));
                output.Write("(uint8="u8);
                WriteDigits(isNegative: false, bytes[i], 10, 'v', isUpper: false);
                output.Write(")"u8);
            }
        }

        output.Write(directive.SharpV ? "}"u8 : "]"u8);
    }

    private void WriteQuoted(ReadOnlySpan<byte> text)
    {
        text = Truncated(text);
        var quoted = new ArrayBufferWriter<byte>(text.Length + 16);
        if (directive.Sharp && QuotedText.CanBeRaw(text))
        {
            quoted.Write("`"u8);
            quoted.Write(text);
            quoted.Write("`"u8);
        }
        else
        {
            QuotedText.Write(text, quoted, directive.Plus);
        }

        Pad(quoted.WrittenSpan);
    }

    /// <summary>The precision is the most characters of a text.</summary>
    private ReadOnlySpan<byte> Truncated(ReadOnlySpan<byte> text)
    {
        if (directive.Precision < 0)
        {
            return text;
        }

        int end = 0;
        for (int count = 0; end < text.Length && count < directive.Precision; count++)
        {
            Rune.DecodeFromUtf8(text[end..], out _, out int length);
            end += length;
        }

        return text[..end];
    }

    private void WriteHex(ReadOnlySpan<byte> text, bool isUpper)
    {
        if (directive.Precision >= 0 && directive.Precision < text.Length)
        {
            text = text[..directive.Precision];
        }

        var hex = new ArrayBufferWriter<byte>(Math.Max(16, text.Length * 5));
        ReadOnlySpan<byte> prefix = !directive.Sharp ? ""u8 : isUpper ? "0X"u8 : "0x"u8;
        ReadOnlySpan<byte> digits = isUpper ? "0123456789ABCDEF"u8 : "0123456789abcdef"u8;
        for (int i = 0; i < text.Length; i++)
        {
            hex.Write(i > 0 && directive.Space ? " "u8 : ""u8);
            hex.Write(i == 0 || directive.Space ? prefix : ""u8);
            hex.Write([digits[text[i] >> 4], digits[text[i] & 15]]);
        }

        Pad(hex.WrittenSpan);
    }
}
