using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Numbers;

/// <summary><c>abs</c>, <c>ceil</c>, <c>floor</c>, <c>round</c>.</summary>
internal static class Rounding
{
    public static readonly Builtin Abs = BuiltinBuilder
        .Method("abs", Category.Numbers, "Gives a number without its sign.")
        .On(Accepts.Number)
        .Returns("number")
        .Example("", "root = this.abs()", ("-5.9", "5.9"), ("5", "5"))
        .Example("The smallest integer has no positive twin.", "root = this.abs()", ("-9223372036854775808", "9223372036854775807"))
        .Body(WithoutSign);

    public static readonly Builtin Ceil = BuiltinBuilder
        .Method("ceil", Category.Numbers, "Gives the smallest whole number that is not below a number.")
        .On(Accepts.Number)
        .Returns("number")
        .Example("", "root = this.ceil()", ("5.1", "6"), ("-5.9", "-5"))
        .Example("", "root = this.ceil()", ("5", "5"))
        .Body(static (_, target) => Whole(target, Math.Ceiling));

    public static readonly Builtin Floor = BuiltinBuilder
        .Method("floor", Category.Numbers, "Gives the largest whole number that is not above a number.")
        .On(Accepts.Number)
        .Returns("number")
        .Example("", "root = this.floor()", ("5.9", "5"), ("-5.1", "-6"))
        .Example("", "root = this.floor()", ("5", "5"))
        .Body(static (_, target) => Whole(target, Math.Floor));

    public static readonly Builtin Round = BuiltinBuilder
        .Method("round", Category.Numbers, "Rounds a number to the nearest whole one; halves go away from zero.")
        .On(Accepts.Number)
        .Returns("number")
        .Example("", "root = this.round()", ("5.5", "6"), ("-5.5", "-6"))
        .Example("To two places.", "root = (this * 100).round() / 100", ("2.34567", "2.35"))
        .Body(static (_, target) => Whole(target, static real => Math.Round(real, MidpointRounding.AwayFromZero)));

    private static Value WithoutSign(EvaluationContext context, Value target) => target.Kind switch
    {
        ValueKind.Int64 => Value.FromInt64(target.AsInt64() == long.MinValue ? long.MaxValue : Math.Abs(target.AsInt64())),
        ValueKind.Float64 => Value.FromFloat64(Math.Abs(target.AsFloat64())),
        _ => target,
    };

    /// <summary>An integer where it fits, else a float.</summary>
    private static Value Whole(Value target, Func<double, double> operation)
    {
        if (!target.IsFloat64)
        {
            return target;
        }

        double real = operation(target.AsFloat64());
        return real is >= -9223372036854775808.0 and < 9223372036854775808.0 ? Value.FromInt64((long)real) : Value.FromFloat64(real);
    }
}
