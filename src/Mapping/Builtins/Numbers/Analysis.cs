using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Numbers;

/// <summary><c>log</c>, <c>log10</c>, <c>pow</c>, <c>sin</c>, <c>cos</c>, <c>tan</c>, <c>pi</c>. They never fail; where there is no result they give NaN.</summary>
internal static class Analysis
{
    public static readonly Builtin Log = BuiltinBuilder
        .Method("log", Category.Numbers, "Gives the natural logarithm of a number.")
        .On(Accepts.Number)
        .Returns("float64")
        .Example("", "root = this.log()", ("1", "0"))
        .Example("", "root = this.log().round()", ("22026.4657948", "10"))
        .Body(static (_, target) => Value.FromFloat64(Math.Log(target.ToFloat64())));

    public static readonly Builtin Log10 = BuiltinBuilder
        .Method("log10", Category.Numbers, "Gives the decimal logarithm of a number.")
        .On(Accepts.Number)
        .Returns("float64")
        .Example("", "root = this.log10()", ("100", "2"))
        .Example("", "root = this.log10()", ("1000", "3"))
        .Body(static (_, target) => Value.FromFloat64(Math.Log10(target.ToFloat64())));

    public static readonly Builtin Pow = BuiltinBuilder
        .Method("pow", Category.Numbers, "Raises a number to a power.")
        .On(Accepts.Number)
        .Returns("float64")
        .Parameter("exponent", ParameterType.Float64, "The power.")
        .Example("", "root = this.pow(10)", ("2", "1024"))
        .Example("A root.", "root = this.pow(0.5)", ("16", "4"))
        .Body(static (EvaluationContext _, Value target, Value exponent) => Value.FromFloat64(Math.Pow(target.ToFloat64(), exponent.AsFloat64())));

    public static readonly Builtin Sin = BuiltinBuilder
        .Method("sin", Category.Numbers, "Gives the sine of an angle in radians.")
        .On(Accepts.Number)
        .Returns("float64")
        .Example("", "root = this.sin()", ("0", "0"))
        .Example("", "root = (this.sin() * 1000).round()", ("1", "841"))
        .Body(static (_, target) => Value.FromFloat64(Math.Sin(target.ToFloat64())));

    public static readonly Builtin Cos = BuiltinBuilder
        .Method("cos", Category.Numbers, "Gives the cosine of an angle in radians.")
        .On(Accepts.Number)
        .Returns("float64")
        .Example("", "root = this.cos()", ("0", "1"))
        .Example("", "root = (this.cos() * 1000).round()", ("1", "540"))
        .Body(static (_, target) => Value.FromFloat64(Math.Cos(target.ToFloat64())));

    public static readonly Builtin Tan = BuiltinBuilder
        .Method("tan", Category.Numbers, "Gives the tangent of an angle in radians.")
        .On(Accepts.Number)
        .Returns("float64")
        .Example("", "root = this.tan()", ("0", "0"))
        .Example("", "root = (this.tan() * 1000).round()", ("1", "1557"))
        .Body(static (_, target) => Value.FromFloat64(Math.Tan(target.ToFloat64())));

    public static readonly Builtin Pi = BuiltinBuilder
        .Function("pi", Category.General, "Gives the ratio of a circle's circumference to its diameter.")
        .Returns("float64")
        .Example("", "root = pi()", ("{}", "3.141592653589793"))
        .Example("Degrees to radians.", "root = (this * pi() / 180).sin().round()", ("90", "1"))
        .FunctionBody(static _ => Value.FromFloat64(Math.PI));
}
