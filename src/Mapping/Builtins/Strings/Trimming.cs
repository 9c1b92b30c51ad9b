using System.Text;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Strings;

/// <summary><c>trim</c>, <c>trim_prefix</c>, <c>trim_suffix</c>: slices of the target.</summary>
internal static class Trimming
{
    public static readonly Builtin Trim = BuiltinBuilder
        .Method("trim", Category.Strings, "Removes white space, or the characters of a set, from both ends of a string.")
        .On(Accepts.Text)
        .Returns("string")
        .Optional("cutset", ParameterType.String, "The characters to remove; white space when absent.")
        .Example("", "root.name = this.name.trim()", ("""{"name":"  foo bar \n"}""", """{"name":"foo bar"}"""))
        .Example("A set of characters, not a text.", """root.v = this.v.trim("!?")""", ("""{"v":"!foo?!"}""", """{"v":"foo"}"""))
        .Body(static (_, target, cutset) => cutset.IsAbsent ? TrimSpace(target) : TrimSet(target, cutset.AsSpan()));

    public static readonly Builtin TrimPrefix = BuiltinBuilder
        .Method("trim_prefix", Category.Strings, "Removes a text from the start of a string, once, if the string starts with it.")
        .On(Accepts.Text)
        .Returns("string")
        .Parameter("prefix", ParameterType.String, "The text to remove.")
        .Example("", """root.name = this.name.trim_prefix("foobar_")""", ("""{"name":"foobar_blobton"}""", """{"name":"blobton"}"""))
        .Example("Other strings stay as they are.", """root = this.trim_prefix("v")""", ("\"1.2\"", "1.2"), ("\"v1.2\"", "1.2"))
        .Body(static (_, target, prefix) =>
            target.AsSpan().StartsWith(prefix.AsSpan()) ? target.Slice(prefix.TextLength, target.TextLength - prefix.TextLength) : target);

    public static readonly Builtin TrimSuffix = BuiltinBuilder
        .Method("trim_suffix", Category.Strings, "Removes a text from the end of a string, once, if the string ends with it.")
        .On(Accepts.Text)
        .Returns("string")
        .Parameter("suffix", ParameterType.String, "The text to remove.")
        .Example("", """root.name = this.name.trim_suffix("_foobar")""", ("""{"name":"blobton_foobar"}""", """{"name":"blobton"}"""))
        .Example("Other strings stay as they are.", """root = this.trim_suffix("/")""", ("\"a/b/\"", "a/b"), ("\"a/b\"", "a/b"))
        .Body(static (_, target, suffix) =>
            target.AsSpan().EndsWith(suffix.AsSpan()) ? target.Slice(0, target.TextLength - suffix.TextLength) : target);

    private static Value TrimSpace(Value target)
    {
        ReadOnlySpan<byte> text = target.AsSpan();
        int start = 0;
        while (start < text.Length)
        {
            Rune.DecodeFromUtf8(text[start..], out Rune rune, out int length);
            if (!Rune.IsWhiteSpace(rune))
            {
                break;
            }

            start += length;
        }

        int end = text.Length;
        while (end > start)
        {
            Rune.DecodeLastFromUtf8(text[start..end], out Rune rune, out int length);
            if (!Rune.IsWhiteSpace(rune))
            {
                break;
            }

            end -= length;
        }

        return target.Slice(start, end - start);
    }

    private static Value TrimSet(Value target, ReadOnlySpan<byte> cutset)
    {
        ReadOnlySpan<byte> text = target.AsSpan();
        int start = 0;
        while (start < text.Length)
        {
            Rune.DecodeFromUtf8(text[start..], out Rune rune, out int length);
            if (!Contains(cutset, rune))
            {
                break;
            }

            start += length;
        }

        int end = text.Length;
        while (end > start)
        {
            Rune.DecodeLastFromUtf8(text[start..end], out Rune rune, out int length);
            if (!Contains(cutset, rune))
            {
                break;
            }

            end -= length;
        }

        return target.Slice(start, end - start);
    }

    private static bool Contains(ReadOnlySpan<byte> cutset, Rune rune)
    {
        if (rune.IsAscii)
        {
            return cutset.Contains((byte)rune.Value);
        }

        while (!cutset.IsEmpty)
        {
            Rune.DecodeFromUtf8(cutset, out Rune member, out int length);
            if (member == rune)
            {
                return true;
            }

            cutset = cutset[length..];
        }

        return false;
    }
}
