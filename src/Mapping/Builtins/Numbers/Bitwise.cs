using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Numbers;

/// <summary><c>bitwise_and</c>, <c>bitwise_or</c>, <c>bitwise_xor</c> on 64 bits.</summary>
internal static class Bitwise
{
    public static readonly Builtin And = BuiltinBuilder
        .Method("bitwise_and", Category.Numbers, "Keeps the bits that two numbers have in common.")
        .On(Accepts.Number)
        .Returns("int64")
        .Parameter("value", ParameterType.Int64, "The other number.")
        .Example("", "root = this.bitwise_and(6)", ("29", "4"))
        .Example("", "root = this.bitwise_and(0)", ("29", "0"))
        .Body(static (EvaluationContext _, Value target, Value value) => Value.FromInt64(target.ToInt64() & value.AsInt64()));

    public static readonly Builtin Or = BuiltinBuilder
        .Method("bitwise_or", Category.Numbers, "Keeps the bits that at least one of two numbers has.")
        .On(Accepts.Number)
        .Returns("int64")
        .Parameter("value", ParameterType.Int64, "The other number.")
        .Example("", "root = this.bitwise_or(6)", ("1", "7"))
        .Example("", "root = this.bitwise_or(-1)", ("29", "-1"))
        .Body(static (EvaluationContext _, Value target, Value value) => Value.FromInt64(target.ToInt64() | value.AsInt64()));

    public static readonly Builtin Xor = BuiltinBuilder
        .Method("bitwise_xor", Category.Numbers, "Keeps the bits that exactly one of two numbers has.")
        .On(Accepts.Number)
        .Returns("int64")
        .Parameter("value", ParameterType.Int64, "The other number.")
        .Example("", "root = this.bitwise_xor(6)", ("5", "3"))
        .Example("", "root = this.bitwise_xor(29)", ("29", "0"))
        .Body(static (EvaluationContext _, Value target, Value value) => Value.FromInt64(target.ToInt64() ^ value.AsInt64()));
}
