using System.Buffers;
using System.Text;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Strings;

/// <summary><c>uppercase</c>, <c>lowercase</c>.</summary>
internal static class Case
{
    public static readonly Builtin Uppercase = BuiltinBuilder
        .Method("uppercase", Category.Strings, "Converts all letters of a string to upper case.")
        .On(Accepts.Text)
        .Returns("string")
        .Example("", "root.foo = this.foo.uppercase()", ("""{"foo":"hello world"}""", """{"foo":"HELLO WORLD"}"""))
        .Example("Letters outside of ASCII count too.", "root = this.uppercase()", ("\"straße é\"", "STRAßE É"))
        .Body(static (context, target) => Convert(context, target, upper: true));

    public static readonly Builtin Lowercase = BuiltinBuilder
        .Method("lowercase", Category.Strings, "Converts all letters of a string to lower case.")
        .On(Accepts.Text)
        .Returns("string")
        .Example("", "root.foo = this.foo.lowercase()", ("""{"foo":"HELLO WORLD"}""", """{"foo":"hello world"}"""))
        .Example("Makes addresses comparable.", "root = this.lowercase()", ("\"Ada@Example.ORG\"", "ada@example.org"))
        .Body(static (context, target) => Convert(context, target, upper: false));

    private static Value Convert(EvaluationContext context, Value target, bool upper)
    {
        ReadOnlySpan<byte> source = target.AsSpan();
        if (!Ascii.IsValid(source))
        {
            return ConvertUnicode(context, target, upper);
        }

        Span<byte> room = context.Arena.Allocate(source.Length, out byte[] owner, out int offset);
        _ = upper ? Ascii.ToUpper(source, room, out _) : Ascii.ToLower(source, room, out _);
        return target.Kind == ValueKind.Bytes ? Value.FromBytes(owner, offset, room.Length) : Value.FromUtf8(owner, offset, room.Length);
    }

    /// <summary>One code point for one code point. The invariant culture leaves the Turkish letters alone; here they have ASCII partners.</summary>
    private static Value ConvertUnicode(EvaluationContext context, Value target, bool upper)
    {
        ArrayBufferWriter<byte> result = context.Scratch();
        ReadOnlySpan<byte> rest = target.AsSpan();
        while (!rest.IsEmpty)
        {
            bool valid = Rune.DecodeFromUtf8(rest, out Rune rune, out int consumed) == OperationStatus.Done;
            Rune converted = (upper, rune.Value) switch
            {
                (true, 'ı') => new Rune('I'),
                (false, 'İ') => new Rune('i'),
                (true, _) => Rune.ToUpperInvariant(rune),
                _ => Rune.ToLowerInvariant(rune),
            };
            result.Advance(converted.EncodeToUtf8(result.GetSpan(4)));
            rest = rest[(valid ? consumed : 1)..];
        }

        return target.Kind == ValueKind.Bytes ? context.FinishBytes() : context.FinishString();
    }
}
