using System.Globalization;
using System.Runtime.CompilerServices;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Numbers;

/// <summary>
/// <c>int8</c> to <c>uint64</c>, <c>float32</c>, <c>float64</c>. A number of the input is read by its spelling, so that
/// <c>12.0</c> is no integer there. Narrow results are ordinary numbers within the range of their type.
/// </summary>
internal static class Casts
{
    public static readonly Builtin Int8 = Integer("int8", sbyte.MinValue, (ulong)sbyte.MaxValue, "an 8-bit signed integer");
    public static readonly Builtin Int16 = Integer("int16", short.MinValue, (ulong)short.MaxValue, "a 16-bit signed integer");
    public static readonly Builtin Int32 = Integer("int32", int.MinValue, int.MaxValue, "a 32-bit signed integer");
    public static readonly Builtin Int64 = Integer("int64", long.MinValue, long.MaxValue, "a 64-bit signed integer");
    public static readonly Builtin UInt8 = Integer("uint8", 0, byte.MaxValue, "an 8-bit unsigned integer");
    public static readonly Builtin UInt16 = Integer("uint16", 0, ushort.MaxValue, "a 16-bit unsigned integer");
    public static readonly Builtin UInt32 = Integer("uint32", 0, uint.MaxValue, "a 32-bit unsigned integer");
    public static readonly Builtin UInt64 = Integer("uint64", 0, ulong.MaxValue, "a 64-bit unsigned integer");

    public static readonly Builtin Float32 = BuiltinBuilder
        .Method("float32", Category.Numbers, "Rounds a number, or a text that spells one, to the precision of a 32-bit float.")
        .Returns("float32")
        .Example("", "root = this.float32()", ("\"6.674282313423543523453425345e-11\"", "6.674283e-11"))
        .Example("", "root = this.float32()", ("\"twelve\"", "Error: invalid syntax"))
        .Body(static (_, target) => ToFloat(target, single: true));

    public static readonly Builtin Float64 = BuiltinBuilder
        .Method("float64", Category.Numbers, "Converts a number, or a text that spells one, to a 64-bit float.")
        .Returns("float64")
        .Example("", "root = this.float64()", ("\"6.674282313423543523453425345e-11\"", "6.674282313423544e-11"))
        .Example("", "root = this.float64()", ("\"twelve\"", "Error: invalid syntax"))
        .Body(static (_, target) => ToFloat(target, single: false));

    private static Builtin Integer(string name, long least, ulong most, string description) => BuiltinBuilder
        .Method(name, Category.Numbers, $"Converts a number without fraction, or a text that spells one, to {description}.")
        .Returns(name)
        .Example("", $"root = this.{name}()", ("\"0x2A\"", "42"), ("42", "42"))
        .Example("", $"root = this.{name}()", ("\"-99999999999999999999\"", "Error: "))
        .Body(Cast(least, most, description));

    // Integers of 128 bits are only for the slow way: code with them is never compiled ahead.
    private static MethodBody Cast(long least, ulong most, string description)
    {
        long highest = (long)Math.Min(most, long.MaxValue);
        bool isUnsigned = most == ulong.MaxValue;
        return (_, target) => target.OwnsBytes && NumberSyntax.TryPlain(target, out long plain) && plain >= least && plain <= highest
            ? isUnsigned ? Value.FromUInt64((ulong)plain) : Value.FromInt64(plain)
            : ToInteger(target, least, most, description);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value ToInteger(Value target, long least, ulong most, string description)
    {
        Int128 integer;
        switch (target.Kind)
        {
            case ValueKind.Int64:
                integer = target.AsInt64();
                break;
            case ValueKind.UInt64:
                integer = target.AsUInt64();
                break;
            case ValueKind.Float64:
                double real = target.AsFloat64();
                if (Math.Floor(real) != real || double.IsInfinity(real))
                {
                    return Value.Fail($"the number has a fraction or is not finite and cannot be cast as {description}; use round, floor or ceil first");
                }

                integer = Math.Abs(real) < 1e30 ? (Int128)real : real > 0 ? Int128.MaxValue : Int128.MinValue;
                break;
            case ValueKind.String or ValueKind.Bytes or ValueKind.Lexical:
                switch (NumberSyntax.TryInteger(target.AsSpan(), signed: least < 0, out integer))
                {
                    case NumberFault.Syntax:
                        return Value.Fail($"parsing \"{TextForm.Preview(target)}\" as {description}: invalid syntax");
                    case NumberFault.Range:
                        return OutOfRange(target, description);
                }

                break;
            default:
                return Mismatch.Error("number", target);
        }

        if (integer < least || integer > most)
        {
            return OutOfRange(target, description);
        }

        return most == ulong.MaxValue ? Value.FromUInt64((ulong)integer) : Value.FromInt64((long)integer);
    }

    private static Value OutOfRange(Value target, string description) =>
        Value.Fail($"the value {TextForm.Preview(target)} is out of range and cannot be cast as {description}");

    private static Value ToFloat(Value target, bool single)
    {
        double real;
        switch (target.Kind)
        {
            case ValueKind.Int64 or ValueKind.UInt64 or ValueKind.Float64:
                real = target.ToFloat64();
                break;
            case ValueKind.String or ValueKind.Bytes or ValueKind.Lexical:
                NumberFault fault = NumberSyntax.TryFloat(target.AsSpan(), out real);
                if (fault != NumberFault.None)
                {
                    return Value.Fail($"parsing \"{TextForm.Preview(target)}\" as a float: {(fault == NumberFault.Syntax ? "invalid syntax" : "value out of range")}");
                }

                break;
            default:
                return Mismatch.Error("number", target);
        }

        return single ? Narrowed(real) : Value.FromFloat64(real);
    }

    /// <summary>The float of 64 bits whose shortest digits are those of the float of 32 bits.</summary>
    private static Value Narrowed(double real)
    {
        float narrow = (float)real;
        if (float.IsInfinity(narrow) && double.IsFinite(real))
        {
            return Value.Fail("the value is too large to be cast as a 32-bit float");
        }

        return Value.FromFloat64(float.IsFinite(narrow) ? double.Parse(narrow.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : narrow);
    }
}
