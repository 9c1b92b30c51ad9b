using System.Buffers;
using System.Text;

namespace Mapping.Values.Json;

/// <summary>Turns the validated text between two quotes into the content of the string.</summary>
internal static class StringDecoder
{
    /// <summary>Bytes the content can take at most.</summary>
    public static long MaxLength(int rawLength, int flags)
    {
        // An escape never grows; a byte that is not UTF-8 becomes three.
        return (flags & TapeEntry.Invalid) != 0 ? 3L * rawLength : rawLength;
    }

    /// <summary>
    /// Resolves escapes and replaces lone surrogates and bytes that are not UTF-8 by U+FFFD. As in the reference each such byte is replaced by
    /// itself, where .NET would replace the longest prefix of a sequence that could have become valid.
    /// </summary>
    public static int Decode(ReadOnlySpan<byte> raw, Span<byte> content, bool hasInvalid)
    {
        int written = 0;
        while (true)
        {
            int escape = raw.IndexOf((byte)'\\');
            ReadOnlySpan<byte> plain = escape < 0 ? raw : raw[..escape];
            if (hasInvalid)
            {
                written += Replace(plain, content[written..]);
            }
            else
            {
                plain.CopyTo(content[written..]);
                written += plain.Length;
            }

            if (escape < 0)
            {
                return written;
            }

            raw = raw[escape..];
            switch (raw[1])
            {
                case (byte)'u':
                    raw = raw[Unicode(raw, content[written..], out int length)..];
                    written += length;
                    continue;
                case (byte)'b':
                    content[written++] = (byte)'\b';
                    break;
                case (byte)'f':
                    content[written++] = (byte)'\f';
                    break;
                case (byte)'n':
                    content[written++] = (byte)'\n';
                    break;
                case (byte)'r':
                    content[written++] = (byte)'\r';
                    break;
                case (byte)'t':
                    content[written++] = (byte)'\t';
                    break;
                default:
                    content[written++] = raw[1];
                    break;
            }

            raw = raw[2..];
        }
    }

    /// <summary>Copies, with U+FFFD for what is not UTF-8.</summary>
    public static int Replace(ReadOnlySpan<byte> text, Span<byte> content)
    {
        int written = 0;
        while (!text.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(text, out _, out int consumed);
            ReadOnlySpan<byte> piece = status == OperationStatus.Done ? text[..consumed] : Utf8Sequence.Replacement;
            piece.CopyTo(content[written..]);
            written += piece.Length;
            text = text[(status == OperationStatus.Done ? consumed : 1)..];
        }

        return written;
    }

    private static int Unicode(ReadOnlySpan<byte> raw, Span<byte> content, out int written)
    {
        int consumed = 6;
        int scalar = StringScan.HexUnit(raw[2..]);
        if ((scalar & 0xF800) == 0xD800)
        {
            int low = scalar < 0xDC00 && raw.Length >= 12 && raw[6] == '\\' && raw[7] == 'u' ? StringScan.HexUnit(raw[8..]) : 0;
            if ((low & ~0x3FF) == 0xDC00)
            {
                consumed = 12;
                scalar = 0x10000 + ((scalar & 0x3FF) << 10) + (low & 0x3FF);
            }
            else
            {
                scalar = 0xFFFD;
            }
        }

        written = new Rune(scalar).EncodeToUtf8(content);
        return consumed;
    }
}
