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
            string text = target.AsHostString();
            // The host leaves out the letters whose other case is ASCII.
            string converted = upper
                ? text.ToUpperInvariant().Replace('ı', 'I').Replace('ſ', 'S')
                : text.ToLowerInvariant().Replace('İ', 'i');
            return context.Arena.TextLike(target, Encoding.UTF8.GetBytes(converted));
        }

        Span<byte> room = context.Arena.Allocate(source.Length, out byte[] owner, out int offset);
        _ = upper ? Ascii.ToUpper(source, room, out _) : Ascii.ToLower(source, room, out _);
        return target.Kind == ValueKind.Bytes ? Value.FromBytes(owner, offset, room.Length) : Value.FromUtf8(owner, offset, room.Length);
    }
}
