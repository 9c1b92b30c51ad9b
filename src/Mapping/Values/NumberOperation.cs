namespace Mapping.Values;

/// <summary>
/// An operator on two numbers of the same representation, as a type, so that the code around it is compiled for each.
/// What all other operands mean is decided in <see cref="Operations.TryApply"/>.
/// </summary>
internal interface INumberOperation
{
    static abstract Value Apply(long left, long right);

    static abstract Value Apply(double left, double right);
}

/// <summary>The operators that are the same for all numbers of a representation.</summary>
internal static class NumberOperation
{
    /// <summary>The result for two int64 or two of which one is a float64; nothing for everything else.</summary>
    public static Value Apply<T>(Value left, Value right)
        where T : struct, INumberOperation
    {
        left = left.Normalized();
        right = right.Normalized();
        if (left.IsInt64)
        {
            return right.IsInt64 ? T.Apply(left.AsInt64(), right.AsInt64())
                : right.IsFloat64 ? T.Apply(left.AsInt64(), right.AsFloat64())
                : Value.Nothing;
        }

        if (left.IsFloat64)
        {
            return right.IsFloat64 ? T.Apply(left.AsFloat64(), right.AsFloat64())
                : right.IsInt64 ? T.Apply(left.AsFloat64(), right.AsInt64())
                : Value.Nothing;
        }

        return Value.Nothing;
    }

    internal readonly struct Add : INumberOperation
    {
        public static Value Apply(long left, long right) => Value.FromInt64(unchecked(left + right));

        public static Value Apply(double left, double right) => Value.FromFloat64(left + right);
    }

    internal readonly struct Subtract : INumberOperation
    {
        public static Value Apply(long left, long right) => Value.FromInt64(unchecked(left - right));

        public static Value Apply(double left, double right) => Value.FromFloat64(left - right);
    }

    internal readonly struct Multiply : INumberOperation
    {
        public static Value Apply(long left, long right) => Value.FromInt64(unchecked(left * right));

        public static Value Apply(double left, double right) => Value.FromFloat64(left * right);
    }

    /// <summary>Always of floats. What is zero, on either side, is left to <see cref="Arithmetic.TryDivide"/>: errors and the sign.</summary>
    internal readonly struct Divide : INumberOperation
    {
        public static Value Apply(long left, long right) => Apply((double)left, right);

        public static Value Apply(double left, double right) => left == 0 || right == 0 ? Value.Nothing : Value.FromFloat64(left / right);
    }

    internal readonly struct Less : INumberOperation
    {
        public static Value Apply(long left, long right) => Value.FromBool(left < right);

        public static Value Apply(double left, double right) => Value.FromBool(left < right);
    }

    internal readonly struct LessOrEqual : INumberOperation
    {
        public static Value Apply(long left, long right) => Value.FromBool(left <= right);

        public static Value Apply(double left, double right) => Value.FromBool(left <= right);
    }

    internal readonly struct Greater : INumberOperation
    {
        public static Value Apply(long left, long right) => Value.FromBool(left > right);

        public static Value Apply(double left, double right) => Value.FromBool(left > right);
    }

    internal readonly struct GreaterOrEqual : INumberOperation
    {
        public static Value Apply(long left, long right) => Value.FromBool(left >= right);

        public static Value Apply(double left, double right) => Value.FromBool(left >= right);
    }
}
