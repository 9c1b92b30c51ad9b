using Mapping.Values;

namespace Mapping.Builtins.Arrays;

/// <summary>
/// A total order of numbers, exact across representations: what sorting needs, and what comparing as floats is not
/// beyond 2^53. NaN comes first.
/// </summary>
internal static class NumberOrder
{
    private const double Above = 18446744073709551616.0;

    /// <summary>Both values must be normalised numbers.</summary>
    public static int Compare(Value left, Value right)
    {
        if (left.IsInt64 && right.IsInt64)
        {
            return left.AsInt64().CompareTo(right.AsInt64());
        }

        if (left.IsFloat64 && right.IsFloat64)
        {
            return left.AsFloat64().CompareTo(right.AsFloat64());
        }

        if (left.IsFloat64)
        {
            return -CompareMixed(Whole(right), left.AsFloat64());
        }

        return right.IsFloat64 ? CompareMixed(Whole(left), right.AsFloat64()) : Whole(left).CompareTo(Whole(right));
    }

    /// <summary>An integer as it is meant: a uint64 is not reinterpreted.</summary>
    public static Int128 Whole(Value integer) => integer.Kind == ValueKind.UInt64 ? integer.AsUInt64() : integer.AsInt64();

    private static int CompareMixed(Int128 integer, double real)
    {
        if (double.IsNaN(real))
        {
            return 1;
        }

        if (real >= Above)
        {
            return -1;
        }

        if (real <= -Above)
        {
            return 1;
        }

        double floor = Math.Floor(real);
        int order = integer.CompareTo((Int128)floor);
        return order != 0 ? order : real > floor ? -1 : 0;
    }
}
