using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Mapping.Values.Json;

/// <summary>Strings as JSON text, with the reference's choice of escapes.</summary>
internal static class JsonText
{
    private static readonly SearchValues<byte> Html = SearchValues.Create("<>&"u8);

    /// <summary>Bytes below 0x20 and how they are written: a letter for the short escapes, 0 for \u00xx.</summary>
    private static ReadOnlySpan<byte> ShortEscapes => "\0\0\0\0\0\0\0\0btn\0fr\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"u8;

    /// <summary>Writes a string in quotes. Bytes that are not UTF-8 become U+FFFD.</summary>
    /// <param name="text">The content.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="escapeHtml">Writes less-than, greater-than and ampersand as \u escapes too.</param>
    public static void WriteString(ReadOnlySpan<byte> text, IBufferWriter<byte> writer, bool escapeHtml)
    {
        if (writer is Utf8Buffer buffer)
        {
            WriteString(text, buffer, escapeHtml);
            return;
        }

        var copy = new Utf8Buffer(text.Length + 2);
        WriteString(text, copy, escapeHtml);
        writer.Write(copy.WrittenSpan);
    }

    public static void WriteString(ReadOnlySpan<byte> text, Utf8Buffer buffer, bool escapeHtml)
    {
        int clean = CleanPrefix(text, escapeHtml);
        Span<byte> room = buffer.GetSpan(clean + 2);
        room[0] = (byte)'"';
        text[..clean].CopyTo(room[1..]);
        if (clean == text.Length)
        {
            room[clean + 1] = (byte)'"';
            buffer.Advance(clean + 2);
            return;
        }

        buffer.Advance(clean + 1);
        WriteRest(text[clean..], buffer, escapeHtml);
        buffer.Append((byte)'"');
    }

    /// <summary>Whether a text has a character that is escaped for HTML.</summary>
    public static bool HasHtml(ReadOnlySpan<byte> text) => text.IndexOfAny(Html) >= 0;

    /// <summary>Whether a text is UTF-8 that is written as it is.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> text) => CleanPrefix(text, escapeHtml: false) == text.Length;

    /// <summary>Length of the leading bytes that are written as they are, all of them whole characters.</summary>
    public static unsafe int CleanPrefix(ReadOnlySpan<byte> text, bool escapeHtml)
    {
        if (escapeHtml)
        {
            int html = text.IndexOfAny(Html);
            text = html < 0 ? text : text[..html];
        }

        fixed (byte* start = text)
        {
            byte* p = start;
            byte* end = start + text.Length;
            if (text.Length is >= sizeof(ulong) and < StringScan.Width)
            {
                // The last eight bytes overlap the ones before: no short text needs a loop over its bytes.
                ulong special = SpecialBytes(Unsafe.ReadUnaligned<ulong>(end - sizeof(ulong)));
                for (byte* q = p; q + sizeof(ulong) <= end; q += sizeof(ulong))
                {
                    special |= SpecialBytes(Unsafe.ReadUnaligned<ulong>(q));
                }

                if (special == 0)
                {
                    return text.Length;
                }
            }

            while (p < end)
            {
                if (end - p >= StringScan.Width)
                {
                    uint special = StringScan.SpecialBytes(p);
                    if (special == 0)
                    {
                        p += StringScan.Width;
                        continue;
                    }

                    p += BitOperations.TrailingZeroCount(special);
                }
                else
                {
                    while (p < end && *p >= 0x20 && *p < 0x80 && *p != '"' && *p != '\\')
                    {
                        p++;
                    }
                }

                if (p == end || *p < 0x80)
                {
                    break;
                }

                do
                {
                    int length = Utf8Sequence.LengthAt(p, end);
                    if (length == 0 || (length == 3 && Utf8Sequence.IsLineSeparator(p)))
                    {
                        return (int)(p - start);
                    }

                    p += length;
                }
                while (p < end && *p >= 0x80);
            }

            return (int)(p - start);
        }
    }

    /// <summary>Not zero if one of eight bytes is a quote, a backslash, a control character or beyond ASCII.</summary>
    private static ulong SpecialBytes(ulong bytes)
    {
        const ulong Ones = 0x0101010101010101;
        const ulong Tops = 0x8080808080808080;
        ulong quotes = bytes ^ (Ones * '"');
        ulong slashes = bytes ^ (Ones * '\\');
        return ((bytes - (Ones * 0x20)) | (quotes - Ones) | (slashes - Ones) | bytes) & Tops;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WriteRest(ReadOnlySpan<byte> text, Utf8Buffer buffer, bool escapeHtml)
    {
        while (!text.IsEmpty)
        {
            text = text[WriteSpecial(text, buffer)..];
            int clean = CleanPrefix(text, escapeHtml);
            buffer.Append(text[..clean]);
            text = text[clean..];
        }
    }

    /// <summary>Writes the character at the start, which cannot stay as it is, and returns its length.</summary>
    private static int WriteSpecial(ReadOnlySpan<byte> text, Utf8Buffer buffer)
    {
        byte b = text[0];
        if (b >= 0x80)
        {
            bool valid = Rune.DecodeFromUtf8(text, out Rune rune, out int consumed) == OperationStatus.Done;
            buffer.Append(!valid ? Utf8Sequence.Replacement : rune.Value == 0x2028 ? "\\u2028"u8 : "\\u2029"u8);
            // As in the reference, each byte that is not UTF-8 is replaced by itself.
            return valid ? consumed : 1;
        }

        byte letter = b < 0x20 ? ShortEscapes[b] : b is (byte)'"' or (byte)'\\' ? b : (byte)0;
        if (letter != 0)
        {
            buffer.Append([(byte)'\\', letter]);
            return 1;
        }

        ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
        buffer.Append([(byte)'\\', (byte)'u', (byte)'0', (byte)'0', digits[b >> 4], digits[b & 15]]);
        return 1;
    }
}
