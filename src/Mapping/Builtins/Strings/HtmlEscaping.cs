using System.Buffers;
using System.Text;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Strings;

/// <summary><c>escape_html</c>, <c>unescape_html</c>.</summary>
internal static class HtmlEscaping
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("<>&'\""u8);

    public static readonly Builtin EscapeHtml = BuiltinBuilder
        .Method("escape_html", Category.Strings, "Escapes the characters < > & ' and \" for use in HTML.")
        .On(Accepts.LenientText)
        .Returns("string")
        .Example("", "root.v = this.value.escape_html()", ("""{"value":"foo & bar"}""", """{"v":"foo &amp; bar"}"""))
        .Example("Quotes get numbers.", "root = this.escape_html()", ("\"<it's>\"", "&lt;it&#39;s&gt;"))
        .Body(static (context, target) => Escape(context, target));

    public static readonly Builtin UnescapeHtml = BuiltinBuilder
        .Method("unescape_html", Category.Strings, "Replaces the character references of HTML by their characters; unknown ones stay.")
        .On(Accepts.LenientText)
        .Returns("string")
        .Example("", "root.v = this.value.unescape_html()", ("""{"value":"foo &amp; bar"}""", """{"v":"foo & bar"}"""))
        .Example("Names and numbers.", "root = this.unescape_html()", ("\"&eacute;&#233;&#xe9; &nope;\"", "ééé &nope;"))
        .Body(static (context, target) => Unescape(context, target));

    private static Value Escape(EvaluationContext context, Value target)
    {
        ReadOnlySpan<byte> text = target.AsSpan();
        int at = text.IndexOfAny(Special);
        if (at < 0)
        {
            return target.ToStringKind();
        }

        if (!context.TryGrow(text.Length * 5L, out Value exceeded))
        {
            return exceeded;
        }

        ArrayBufferWriter<byte> result = context.Scratch();
        while (at >= 0)
        {
            result.Write(text[..at]);
            result.Write(text[at] switch
            {
                (byte)'<' => "&lt;"u8,
                (byte)'>' => "&gt;"u8,
                (byte)'&' => "&amp;"u8,
                (byte)'\'' => "&#39;"u8,
                _ => "&#34;"u8,
            });
            text = text[(at + 1)..];
            at = text.IndexOfAny(Special);
        }

        result.Write(text);
        return context.FinishString();
    }

    private static Value Unescape(EvaluationContext context, Value target)
    {
        ReadOnlySpan<byte> text = target.AsSpan();
        int at = text.IndexOf((byte)'&');
        if (at < 0)
        {
            return target.ToStringKind();
        }

        ArrayBufferWriter<byte> result = context.Scratch();
        while (at >= 0)
        {
            result.Write(text[..at]);
            text = text[at..];
            int read = ReadReference(text, result);
            if (read == 0)
            {
                result.Write("&"u8);
                read = 1;
            }

            text = text[read..];
            at = text.IndexOf((byte)'&');
        }

        result.Write(text);
        return context.FinishString();
    }

    /// <summary>Writes what the reference at the start of the text stands for and gives its length; 0 when there is none.</summary>
    internal static int ReadReference(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> result)
    {
        if (text is [_, (byte)'#', ..])
        {
            return ReadNumber(text, result);
        }

        int end = 1;
        while (end < text.Length && char.IsAsciiLetterOrDigit((char)text[end]))
        {
            end++;
        }

        if (end < text.Length && text[end] == ';' && HtmlEntities.TryGet(text[1..(end + 1)], out byte[]? characters))
        {
            result.Write(characters);
            return end + 1;
        }

        // Some old names count without a semicolon, whatever follows; the longest one wins.
        for (int length = Math.Min(end - 1, HtmlEntities.LongestWithoutSemicolon); length > 1; length--)
        {
            if (HtmlEntities.TryGet(text.Slice(1, length), out characters))
            {
                result.Write(characters);
                return length + 1;
            }
        }

        return 0;
    }

    private static int ReadNumber(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> result)
    {
        int at = 2;
        bool isHex = text.Length > 2 && (text[2] | 0x20) == 'x';
        if (isHex)
        {
            at++;
        }

        int first = at;
        int code = 0;
        for (; at < text.Length; at++)
        {
            int digit = HexDigits.ValueOf(text[at]);
            if (digit < 0 || (digit > 9 && !isHex))
            {
                break;
            }

            code = Math.Min((code * (isHex ? 16 : 10)) + digit, 0x110000);
        }

        if (at == first)
        {
            return 0;
        }

        if (code is >= 0x80 and <= 0x9F)
        {
            code = HtmlEntities.Windows1252[code - 0x80];
        }

        Rune rune = code != 0 && Rune.TryCreate(code, out Rune valid) ? valid : Rune.ReplacementChar;
        result.Advance(rune.EncodeToUtf8(result.GetSpan(4)));
        return at < text.Length && text[at] == ';' ? at + 1 : at;
    }
}
