using System.Runtime.CompilerServices;
using Mapping.Builtins.Objects;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Arrays;

/// <summary><c>index</c>, <c>enumerated</c>, <c>flatten</c>.</summary>
internal static class Elements
{
    public static readonly Builtin Index = BuiltinBuilder
        .Method("index", Category.Objects, "Gives an element of an array, or a byte, by its position.")
        .Flow(ValueFlow.OneElement)
        .On(Accepts.Array | Accepts.Bytes)
        .Parameter("index", ParameterType.Int64, "The position from zero; a negative one counts from the end.")
        .Example("", "root = this.index(1)", ("""["a","b","c"]""", "b"))
        .Example("From the end.", "root = this.index(-1)", ("""["a","b","c"]""", "c"))
        .Example("", "root = this.index(3)", ("""["a"]""", "Error: index '3' was out of bounds"))
        .Body(At);

    public static readonly Builtin Enumerated = BuiltinBuilder
        .Method("enumerated", Category.Objects, "Turns each element of an array into an object of its position and its value.")
        .On(Accepts.Array)
        .Returns("array")
        .GivesPairs(PairKeys.IndexAndValue)
        .Example("", "root = this.enumerated()", ("""["a","b"]""", """[{"index":0,"value":"a"},{"index":1,"value":"b"}]"""))
        .Example("", "root = this.enumerated()", ("[]", "[]"))
        .Body(Enumerate);

    public static readonly Builtin Flatten = BuiltinBuilder
        .Method("flatten", Category.Objects, "Replaces each array within an array by its elements, one level deep.")
        .On(Accepts.Array)
        .Returns("array")
        .Example("", "root = this.flatten()", ("[1,[2,3],[[4]]]", "[1,2,3,[4]]"))
        .Example("", "root = this.flatten()", ("[[],[]]", "[]"))
        .Body(FlattenOnce);

    private static Value At(EvaluationContext context, Value target, Value argument)
    {
        if (target.ArrayNode is { } array)
        {
            long place = argument.AsInt64();
            place += place < 0 ? array.Count : 0;
            if ((ulong)place < (ulong)array.Count)
            {
                return array[(int)place];
            }
        }

        return AtAny(target, argument);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value AtAny(Value target, Value argument)
    {
        int count = target.IsArray ? target.Count : target.TextLength;
        long position = argument.AsInt64();
        long index = position < 0 ? position + count : position;
        if (index < 0 || index >= count)
        {
            return Value.Fail($"index '{position}' was out of bounds for array size: {count}");
        }

        return target.IsArray ? target.ElementAt((int)index) : Value.FromInt64(target.AsSpan()[(int)index]);
    }

    private static Value Enumerate(EvaluationContext context, Value target)
    {
        ArrayNode result = context.Arena.NewPairs(PairKeys.IndexAndValue, target.Count);
        long position = 0;
        foreach (Value element in target.Elements)
        {
            result.AddPair(Value.FromInt64(position++), element);
        }

        return context.Checked(Value.FromArray(result));
    }

    private static Value FlattenOnce(EvaluationContext context, Value target)
    {
        ArrayNode result = context.Arena.NewArray(target.Count);
        foreach (Value element in target.Elements)
        {
            if (!element.IsArray)
            {
                result.Add(element.Frozen());
                continue;
            }

            // The same array may stand in many places, so the result can be far larger than the memory of the source.
            if (!context.TryGrow(16L * (result.Count + element.Count), out Value exceeded))
            {
                return exceeded;
            }

            result.AddElements(element);
        }

        return Value.FromArray(result);
    }
}
