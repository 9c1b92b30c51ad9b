using Mapping.Functions;

namespace Mapping.Builtins.Numbers;

/// <summary>The list of this folder.</summary>
internal static class NumberBuiltins
{
    public static IReadOnlyList<Builtin> All { get; } =
    [
        Rounding.Abs,
        Rounding.Ceil,
        Rounding.Floor,
        Rounding.Round,
        Analysis.Log,
        Analysis.Log10,
        Analysis.Pow,
        Analysis.Sin,
        Analysis.Cos,
        Analysis.Tan,
        Analysis.Pi,
        Bitwise.And,
        Bitwise.Or,
        Bitwise.Xor,
        Totals.Max,
        Totals.Min,
        Totals.Sum,
        Casts.Int8,
        Casts.Int16,
        Casts.Int32,
        Casts.Int64,
        Casts.UInt8,
        Casts.UInt16,
        Casts.UInt32,
        Casts.UInt64,
        Casts.Float32,
        Casts.Float64,
        RandomInt.Declaration,
    ];
}
