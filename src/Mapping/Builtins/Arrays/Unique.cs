using System.Buffers.Binary;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Arrays;

/// <summary><c>unique</c>.</summary>
internal static class Unique
{
    public static readonly Builtin Declaration = BuiltinBuilder
        .Method("unique", Category.Objects, "Keeps the first of equal elements of an array.")
        .Flow(ValueFlow.ArrangesElements)
        .On(Accepts.Array)
        .Returns("array")
        .Optional("emit", ParameterType.Query, "Gives the number or string by which an element is compared.")
        .Example("", "root = this.unique()", ("""["a","b","a"]""", """["a","b"]"""))
        .Example("By a field.", "root = this.unique(item -> item.id)", ("""[{"id":1,"n":1},{"id":1,"n":2}]""", """[{"id":1,"n":1}]"""))
        .Body(Run);

    private static Value Run(EvaluationContext context, Value target, Value emit)
    {
        Query? query = emit.IsAbsent ? null : emit.AsQuery<Query>();
        ArrayNode result = context.Arena.NewArray();

        // An object is the set: it keeps an index once it grows. Numbers and texts never equal one another.
        ObjectNode texts = context.Arena.NewObject();
        ObjectNode numbers = context.Arena.NewObject();
        int position = 0;
        foreach (Value element in target.Elements)
        {
            Value seen = query is null ? element : query.Evaluate(context, element);
            if (seen.IsError)
            {
                return seen.AsError().Within($"index {position}: ", $"{position}");
            }

            seen = seen.Normalized();
            bool isNew;
            if (seen.IsNumber)
            {
                isNew = AddNumber(context, numbers, seen);
            }
            else if (TextForm.TryText(seen, context.Arena, out Value text))
            {
                isNew = Add(texts, text);
            }
            else
            {
                return Mismatch.ErrorAt($"index {position}", "string or number", seen);
            }

            if (isNew)
            {
                result.Add(element.Frozen());
            }

            position++;
        }

        return Value.FromArray(result);
    }

    /// <summary>By value, whatever the representation: whole numbers as integers, the others by their bits.</summary>
    private static bool AddNumber(EvaluationContext context, ObjectNode numbers, Value number)
    {
        Int128 identity;
        bool whole = true;
        if (!number.IsFloat64)
        {
            identity = NumberOrder.Whole(number);
        }
        else
        {
            double real = number.AsFloat64();
            if (double.IsNaN(real))
            {
                return true;
            }

            whole = Math.Floor(real) == real && Math.Abs(real) < 1e30;
            identity = whole ? (Int128)real : BitConverter.DoubleToInt64Bits(real);
        }

        Span<byte> key = stackalloc byte[17];
        key[0] = whole ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt128LittleEndian(key[1..], identity);
        if (numbers.ContainsKey(key))
        {
            return false;
        }

        numbers.AddNew(context.Arena.Bytes(key), Value.True);
        return true;
    }

    private static bool Add(ObjectNode set, Value key)
    {
        if (set.ContainsKey(key.AsSpan()))
        {
            return false;
        }

        set.AddNew(key, Value.True);
        return true;
    }
}
