using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Mapping.Builtins.Parsing;

/// <summary>Text: between tags, in attributes and in CDATA sections.</summary>
internal sealed partial class XmlScanner
{
    private static readonly SearchValues<byte> ReferenceBytes =
        SearchValues.Create("#abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8);

    private readonly ArrayBufferWriter<byte> buffer = new();

    /// <summary>The last text, valid until the next token.</summary>
    public ReadOnlySpan<byte> Text => buffer.WrittenSpan;

    /// <summary>Reads up to the next tag or, in an attribute, over its quote.</summary>
    private bool TryReadText(byte quote)
    {
        buffer.ResetWrittenCount();
        while (true)
        {
            int length = quote == 0 ? Rest.IndexOfAny((byte)'<', (byte)'&') : Rest.IndexOfAny((byte)'<', (byte)'&', quote);
            ReadOnlySpan<byte> plain = Rest[..(length < 0 ? Rest.Length : length)];
            if (plain.IndexOf("]]>"u8) >= 0)
            {
                return Fail("]]> stands outside of a CDATA section");
            }

            AppendLines(plain);
            at += plain.Length;
            if (Next == '&')
            {
                AppendReference();
                continue;
            }

            if (quote == 0)
            {
                return HasOnlyCharacters();
            }

            return Next == quote && TrySkip([quote]) ? HasOnlyCharacters() : Fail("an attribute is not closed");
        }
    }

    private bool TryReadSection()
    {
        buffer.ResetWrittenCount();
        int length = Rest.IndexOf("]]>"u8);
        if (length < 0)
        {
            return Fail("a CDATA section is not closed");
        }

        AppendLines(Rest[..length]);
        at += length + "]]>".Length;
        return HasOnlyCharacters();
    }

    /// <summary><c>&amp;lt;</c> or <c>&amp;#65;</c> as what it means; an ampersand before anything else is only that.</summary>
    private void AppendReference()
    {
        ReadOnlySpan<byte> behind = Rest[1..];
        int length = behind.IndexOfAnyExcept(ReferenceBytes);
        if (length > 0 && behind[length] == ';' && Meaning(behind[..length]) is { } meant)
        {
            buffer.Advance(meant.EncodeToUtf8(buffer.GetSpan(4)));
            at += length + 2;
            return;
        }

        buffer.Write("&"u8);
        at++;
    }

    private static Rune? Meaning(ReadOnlySpan<byte> name)
    {
        if (name[0] != '#')
        {
            return name.SequenceEqual("lt"u8) ? new Rune('<')
                : name.SequenceEqual("gt"u8) ? new Rune('>')
                : name.SequenceEqual("amp"u8) ? new Rune('&')
                : name.SequenceEqual("apos"u8) ? new Rune('\'')
                : name.SequenceEqual("quot"u8) ? new Rune('"')
                : null;
        }

        bool isHex = name.Length > 1 && name[1] == 'x';
        ReadOnlySpan<byte> digits = name[(isHex ? 2 : 1)..];
        if (!Utf8Parser.TryParse(digits, out uint code, out int read, isHex ? 'x' : 'D') || read < digits.Length || code > 0x10FFFF)
        {
            return null;
        }

        return Rune.TryCreate(code, out Rune rune) ? rune : Rune.ReplacementChar;
    }

    /// <summary>Every kind of line end becomes a line feed.</summary>
    private void AppendLines(ReadOnlySpan<byte> text)
    {
        for (int end = text.IndexOf((byte)'\r'); end >= 0; end = text.IndexOf((byte)'\r'))
        {
            buffer.Write(text[..end]);
            buffer.Write("\n"u8);
            text = text[(end + 1)..];
            text = text.StartsWith("\n"u8) ? text[1..] : text;
        }

        buffer.Write(text);
    }

    private bool HasOnlyCharacters()
    {
        ReadOnlySpan<byte> text = Text;
        while (text.IndexOfAnyExceptInRange((byte)' ', (byte)0x7F) is >= 0 and int plain)
        {
            text = text[plain..];
            if (Rune.DecodeFromUtf8(text, out Rune rune, out int length) != OperationStatus.Done)
            {
                return Fail("the text is not UTF-8, and no other encoding is declared");
            }

            if (rune.Value is < ' ' and not ('\t' or '\n' or '\r') or 0xFFFE or 0xFFFF)
            {
                return Fail($"the character U+{rune.Value:X4} is not allowed");
            }

            text = text[length..];
        }

        return true;
    }
}
