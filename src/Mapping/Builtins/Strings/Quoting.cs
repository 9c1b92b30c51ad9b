using System.Buffers;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Strings;

/// <summary><c>quote</c>, <c>unquote</c>.</summary>
internal static class Quoting
{
    public static readonly Builtin Quote = BuiltinBuilder
        .Method("quote", Category.Strings, "Puts a string into double quotes and escapes what cannot be printed.")
        .On(Accepts.LenientText)
        .Returns("string")
        .Example("", "root.quoted = this.thing.quote()", ("""{"thing":"foo\nbar"}""", """{"quoted":"\"foo\\nbar\""}"""))
        .Example("Printable characters stay as they are.", "root = this.quote()", ("\"é\\u0001\"", "\"é\\x01\""))
        .Body(static (context, target) =>
        {
            if (!context.TryGrow(target.TextLength + 2L, out Value exceeded))
            {
                return exceeded;
            }

            ArrayBufferWriter<byte> result = context.Scratch();
            QuotedText.Write(target.AsSpan(), result);
            return context.FinishString();
        });

    public static readonly Builtin Unquote = BuiltinBuilder
        .Method("unquote", Category.Strings, "Reads a quoted string: double quotes, back quotes around raw text, or single quotes around one character.")
        .On(Accepts.LenientText)
        .Returns("string")
        .Example("", "root.unquoted = this.thing.unquote()", ("""{"thing":"\"foo\\nbar\""}""", """{"unquoted":"foo\nbar"}"""))
        .Example("Raw text.", "root = this.unquote()", ("\"`a\\\\nb`\"", "a\\nb"))
        .Example("Anything else is an error.", """root = this.unquote().catch("no")""", ("\"foo\"", "no"))
        .Body(static (context, target) =>
        {
            ArrayBufferWriter<byte> result = context.Scratch();
            return QuotedTextReader.TryRead(target.AsSpan(), result) ? context.FinishString() : Value.Fail("invalid syntax");
        });
}
