using System.Buffers;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Strings;

/// <summary><c>escape_url_query</c>, <c>escape_url_path</c> and back.</summary>
internal static class UrlEscaping
{
    public static readonly Builtin EscapeUrlQuery = BuiltinBuilder
        .Method("escape_url_query", Category.Strings, "Escapes a string for use in the query of a URL; a blank becomes a plus sign.")
        .On(Accepts.LenientText)
        .Returns("string")
        .Example("", "root.v = this.value.escape_url_query()", ("""{"value":"foo & bar"}""", """{"v":"foo+%26+bar"}"""))
        .Example("Builds a query.", """root = "?q=" + this.escape_url_query()""", ("\"50% é\"", "?q=50%25+%C3%A9"))
        .Body(static (context, target) => UrlText.Escape(context, target, isQuery: true));

    public static readonly Builtin EscapeUrlPath = BuiltinBuilder
        .Method("escape_url_path", Category.Strings, "Escapes a string for use as one segment of the path of a URL.")
        .On(Accepts.LenientText)
        .Returns("string")
        .Example("", "root.v = this.value.escape_url_path()", ("""{"value":"foo & bar"}""", """{"v":"foo%20&%20bar"}"""))
        .Example("A slash within a segment is escaped.", "root = this.escape_url_path()", ("\"a/b\"", "a%2Fb"))
        .Body(static (context, target) => UrlText.Escape(context, target, isQuery: false));

    public static readonly Builtin UnescapeUrlQuery = BuiltinBuilder
        .Method("unescape_url_query", Category.Strings, "Reverses escape_url_query.")
        .On(Accepts.LenientText)
        .Returns("string")
        .Example("", "root.v = this.value.unescape_url_query()", ("""{"value":"foo+%26+bar"}""", """{"v":"foo & bar"}"""))
        .Example("Broken escapes are errors.", """root = this.unescape_url_query().catch("broken")""", ("\"100%\"", "broken"))
        .Body(static (context, target) => UrlText.Unescape(context, target, isQuery: true));

    public static readonly Builtin UnescapeUrlPath = BuiltinBuilder
        .Method("unescape_url_path", Category.Strings, "Reverses escape_url_path.")
        .On(Accepts.LenientText)
        .Returns("string")
        .Example("", "root.v = this.value.unescape_url_path()", ("""{"value":"foo%20&%20bar"}""", """{"v":"foo & bar"}"""))
        .Example("A plus sign is just that.", "root = this.unescape_url_path()", ("\"a+b%21\"", "a+b!"))
        .Body(static (context, target) => UrlText.Unescape(context, target, isQuery: false));
}

/// <summary>Percent escapes.</summary>
internal static class UrlText
{
    private static readonly SearchValues<byte> QuerySafe = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"u8);
    private static readonly SearchValues<byte> PathSafe = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~$&+:=@"u8);
    private static readonly SearchValues<byte> Escapes = SearchValues.Create("%+"u8);

    public static Value Escape(EvaluationContext context, Value target, bool isQuery)
    {
        SearchValues<byte> safe = isQuery ? QuerySafe : PathSafe;
        ReadOnlySpan<byte> text = target.AsSpan();
        int at = text.IndexOfAnyExcept(safe);
        if (at < 0)
        {
            return target.ToStringKind();
        }

        long most = text.Length * 3L;
        if (!context.TryGrow(most, out Value exceeded))
        {
            return exceeded;
        }

        ArrayBufferWriter<byte> result = context.Scratch();
        Span<byte> room = result.GetSpan((int)most);
        int written = 0;
        foreach (byte c in text)
        {
            if (safe.Contains(c))
            {
                room[written++] = c;
            }
            else if (c == ' ' && isQuery)
            {
                room[written++] = (byte)'+';
            }
            else
            {
                room[written++] = (byte)'%';
                room[written++] = "0123456789ABCDEF"u8[c >> 4];
                room[written++] = "0123456789ABCDEF"u8[c & 15];
            }
        }

        result.Advance(written);
        return context.FinishString();
    }

    public static Value Unescape(EvaluationContext context, Value target, bool isQuery)
    {
        ReadOnlySpan<byte> text = target.AsSpan();
        if (text.IndexOfAny(Escapes) < 0)
        {
            return target.ToStringKind();
        }

        if (!context.TryGrow(text.Length, out Value exceeded))
        {
            return exceeded;
        }

        Span<byte> room = context.Arena.Allocate(text.Length, out byte[] owner, out int offset);
        return TryUnescape(text, room, isQuery, out int written, out int errorAt)
            ? Value.FromUtf8(owner, offset, written)
            : Value.Fail($"invalid URL escape \"{target.Slice(errorAt, Math.Min(3, text.Length - errorAt)).AsHostString()}\"");
    }

    /// <summary>False with the position of a broken escape; the target must be as long as the text.</summary>
    public static bool TryUnescape(ReadOnlySpan<byte> text, Span<byte> target, bool isQuery, out int written, out int errorAt)
    {
        written = 0;
        for (int i = 0; i < text.Length; i++)
        {
            byte c = text[i];
            if (c == '%')
            {
                if (i + 2 >= text.Length || HexDigits.ValueOf(text[i + 1]) < 0 || HexDigits.ValueOf(text[i + 2]) < 0)
                {
                    errorAt = i;
                    return false;
                }

                c = (byte)((HexDigits.ValueOf(text[i + 1]) << 4) | HexDigits.ValueOf(text[i + 2]));
                i += 2;
            }
            else if (c == '+' && isQuery)
            {
                c = (byte)' ';
            }

            target[written++] = c;
        }

        errorAt = -1;
        return true;
    }
}
