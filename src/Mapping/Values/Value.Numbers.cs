using System.Runtime.CompilerServices;
using Mapping.Values.Json;

namespace Mapping.Values;

/// <summary>Numbers as operations see them.</summary>
internal readonly partial struct Value
{
    /// <summary>
    /// A lexical number as int64, else float64, else, out of range, as the string of its digits. Everything else unchanged.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Value Normalized() => IsLexical ? OfSpelling(this) : this;

    /// <summary>The number as a float; the value must be a normalised number.</summary>
    public double ToFloat64() => Kind switch
    {
        ValueKind.Int64 => AsInt64(),
        ValueKind.UInt64 => AsUInt64(),
        _ => AsFloat64(),
    };

    private static Value OfSpelling(Value number) => NumberText.TryTiny(number.TextOwner, number.TextOffset, number.TextLength, out long mantissa, out int decimals, out bool isNegative)
        ? decimals == 0 ? FromInt64(isNegative ? -mantissa : mantissa) : FromFloat64(NumberText.Scaled(mantissa, decimals, isNegative))
        : OfLongSpelling(number);

    /// <summary>
    /// The value in calculations with a float64; NaN for what is no number, and for what only the general road knows.
    /// </summary>
    public double AsFloatOperand()
    {
        if (IsLexical && NumberText.TryTiny(TextOwner, TextOffset, TextLength, out long mantissa, out int decimals, out bool isNegative))
        {
            // An integer has no negative zero.
            return NumberText.Scaled(mantissa, decimals, isNegative && (mantissa != 0 || decimals != 0));
        }

        Value number = Normalized();
        return number.IsFloat64 ? number.AsFloat64() : number.IsInt64 ? number.AsInt64() : double.NaN;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value OfLongSpelling(Value number)
    {
        ReadOnlySpan<byte> digits = number.AsSpan();
        if (NumberText.TryShort(digits, out long mantissa, out int decimals, out bool isNegative))
        {
            return decimals == 0 ? FromInt64(isNegative ? -mantissa : mantissa) : FromFloat64(NumberText.Scaled(mantissa, decimals, isNegative));
        }

        if (NumberText.TryInt64(digits, out long integer))
        {
            return FromInt64(integer);
        }

        return NumberText.TryDouble(digits, out double real) ? FromFloat64(real) : number.ToStringKind();
    }

    /// <summary>The number truncated toward zero; NaN and floats out of range give the smallest int64.</summary>
    public long ToInt64() => Kind == ValueKind.Float64 ? Truncate(AsFloat64()) : AsInt64();

    /// <summary>Whether a bool or a normalised number counts as true.</summary>
    public bool ToCondition() => Kind == ValueKind.Float64 ? AsFloat64() != 0 : bits != 0;

    /// <summary>The name that <c>type()</c> and messages use.</summary>
    public string TypeName => Kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Bool => "bool",
        ValueKind.Int64 or ValueKind.UInt64 or ValueKind.Float64 or ValueKind.Lexical => "number",
        ValueKind.String => "string",
        ValueKind.Bytes => "bytes",
        ValueKind.Timestamp => "timestamp",
        ValueKind.Array => "array",
        ValueKind.Object => "object",
        ValueKind.Deleted => "delete",
        ValueKind.Nothing => "nothing",
        ValueKind.Query => "query",
        _ => "error",
    };

    internal static long Truncate(double value) => value is >= -9223372036854775808.0 and < 9223372036854775808.0 ? (long)value : long.MinValue;
}
