using System.Buffers;
using System.Text;
using Mapping.Builtins.Strings;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Parsing;

/// <summary><c>parse_logfmt</c>.</summary>
internal static class LogfmtReading
{
    private static readonly SearchValues<byte> Separators = SearchValues.Create(" \t\r\n"u8);
    private static readonly SearchValues<byte> KeyEnds = SearchValues.Create("= \t\r\n"u8);

    public static readonly Builtin ParseLogfmt = BuiltinBuilder
        .Method("parse_logfmt", Category.Parsing, "Parses a line of key=value pairs; a key alone becomes true.")
        .On(Accepts.LenientText)
        .Returns("object")
        .Example("", "root = this.line.parse_logfmt()", ("""{"line":"level=info msg=\"slow query\" ok"}""", """{"level":"info","msg":"slow query","ok":true}"""))
        .Example("Values are always strings.", "root = this.parse_logfmt()", ("\"n=1 empty= q=\\\"a\\\\\\\"b\\\"\"", """{"n":"1","empty":"","q":"a\"b"}"""))
        .Body(static (context, target) => Parse(context, target.ToStringKind()));

    private static Value Parse(EvaluationContext context, Value source)
    {
        ReadOnlySpan<byte> text = source.AsSpan();
        ObjectNode result = context.Arena.NewObject();
        int at = 0;
        while (at < text.Length)
        {
            if (KeyEnds.Contains(text[at]))
            {
                // Blanks, and an equals sign without a key.
                at++;
                continue;
            }

            int keyLength = LengthUntil(text[at..], KeyEnds);
            Value key = source.Slice(at, keyLength);
            at += keyLength;
            if (at == text.Length || text[at] != '=')
            {
                result.Set(key, Value.True);
                continue;
            }

            at++;
            if (at < text.Length && text[at] == '"')
            {
                if (!TryReadQuoted(context, source, ref at, out Value value))
                {
                    return Value.Fail($"unterminated quoted value for key \"{key.AsHostString()}\"");
                }

                result.Set(key, value);
                continue;
            }

            int length = LengthUntil(text[at..], Separators);
            result.Set(key, source.Slice(at, length));
            at += length;
        }

        return Value.FromObject(result);
    }

    private static int LengthUntil(ReadOnlySpan<byte> text, SearchValues<byte> ends)
    {
        int length = text.IndexOfAny(ends);
        return length < 0 ? text.Length : length;
    }

    private static bool TryReadQuoted(EvaluationContext context, Value source, ref int at, out Value value)
    {
        ReadOnlySpan<byte> text = source.AsSpan();
        int start = at + 1;
        int end = start;
        bool isEscaped = false;
        while (end < text.Length && text[end] != '"')
        {
            isEscaped |= text[end] == '\\';
            end += text[end] == '\\' ? 2 : 1;
        }

        if (end >= text.Length)
        {
            value = default;
            return false;
        }

        at = end + 1;
        value = isEscaped ? Unescape(context, text[start..end]) : source.Slice(start, end - start);
        return true;
    }

    private static Value Unescape(EvaluationContext context, ReadOnlySpan<byte> text)
    {
        ArrayBufferWriter<byte> result = context.Scratch();
        while (!text.IsEmpty)
        {
            int plain = text.IndexOf((byte)'\\');
            if (plain != 0)
            {
                plain = plain < 0 ? text.Length : plain;
                result.Write(text[..plain]);
                text = text[plain..];
                continue;
            }

            int known = "\"\\/bfnrt"u8.IndexOf(text[1]);
            if (known >= 0)
            {
                result.Write([("\"\\/\b\f\n\r\t"u8)[known]]);
                text = text[2..];
            }
            else if (text[1] == 'u' && TryReadCodePoint(text, out Rune rune, out int length))
            {
                result.Advance(rune.EncodeToUtf8(result.GetSpan(4)));
                text = text[length..];
            }
            else
            {
                result.Write(text[..2]);
                text = text[2..];
            }
        }

        return context.FinishString();
    }

    /// <summary>Four hexadecimal digits, or two times four for a surrogate pair.</summary>
    private static bool TryReadCodePoint(ReadOnlySpan<byte> text, out Rune rune, out int length)
    {
        rune = Rune.ReplacementChar;
        length = 6;
        if (!TryReadUnit(text, out char first))
        {
            return false;
        }

        if (char.IsHighSurrogate(first) && TryReadUnit(text[6..], out char second) && char.IsLowSurrogate(second))
        {
            length = 12;
            rune = new Rune(first, second);
        }
        else if (Rune.TryCreate(first, out Rune single))
        {
            rune = single;
        }

        return true;
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> text, out char unit)
    {
        unit = default;
        if (text.Length < 6 || text[0] != '\\' || text[1] != 'u')
        {
            return false;
        }

        int code = 0;
        foreach (byte digit in text[2..6])
        {
            int value = HexDigits.ValueOf(digit);
            if (value < 0)
            {
                return false;
            }

            code = (code << 4) | value;
        }

        unit = (char)code;
        return true;
    }
}
