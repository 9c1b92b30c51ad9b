using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Strings;

/// <summary><c>slice</c>, <c>length</c>.</summary>
internal static class Slicing
{
    private static readonly object Checked = new();

    public static readonly Builtin Slice = BuiltinBuilder
        .Method("slice", Category.Strings, "Takes a part of a string, by byte positions, or of an array.")
        .On(Accepts.Array | Accepts.Text)
        .Returns("string or array")
        .Parameter("low", ParameterType.Int64, "The first position; a negative one counts from the end.")
        .Optional("high", ParameterType.Int64, "The position after the last one; a negative one counts from the end.")
        .Example("", "root.beginning = this.value.slice(0, 2)", ("""{"value":"foo bar"}""", """{"beginning":"fo"}"""))
        .Example("The end.", "root = this.slice(-3)", ("\"foo bar\"", "bar"), ("[1,2,3,4]", "[2,3,4]"))
        .Example("All but the first and the last.", "root = this.slice(1, -1)", ("\"[x]\"", "x"), ("""["a","b","c"]""", """["b"]"""))
        .Prepare(static (_, arguments) => arguments[1] is { IsAbsent: false } high && high.AsInt64() > 0 && arguments[0].AsInt64() >= high.AsInt64()
            ? Preparation.Refuse($"lower slice bound {arguments[0].AsInt64()} must be lower than upper ({high.AsInt64()})")
            : Preparation.Ready(Checked))
        .Body<object>(static (context, target, _, arguments) => Take(context, target, arguments[0].AsInt64(), arguments[1]));

    public static readonly Builtin Length = BuiltinBuilder
        .Method("length", Category.Strings, "Counts the bytes of a string, the elements of an array or the members of an object.")
        .On(Accepts.Text | Accepts.Array | Accepts.Object)
        .Returns("integer")
        .Example("", "root.length = this.v.length()", ("""{"v":"hello"}""", """{"length":5}"""), ("""{"v":[1,2]}""", """{"length":2}"""))
        .Example("A character may take several bytes.", "root = this.length()", ("\"é\"", "2"), ("""{"a":1,"b":2,"c":3}""", "3"))
        .Body(static (_, target) => Value.FromInt64(target.IsText ? target.TextLength : target.Count));

    private static Value Take(EvaluationContext context, Value target, long low, Value high)
    {
        int length = target.IsText ? target.TextLength : target.Count;
        long end = high.IsAbsent ? length : high.AsInt64() < 0 ? Math.Max(0, high.AsInt64() + length) : Math.Min(high.AsInt64(), length);
        long start = low < 0 ? Math.Max(0, low + length) : low;
        if (start > end)
        {
            return Value.Fail($"lower slice bound {start} must be lower than or equal to upper bound ({end}) of a length of {length}");
        }

        return target.IsText ? target.Slice((int)start, (int)(end - start)) : TakeElements(context, target, (int)start, (int)end);
    }

    private static Value TakeElements(EvaluationContext context, Value array, int start, int end)
    {
        ArrayNode part = context.Arena.NewArray(end - start);
        int index = 0;
        foreach (Value element in array.Elements)
        {
            if (index == end)
            {
                break;
            }

            if (index++ >= start)
            {
                part.Add(element.Frozen());
            }
        }

        return Value.FromArray(part);
    }
}
