using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using Mapping.Functions;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Builtins.Strings;

/// <summary><c>replace_all</c>, <c>replace_all_many</c>, and <c>replace</c>, <c>replace_many</c>, which are the same.</summary>
internal static class Replacing
{
    public static readonly Builtin ReplaceAll = Single("replace_all");

    public static readonly Builtin Replace = Single("replace");

    public static readonly Builtin ReplaceAllMany = Many("replace_all_many");

    public static readonly Builtin ReplaceMany = Many("replace_many");

    private static Builtin Single(string name) => BuiltinBuilder
        .Method(name, Category.Strings, "Replaces every occurrence of a text in a string.")
        .On(Accepts.Text)
        .Returns("string")
        .Parameter("old", ParameterType.String, "The text to replace; the empty text stands before every character and at the end.")
        .Parameter("new", ParameterType.String, "The text to put in its place.")
        .Example("", $"""root.v = this.value.{name}("foo", "dog")""", ("""{"value":"The foo ate my homework"}""", """{"v":"The dog ate my homework"}"""))
        .Example("Removes a text.", $"""root = this.{name}(".", "")""", ("\"1.234.567\"", "1234567"))
        .Body(static (context, target, old, @new) => One(context, target, old, @new));

    private static Builtin Many(string name) => BuiltinBuilder
        .Method(name, Category.Strings, "Replaces every occurrence of several texts in a string, one pair after the other.")
        .On(Accepts.Text)
        .Returns("string")
        .Parameter("values", ParameterType.Array, "Texts in pairs: what to replace and what to put in its place.")
        .Example(
            "",
            $"""root.v = this.v.{name}(["<b>", "&lt;b&gt;", "<i>", "&lt;i&gt;"])""",
            ("""{"v":"<i>a</i> <b>"}""", """{"v":"&lt;i&gt;a</i> &lt;b&gt;"}"""))
        .Example("Later pairs see the results of earlier ones.", $"""root = this.{name}(["cat", "dog", "dog", "bird"])""", ("\"cat dog\"", "bird bird"))
        .Prepare(static (_, arguments) => ReadPairs(arguments[0]))
        .Body<Value[]>(static (context, target, pairs, _) =>
        {
            Value result = target;
            for (int i = 0; i < pairs.Length && result.IsText; i += 2)
            {
                result = One(context, result, pairs[i], pairs[i + 1]);
            }

            return result;
        });

    private static Preparation ReadPairs(Value values)
    {
        if (values.Count % 2 != 0)
        {
            return Preparation.Refuse("invalid arg, replacements should be in pairs and must therefore be even");
        }

        var pairs = new List<Value>(values.Count);
        foreach (Value value in values.Elements)
        {
            if (!value.IsText)
            {
                return Preparation.Refuse($"invalid replacement value at index {pairs.Count}: expected string value, got {value.TypeName}");
            }

            pairs.Add(value.Detach());
        }

        return Preparation.Ready(pairs.ToArray());
    }

    private static Value One(EvaluationContext context, Value target, Value old, Value @new)
    {
        if (old.TextLength == 1 && target.TextLength <= ByteMask.MaxLength)
        {
            byte wanted = old.TextOwner[old.TextOffset];
            ulong found = ByteMask.Of(target, wanted);
            return found == 0 ? target
                : @new.TextLength == 0 && ByteRemoval.Fits(target) ? ByteRemoval.Remove(context, target, wanted, found)
                : ReplaceByte(context, target, wanted, found, @new);
        }

        return ReplaceAny(context, target, old, @new);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value ReplaceAny(EvaluationContext context, Value target, Value old, Value @new) => old.TextLength == 0
        ? Intersperse(context, target, @new.AsSpan())
        : ReplaceText(context, target, old.AsSpan(), @new.AsSpan());

    /// <summary>Replaces a byte at the given positions of a short text.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value ReplaceByte(EvaluationContext context, Value target, byte old, ulong found, Value @new)
    {
        long length = target.TextLength + ((long)BitOperations.PopCount(found) * (@new.TextLength - 1));
        if (!context.Allows(length))
        {
            return context.TooLarge(length);
        }

        int start = context.Arena.BeginText((int)length, out byte[] owner);
        int from = target.TextOffset;
        int at = start;
        for (; found != 0; found &= found - 1)
        {
            int end = target.TextOffset + BitOperations.TrailingZeroCount(found);
            ByteCopy.Append(target.TextOwner, from, end - from, owner, at);
            at += end - from;
            ByteCopy.Append(@new.TextOwner, @new.TextOffset, @new.TextLength, owner, at);
            at += @new.TextLength;
            from = end + 1;
        }

        ByteCopy.Append(target.TextOwner, from, target.TextOffset + target.TextLength - from, owner, at);
        bool isQuoted = target.IsQuotedText && old < 0x80 && (@new.TextLength == 0 || JsonText.IsPlain(@new.AsSpan()));
        return target.IsOwnedString ? Arena.EndText(owner, start, (int)length, isQuoted) : Value.FromBytes(owner, start, (int)length);
    }

    private static Value ReplaceText(EvaluationContext context, Value target, ReadOnlySpan<byte> old, ReadOnlySpan<byte> @new)
    {
        ReadOnlySpan<byte> text = target.AsSpan();
        int at = text.IndexOf(old);
        if (at < 0)
        {
            return target;
        }

        int more = text[(at + old.Length)..].Count(old);
        long length = text.Length + ((1L + more) * (@new.Length - old.Length));
        if (!context.TryGrow(length, out Value exceeded))
        {
            return exceeded;
        }

        Span<byte> room = context.Arena.AllocateQuoted((int)length, out byte[] owner, out int offset);
        bool isQuoted = target.IsQuoted && JsonText.IsPlain(old) && JsonText.IsPlain(@new);
        while (at >= 0)
        {
            text[..at].CopyTo(room);
            @new.CopyTo(room[at..]);
            room = room[(at + @new.Length)..];
            text = text[(at + old.Length)..];
            at = more-- > 0 ? text.IndexOf(old) : -1;
        }

        text.CopyTo(room);
        return target.Kind == ValueKind.Bytes ? Value.FromBytes(owner, offset, (int)length) : Value.FromUtf8(owner, offset, (int)length, isQuoted);
    }

    private static Value Intersperse(EvaluationContext context, Value target, ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> rest = target.AsSpan();
        if (!context.TryGrow(rest.Length + ((rest.Length + 1L) * text.Length), out Value exceeded))
        {
            return exceeded;
        }

        ArrayBufferWriter<byte> result = context.Scratch();
        while (true)
        {
            result.Write(text);
            if (rest.IsEmpty)
            {
                break;
            }

            Rune.DecodeFromUtf8(rest, out _, out int length);
            result.Write(rest[..length]);
            rest = rest[length..];
        }

        return target.Kind == ValueKind.Bytes ? context.FinishBytes() : context.FinishString();
    }
}
