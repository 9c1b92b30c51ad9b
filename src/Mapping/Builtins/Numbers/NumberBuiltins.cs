using Mapping.Functions;

namespace Mapping.Builtins.Numbers;

/// <summary>The list of this folder.</summary>
internal static class NumberBuiltins
{
    public static IReadOnlyList<BuiltinGroup> All { get; } =
    [
        new(".abs .ceil .floor .round", static () => [Rounding.Abs, Rounding.Ceil, Rounding.Floor, Rounding.Round]),
        new(
            ".log .log10 .pow .sin .cos .tan pi()",
            static () => [Analysis.Log, Analysis.Log10, Analysis.Pow, Analysis.Sin, Analysis.Cos, Analysis.Tan, Analysis.Pi]),
        new(".bitwise_and .bitwise_or .bitwise_xor", static () => [Bitwise.And, Bitwise.Or, Bitwise.Xor]),
        new(".max .min .sum", static () => [Totals.Max, Totals.Min, Totals.Sum]),
        new(
            ".int8 .int16 .int32 .int64 .uint8 .uint16 .uint32 .uint64 .float32 .float64",
            static () => [Casts.Int8, Casts.Int16, Casts.Int32, Casts.Int64, Casts.UInt8, Casts.UInt16, Casts.UInt32, Casts.UInt64, Casts.Float32, Casts.Float64]),
        new("random_int()", static () => [RandomInt.Declaration]),
    ];
}
