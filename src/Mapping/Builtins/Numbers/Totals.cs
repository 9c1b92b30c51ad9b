using System.Runtime.CompilerServices;
using Mapping.Builtins.Arrays;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Numbers;

/// <summary><c>max</c>, <c>min</c>, <c>sum</c>: floats, but integers that a float would change stay exact.</summary>
internal static class Totals
{
    public static readonly Builtin Max = BuiltinBuilder
        .Method("max", Category.Numbers, "Gives the largest number of an array.")
        .On(Accepts.Array)
        .Returns("float64")
        .Example("", "root = this.max()", ("[1,3.5,2]", "3.5"))
        .Example("", "root = this.max()", ("[]", "Error: the array was empty"))
        .Body(static (_, target) => Extreme(target, sign: 1));

    public static readonly Builtin Min = BuiltinBuilder
        .Method("min", Category.Numbers, "Gives the smallest number of an array.")
        .On(Accepts.Array)
        .Returns("float64")
        .Example("", "root = this.min()", ("[1,-3.5,2]", "-3.5"))
        .Example("", "root = this.min()", ("[]", "Error: the array was empty"))
        .Body(static (_, target) => Extreme(target, sign: -1));

    public static readonly Builtin Sum = BuiltinBuilder
        .Method("sum", Category.Objects, "Adds the numbers of an array.")
        .On(Accepts.Array | Accepts.Number)
        .Returns("float64")
        .Example("", "root = this.sum()", ("[3,8,4.5]", "15.5"))
        .Example("", "root = this.sum()", ("[]", "0"))
        .Body(static (_, target) => target.IsArray ? Total(target) : target);

    /// <summary>The float of an integer where nothing is lost, else the integer itself.</summary>
    public static Value Exact(Int128 integer)
    {
        const long FloatsAreExactTo = 1L << 53;
        if (integer >= -FloatsAreExactTo && integer <= FloatsAreExactTo)
        {
            return Value.FromFloat64((double)integer);
        }

        if (integer >= long.MinValue && integer <= long.MaxValue)
        {
            return Value.FromInt64((long)integer);
        }

        return integer > 0 && integer <= ulong.MaxValue ? Value.FromUInt64((ulong)integer) : Value.FromFloat64((double)integer);
    }

    private static Value Extreme(Value target, int sign)
    {
        Value best = Value.Absent;
        int position = 0;
        foreach (Value element in target.Elements)
        {
            Value number = element.Normalized();
            if (number.IsFloat64 && best.IsFloat64)
            {
                // As below, for the usual case. NaN is neither larger nor smaller.
                double challenger = number.AsFloat64();
                double champion = best.AsFloat64();
                if (double.IsNaN(challenger) || (sign > 0 ? challenger > champion : challenger < champion))
                {
                    best = number;
                }

                position++;
                continue;
            }

            if (!number.IsNumber)
            {
                return NotANumber(position, number);
            }

            // NaN wins wherever it stands: there is no largest number then.
            if (best.IsAbsent || IsNaN(number) || (!IsNaN(best) && sign * NumberOrder.Compare(number, best) > 0))
            {
                best = number;
            }

            position++;
        }

        if (best.IsAbsent)
        {
            return Value.Fail("the array was empty");
        }

        return best.IsFloat64 ? best : Exact(NumberOrder.Whole(best));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value NotANumber(int position, Value value) => Mismatch.ErrorAt($"index {position} of array", "number", value);

    private static bool IsNaN(Value number) => number.IsFloat64 && double.IsNaN(number.AsFloat64());

    private static Value Total(Value target)
    {
        Int128 whole = 0;
        double real = 0;
        bool exact = true;
        int position = 0;
        foreach (Value element in target.Elements)
        {
            Value number = element.Normalized();
            position++;
            if (number.IsFloat64)
            {
                exact = false;
                real += number.AsFloat64();
                continue;
            }

            if (!number.IsNumber)
            {
                return NotANumber(position - 1, number);
            }

            if (exact)
            {
                whole += NumberOrder.Whole(number);
            }

            real += number.ToFloat64();
        }

        return exact ? Exact(whole) : Value.FromFloat64(real);
    }
}
