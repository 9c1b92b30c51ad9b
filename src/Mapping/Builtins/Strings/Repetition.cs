using System.Text;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Strings;

/// <summary><c>repeat</c>, <c>reverse</c>.</summary>
internal static class Repetition
{
    private static readonly object Checked = new();

    public static readonly Builtin Repeat = BuiltinBuilder
        .Method("repeat", Category.Strings, "Gives a string a number of times in a row.")
        .On(Accepts.Text)
        .Returns("string")
        .Parameter("count", ParameterType.Int64, "How many times; not negative.")
        .Example("", "root.v = this.word.repeat(3)", ("""{"word":"ab"}""", """{"v":"ababab"}"""))
        .Example("Pads a text.", """root = "0".repeat(5 - this.length()) + this""", ("\"42\"", "00042"))
        .Prepare(static (_, arguments) => arguments[0].AsInt64() < 0
            ? Preparation.Refuse($"invalid count, must be greater than or equal to zero: {arguments[0].AsInt64()}")
            : Preparation.Ready(Checked))
        .Body<object>(static (context, target, _, arguments) => RepeatText(context, target, arguments[0].AsInt64()));

    public static readonly Builtin Reverse = BuiltinBuilder
        .Method("reverse", Category.Strings, "Gives the characters of a string, or single bytes, in the opposite order.")
        .On(Accepts.Text)
        .Returns("string")
        .Example("", "root.reversed = this.thing.reverse()", ("""{"thing":"backwards"}""", """{"reversed":"sdrawkcab"}"""))
        .Example("Characters stay whole.", "root = this.reverse()", ("\"naïve 🚀\"", "🚀 evïan"))
        .Body(static (context, target) => target.Kind == ValueKind.Bytes || Ascii.IsValid(target.AsSpan())
            ? ReverseBytes(context, target)
            : ReverseCharacters(context, target.AsSpan()));

    private static Value RepeatText(EvaluationContext context, Value target, long count)
    {
        ReadOnlySpan<byte> text = target.AsSpan();
        if (text.IsEmpty || count == 0)
        {
            return target.Slice(0, 0);
        }

        long length = count > int.MaxValue ? long.MaxValue / 2 : text.Length * count;
        if (!context.TryGrow(length, out Value exceeded))
        {
            return exceeded;
        }

        Span<byte> room = context.Arena.Allocate((int)length, out byte[] owner, out int offset);
        text.CopyTo(room);
        for (int filled = text.Length; filled < room.Length; filled *= 2)
        {
            room[..Math.Min(filled, room.Length - filled)].CopyTo(room[filled..]);
        }

        return target.Kind == ValueKind.Bytes ? Value.FromBytes(owner, offset, room.Length) : Value.FromUtf8(owner, offset, room.Length);
    }

    private static Value ReverseBytes(EvaluationContext context, Value target)
    {
        Value copy = context.Arena.TextLike(target, target.AsSpan());
        copy.TextOwner.AsSpan(copy.TextOffset, copy.TextLength).Reverse();
        return copy;
    }

    private static Value ReverseCharacters(EvaluationContext context, ReadOnlySpan<byte> text)
    {
        // An invalid byte becomes the three bytes of U+FFFD.
        long most = 3L * text.Length;
        if (!context.TryGrow(most, out Value exceeded))
        {
            return exceeded;
        }

        Span<byte> room = context.Arena.Allocate((int)most, out byte[] owner, out int offset);
        int start = room.Length;
        Span<byte> encoded = stackalloc byte[4];
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out Rune rune, out int length);
            text = text[length..];
            int written = rune.EncodeToUtf8(encoded);
            start -= written;
            encoded[..written].CopyTo(room[start..]);
        }

        return Value.FromUtf8(owner, offset + start, room.Length - start);
    }
}
