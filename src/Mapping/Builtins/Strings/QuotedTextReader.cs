using System.Buffers;
using System.Text;

namespace Mapping.Builtins.Strings;

/// <summary>Reads what <see cref="QuotedText"/> writes, raw text and quoted characters.</summary>
internal static class QuotedTextReader
{
    /// <summary>False when the text is not well formed; what was written until then is to be ignored.</summary>
    public static bool TryRead(ReadOnlySpan<byte> quoted, IBufferWriter<byte> writer)
    {
        if (quoted.Length < 2 || quoted[0] != quoted[^1])
        {
            return false;
        }

        ReadOnlySpan<byte> content = quoted[1..^1];
        return quoted[0] switch
        {
            (byte)'"' => TryReadEscaped(content, (byte)'"', writer, out _),
            (byte)'\'' => TryReadEscaped(content, (byte)'\'', writer, out int characters) && characters == 1,
            (byte)'`' => TryReadRaw(content, writer),
            _ => false,
        };
    }

    private static bool TryReadRaw(ReadOnlySpan<byte> content, IBufferWriter<byte> writer)
    {
        if (content.Contains((byte)'`'))
        {
            return false;
        }

        foreach (Range part in content.Split((byte)'\r'))
        {
            writer.Write(content[part]);
        }

        return true;
    }

    private static bool TryReadEscaped(ReadOnlySpan<byte> text, byte quote, IBufferWriter<byte> writer, out int characters)
    {
        characters = 0;
        while (!text.IsEmpty)
        {
            characters++;
            if (text[0] == quote || text[0] == '\n')
            {
                return false;
            }

            if (text[0] == '\\')
            {
                if (!TryReadEscape(ref text, quote, writer))
                {
                    return false;
                }

                continue;
            }

            Rune.DecodeFromUtf8(text, out Rune rune, out int length);
            writer.Advance(rune.EncodeToUtf8(writer.GetSpan(4)));
            text = text[length..];
        }

        return true;
    }

    private static bool TryReadEscape(ref ReadOnlySpan<byte> text, byte quote, IBufferWriter<byte> writer)
    {
        if (text.Length < 2)
        {
            return false;
        }

        byte letter = text[1];
        switch (letter)
        {
            case (byte)'x':
                return TryReadCode(ref text, skip: 2, digits: 2, radix: 16, isByte: true, writer);
            case (byte)'u':
                return TryReadCode(ref text, skip: 2, digits: 4, radix: 16, isByte: false, writer);
            case (byte)'U':
                return TryReadCode(ref text, skip: 2, digits: 8, radix: 16, isByte: false, writer);
            case >= (byte)'0' and <= (byte)'7':
                return TryReadCode(ref text, skip: 1, digits: 3, radix: 8, isByte: true, writer);
        }

        int simple = "abtnvfr\\"u8.IndexOf(letter);
        if (simple < 0 && letter != quote)
        {
            return false;
        }

        writer.Write([simple is < 0 or 7 ? letter : (byte)('\a' + simple)]);
        text = text[2..];
        return true;
    }

    private static bool TryReadCode(ref ReadOnlySpan<byte> text, int skip, int digits, int radix, bool isByte, IBufferWriter<byte> writer)
    {
        if (text.Length < skip + digits)
        {
            return false;
        }

        long code = 0;
        foreach (byte digit in text.Slice(skip, digits))
        {
            int value = HexDigits.ValueOf(digit);
            if (value < 0 || value >= radix)
            {
                return false;
            }

            code = (code * radix) + value;
        }

        text = text[(skip + digits)..];
        if (isByte)
        {
            if (code > byte.MaxValue)
            {
                return false;
            }

            writer.Write([(byte)code]);
            return true;
        }

        if (code > 0x10FFFF || !Rune.TryCreate((int)code, out Rune rune))
        {
            return false;
        }

        writer.Advance(rune.EncodeToUtf8(writer.GetSpan(4)));
        return true;
    }
}
