using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Mapping.Builtins.Strings;

/// <summary>Writes text in quotes, with escapes for what cannot be printed.</summary>
internal static class QuotedText
{
    private static readonly SearchValues<byte> Plain =
        SearchValues.Create(Enumerable.Range(0x20, 0x7F - 0x20).Where(c => c != '"' && c != '\\').Select(c => (byte)c).ToArray());

    /// <summary>The text in double quotes.</summary>
    public static void Write(ReadOnlySpan<byte> text, IBufferWriter<byte> writer, bool asciiOnly = false)
    {
        writer.Write("\""u8);
        while (!text.IsEmpty)
        {
            int plain = text.IndexOfAnyExcept(Plain);
            if (plain < 0)
            {
                writer.Write(text);
                break;
            }

            writer.Write(text[..plain]);
            text = text[plain..];
            if (Rune.DecodeFromUtf8(text, out Rune rune, out int length) != OperationStatus.Done)
            {
                WriteHex(writer, "\\x"u8, text[0], 2);
                text = text[1..];
                continue;
            }

            WriteRune(rune, (byte)'"', writer, asciiOnly);
            text = text[length..];
        }

        writer.Write("\""u8);
    }

    /// <summary>A character in single quotes.</summary>
    public static void WriteCharacter(Rune rune, IBufferWriter<byte> writer, bool asciiOnly = false)
    {
        writer.Write("'"u8);
        WriteRune(rune, (byte)'\'', writer, asciiOnly);
        writer.Write("'"u8);
    }

    /// <summary>Letters, marks, numbers, punctuation and symbols, and the blank.</summary>
    public static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.SpaceSeparator
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    /// <summary>Whether the text can stand in back quotes, where nothing is escaped.</summary>
    public static bool CanBeRaw(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(text, out Rune rune, out int length) != OperationStatus.Done || rune.Value is '`' or 0x7F or 0xFEFF
                || (rune.Value < ' ' && rune.Value != '\t'))
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }

    private static void WriteRune(Rune rune, byte quote, IBufferWriter<byte> writer, bool asciiOnly)
    {
        int c = rune.Value;
        if (c == quote || c == '\\')
        {
            writer.Write([(byte)'\\', (byte)c]);
        }
        else if (asciiOnly ? c is >= ' ' and < 0x7F : IsPrintable(rune))
        {
            writer.Advance(rune.EncodeToUtf8(writer.GetSpan(4)));
        }
        else if (c is >= '\a' and <= '\r')
        {
            writer.Write([(byte)'\\', "abtnvfr"u8[c - '\a']]);
        }
        else if (c < ' ' || c == 0x7F)
        {
            WriteHex(writer, "\\x"u8, c, 2);
        }
        else if (c < 0x10000)
        {
            WriteHex(writer, "\\u"u8, c, 4);
        }
        else
        {
            WriteHex(writer, "\\U"u8, c, 8);
        }
    }

    private static void WriteHex(IBufferWriter<byte> writer, ReadOnlySpan<byte> prefix, int value, byte digits)
    {
        writer.Write(prefix);
        Utf8Formatter.TryFormat(value, writer.GetSpan(8), out int written, new StandardFormat('x', digits));
        writer.Advance(written);
    }
}
