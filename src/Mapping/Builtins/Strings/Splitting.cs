using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Strings;

/// <summary><c>split</c>, <c>join</c>.</summary>
internal static class Splitting
{
    public static readonly Builtin Split = BuiltinBuilder
        .Method("split", Category.Strings, "Splits a string at every occurrence of a delimiter.")
        .On(Accepts.Text)
        .Returns("array")
        .Parameter("delimiter", ParameterType.String, "The text between the parts; an empty one splits into characters.")
        .Parameter("empty_as_null", ParameterType.Bool, "Turns empty parts into null.", Value.False)
        .Example("", """root.parts = this.value.split(",")""", ("""{"value":"foo,bar,,baz"}""", """{"parts":["foo","bar","","baz"]}"""))
        .Example("Empty parts as null.", """root = this.split(",", true)""", ("\"a,,b\"", """["a",null,"b"]"""))
        .Example("Characters.", """root = this.split("")""", ("\"aé🚀\"", """["a","é","🚀"]"""))
        .Element(Part)
        .Body(static (context, target, delimiter, emptyAsNull) => delimiter.TextLength == 1 && target.TextLength <= ByteMask.MaxLength && !emptyAsNull.IsTrue
            ? SplitShort(context, target, delimiter)
            : SplitAny(context, target, delimiter, emptyAsNull));

    public static readonly Builtin Join = BuiltinBuilder
        .Method("join", Category.Objects, "Concatenates the strings of an array, with a delimiter between them if one is given.")
        .On(Accepts.Array)
        .Returns("string")
        .Optional("delimiter", ParameterType.String, "The text between the elements.")
        .Example("", """root.joined = this.words.join(", ")""", ("""{"words":["hello","world"]}""", """{"joined":"hello, world"}"""))
        .Example("Without a delimiter.", "root = this.join()", ("""["a","b"]""", "ab"))
        .Example("Other types have to be converted first.", """root = this.map_each(e -> e.string()).join("-")""", ("""[1,true,"x"]""", "1-true-x"))
        .Body(static (context, target, delimiter) => JoinAll(context, target, delimiter.IsAbsent ? [] : delimiter.AsSpan()));

    /// <summary>Of a short text split at a byte: mostly one or two parts of a line are wanted.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value Part(Value target, Value delimiter, Value emptyAsNull, int position)
    {
        if (!target.OwnsBytes || !target.IsOwnedText || target.TextLength > ByteMask.MaxLength || delimiter.TextLength != 1 || emptyAsNull.IsTrue)
        {
            return Value.Nothing;
        }

        ulong cuts = ByteMask.Of(target, delimiter.TextOwner[delimiter.TextOffset]);
        int start = 0;
        for (; position > 0; position--)
        {
            if (cuts == 0)
            {
                return Value.Nothing;
            }

            start = BitOperations.TrailingZeroCount(cuts) + 1;
            cuts &= cuts - 1;
        }

        int end = cuts == 0 ? target.TextLength : BitOperations.TrailingZeroCount(cuts);
        return target.Slice(start, end - start);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value SplitShort(EvaluationContext context, Value target, Value delimiter)
    {
        ulong cuts = ByteMask.Of(target, delimiter.TextOwner[delimiter.TextOffset]);
        long size = 16L * (BitOperations.PopCount(cuts) + 1);
        return context.Allows(size) ? Value.FromArray(context.Arena.NewParts(target, cuts)) : context.TooLarge(size);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value SplitAny(EvaluationContext context, Value target, Value delimiter, Value emptyAsNull) => delimiter.TextLength switch
    {
        0 => SplitCharacters(context, target),
        1 => SplitAtByte(context, target, delimiter.AsSpan()[0], emptyAsNull.IsTrue),
        _ => SplitAt(context, target, delimiter.AsSpan(), emptyAsNull.IsTrue),
    };

    private static Value SplitAtByte(EvaluationContext context, Value target, byte delimiter, bool emptyAsNull)
    {
        ReadOnlySpan<byte> text = target.AsSpan();
        ulong delimiters = ByteMask.Of(text[..Math.Min(text.Length, ByteMask.MaxLength)], delimiter);
        int count = BitOperations.PopCount(delimiters) + 1;
        count += text.Length > ByteMask.MaxLength ? text[ByteMask.MaxLength..].Count(delimiter) : 0;
        if (!context.TryGrow(16L * count, out Value exceeded))
        {
            return exceeded;
        }

        ArrayNode parts = context.Arena.NewArray(count);
        int start = 0;
        for (int block = 0; ;)
        {
            for (; delimiters != 0; delimiters &= delimiters - 1)
            {
                int end = block + BitOperations.TrailingZeroCount(delimiters);
                parts.Add(end == start && emptyAsNull ? Value.Null : target.Slice(start, end - start));
                start = end + 1;
            }

            block += ByteMask.MaxLength;
            if (block >= text.Length)
            {
                break;
            }

            delimiters = ByteMask.Of(text.Slice(block, Math.Min(text.Length - block, ByteMask.MaxLength)), delimiter);
        }

        parts.Add(start == text.Length && emptyAsNull ? Value.Null : target.Slice(start, text.Length - start));
        return Value.FromArray(parts);
    }

    private static Value SplitAt(EvaluationContext context, Value target, ReadOnlySpan<byte> delimiter, bool emptyAsNull)
    {
        Value empty = emptyAsNull ? Value.Null : target.Slice(0, 0);
        ReadOnlySpan<byte> text = target.AsSpan();
        int count = text.Count(delimiter) + 1;
        if (!context.TryGrow(16L * count, out Value exceeded))
        {
            return exceeded;
        }

        ArrayNode parts = context.Arena.NewArray(count);
        int start = 0;
        while (true)
        {
            int length = text[start..].IndexOf(delimiter);
            int end = length < 0 ? text.Length : start + length;
            parts.Add(end == start ? empty : target.Slice(start, end - start));
            if (length < 0)
            {
                return Value.FromArray(parts);
            }

            start = end + delimiter.Length;
        }
    }

    private static Value SplitCharacters(EvaluationContext context, Value target)
    {
        ReadOnlySpan<byte> text = target.AsSpan();
        if (!context.TryGrow(16L * text.Length, out Value exceeded))
        {
            return exceeded;
        }

        ArrayNode parts = context.Arena.NewArray(text.Length);
        for (int at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf8(text[at..], out _, out int length);
            parts.Add(target.Slice(at, length));
            at += length;
        }

        return Value.FromArray(parts);
    }

    private static Value JoinAll(EvaluationContext context, Value array, ReadOnlySpan<byte> delimiter)
    {
        long length = 0;
        int index = 0;
        foreach (Value element in array.Elements)
        {
            if (!element.IsText)
            {
                return Value.Fail($"failed to join element {index}: expected string value, got {element.TypeName}");
            }

            length += element.TextLength + (index == 0 ? 0 : delimiter.Length);
            index++;
        }

        if (!context.TryGrow(length, out Value exceeded))
        {
            return exceeded;
        }

        Span<byte> room = context.Arena.Allocate((int)length, out byte[] owner, out int offset);
        bool any = false;
        foreach (Value element in array.Elements)
        {
            if (any)
            {
                delimiter.CopyTo(room);
                room = room[delimiter.Length..];
            }

            any = true;
            element.AsSpan().CopyTo(room);
            room = room[element.TextLength..];
        }

        return Value.FromUtf8(owner, offset, (int)length);
    }
}
