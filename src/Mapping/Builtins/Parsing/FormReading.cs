using System.Numerics;
using System.Runtime.CompilerServices;
using Mapping.Builtins.Strings;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Parsing;

/// <summary><c>parse_form_url_encoded</c>.</summary>
internal static class FormReading
{
    public static readonly Builtin ParseFormUrlEncoded = BuiltinBuilder
        .Method("parse_form_url_encoded", Category.Parsing, "Parses a URL query or form body; names that occur several times get an array.")
        .On(Accepts.LenientText)
        .Returns("object")
        .Example("", "root.values = this.body.parse_form_url_encoded()", ("""{"body":"noise=meow&animal=cat&fur=orange&fur=fluffy"}""", """{"values":{"animal":"cat","fur":["orange","fluffy"],"noise":"meow"}}"""))
        .Example("Escapes are resolved.", "root = this.parse_form_url_encoded()", ("\"q=a+b%21\"", """{"q":"a b!"}"""))
        .Body(static (context, target) => Parse(context, target.ToStringKind()));

    private static Value Parse(EvaluationContext context, Value source)
    {
        bool isPlain = source.TextLength <= ByteMask.MaxLength && ByteMask.Of(source, (byte)'%', (byte)'+', (byte)';') == 0;
        return isPlain ? ParsePlain(context, source) : ParseAny(context, source);
    }

    /// <summary>Names and values are parts of a short text.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value ParsePlain(EvaluationContext context, Value source)
    {
        int length = source.TextLength;
        ulong ends = ByteMask.Of(source, (byte)'&');
        ulong equals = ByteMask.Of(source, (byte)'=');
        ObjectNode result = context.Arena.NewObject();
        for (int start = 0; start < length;)
        {
            int end = ends == 0 ? length : BitOperations.TrailingZeroCount(ends);
            int equal = BitOperations.TrailingZeroCount(equals & (ulong.MaxValue << start));
            if (equal >= end)
            {
                equal = end;
            }

            if (end > start)
            {
                Value key = source.SliceOrEmpty(start, equal);
                Value value = source.SliceOrEmpty(Math.Min(equal + 1, end), end);
                if (result.Count > 0 || !result.TryAddNewPlain(key, value))
                {
                    Add(context, result, key, value);
                }
            }

            ends &= ends - 1;
            start = end + 1;
        }

        return Value.FromObject(result);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value ParseAny(EvaluationContext context, Value source)
    {
        ReadOnlySpan<byte> text = source.AsSpan();
        ObjectNode result = context.Arena.NewObject();
        foreach (Range range in text.Split((byte)'&'))
        {
            (int start, int length) = range.GetOffsetAndLength(text.Length);
            if (length == 0)
            {
                continue;
            }

            Value pair = source.Slice(start, length);
            if (pair.AsSpan().Contains((byte)';'))
            {
                return Value.Fail("invalid semicolon separator in query");
            }

            int equals = pair.AsSpan().IndexOf((byte)'=');
            Value key = UrlText.Unescape(context, pair.Slice(0, equals < 0 ? length : equals), isQuery: true);
            Value value = UrlText.Unescape(context, equals < 0 ? pair.Slice(length, 0) : pair.Slice(equals + 1, length - equals - 1), isQuery: true);
            if (key.IsError || value.IsError)
            {
                return key.IsError ? key : value;
            }

            Add(context, result, key, value);
        }

        return Value.FromObject(result);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Add(EvaluationContext context, ObjectNode result, Value key, Value value)
    {
        if (result.Count == 0 || !result.TryGet(key.AsSpan(), out Value present))
        {
            result.AddNew(key, value);
            return;
        }

        if (present.ArrayNode is not { } values)
        {
            values = context.Arena.NewArray(2);
            values.Add(present);
            result.Set(key, Value.FromArray(values));
        }

        values.Add(value);
    }
}
