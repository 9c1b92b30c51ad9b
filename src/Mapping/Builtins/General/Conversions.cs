using System.Runtime.CompilerServices;
using Mapping.Builtins.Numbers;
using Mapping.Functions;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Builtins.General;

/// <summary><c>string</c>, <c>bytes</c>, <c>bool</c>, <c>number</c>, <c>timestamp</c>, <c>array</c>.</summary>
internal static class Conversions
{
    public static readonly Builtin String = BuiltinBuilder
        .Method("string", Category.Coercion, "Gives the text form of any value; arrays and objects become JSON.")
        .Returns("string")
        .Example("", "root.v = this.v.string()", ("""{"v":1.50}""", """{"v":"1.50"}"""))
        .Example("", "root.v = this.v.string()", ("""{"v":{"b":1,"a":[]}}""", """{"v":"{\"a\":[],\"b\":1}"}"""))
        .Body(static (context, target) => Grown(context, TextForm.ToText(target, context.Arena)));

    public static readonly Builtin Bytes = BuiltinBuilder
        .Method("bytes", Category.Coercion, "Gives the bytes of the text form of any value.")
        .Returns("bytes")
        .Example("", "root.n = this.v.bytes().length()", ("""{"v":"é"}""", """{"n":2}"""))
        .Example("Nested bytes are printed in base64.", "root.v = this.v.bytes()", ("""{"v":"hi"}""", """{"v":"aGk="}"""))
        .Body(static (context, target) => Grown(context, TextForm.ToText(target, context.Arena).ToBytesKind()));

    public static readonly Builtin Bool = BuiltinBuilder
        .Method("bool", Category.Coercion, "Converts a number or a text such as `true`, `f` or `1` to a bool.")
        .Returns("bool")
        .SeesErrors()
        .Optional("default", ParameterType.Bool, "The result where the conversion, or the target, fails.")
        .Example("", "root = this.bool()", ("\"true\"", "true"), ("0", "false"))
        .Example("", "root = this.bool(false)", ("\"maybe\"", "false"))
        .Body(static (EvaluationContext _, Value target, Value otherwise) => OrDefault(target, ToBool(target), otherwise));

    public static readonly Builtin Number = BuiltinBuilder
        .Method("number", Category.Coercion, "Converts a text that spells a number to a number.")
        .Returns("float64")
        .SeesErrors()
        .Optional("default", ParameterType.Float64, "The result where the conversion, or the target, fails.")
        .Example("", "root = this.number() + 1", ("\"2.5\"", "3.5"))
        .Example("", "root = this.number(5)", ("\"nope\"", "5"))
        .Body(static (EvaluationContext _, Value target, Value otherwise) =>
            target.OwnsBytes && NumberText.TryFewDigits(target.TextOwner, target.TextOffset, target.TextLength, out long integer)
                ? Value.FromFloat64(integer)
                : ToNumberOr(target, otherwise));

    public static readonly Builtin Timestamp = BuiltinBuilder
        .Method("timestamp", Category.Coercion, "Converts Unix seconds or RFC 3339 text to a timestamp.")
        .Returns("timestamp")
        .SeesErrors()
        .Optional("default", ParameterType.Timestamp, "The result where the conversion, or the target, fails.")
        .Example("", "root.t = this.timestamp().ts_tz(\"UTC\")", ("0", """{"t":"1970-01-01T00:00:00Z"}"""))
        .Example("", "root.t = this.timestamp(\"2000-01-01T00:00:00Z\")", ("\"soon\"", """{"t":"2000-01-01T00:00:00Z"}"""))
        .Body(static (EvaluationContext _, Value target, Value otherwise) => OrDefault(target, ToTimestamp(target), otherwise));

    public static readonly Builtin Array = BuiltinBuilder
        .Method("array", Category.Coercion, "Gives an array as it is, and anything else as an array of one element.")
        .Returns("array")
        .Example("", "root = this.array()", ("\"a\"", """["a"]"""))
        .Example("", "root = this.array()", ("[1,2]", "[1,2]"))
        .Body(ToArray);

    private static Value Grown(EvaluationContext context, Value text) => context.TryGrow(text.TextLength, out Value exceeded) ? text : exceeded;

    /// <summary>A default covers failures of the conversion and of the target, but no exceeded limit.</summary>
    private static Value OrDefault(Value target, Value converted, Value otherwise)
    {
        Value result = target.IsError ? target : converted;
        return result.IsError && !result.AsError().IsFatal && !otherwise.IsAbsent ? otherwise : result;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value ToNumberOr(Value target, Value otherwise) =>
        target.OwnsBytes && NumberText.TryShort(target.AsSpan(), out long mantissa, out int decimals, out bool isNegative)
            ? Value.FromFloat64(NumberText.Scaled(mantissa, decimals, isNegative))
            : OrDefault(target, ToNumber(target), otherwise);

    private static Value ToBool(Value target)
    {
        Value value = target.Normalized();
        switch (value.Kind)
        {
            case ValueKind.Bool:
                return value;
            case ValueKind.Int64 or ValueKind.UInt64 or ValueKind.Float64:
                return Value.FromBool(value.ToCondition());
            case ValueKind.String or ValueKind.Bytes:
                ReadOnlySpan<byte> text = value.AsSpan();
                if (text.SequenceEqual("true"u8) || text.SequenceEqual("TRUE"u8) || text.SequenceEqual("True"u8) || text is [(byte)'t' or (byte)'T' or (byte)'1'])
                {
                    return Value.True;
                }

                if (text.SequenceEqual("false"u8) || text.SequenceEqual("FALSE"u8) || text.SequenceEqual("False"u8) || text is [(byte)'f' or (byte)'F' or (byte)'0'])
                {
                    return Value.False;
                }

                break;
        }

        return Mismatch.Error("bool", target);
    }

    private static Value ToNumber(Value target)
    {
        switch (target.Kind)
        {
            case ValueKind.Int64:
                return Totals.Exact(target.AsInt64());
            case ValueKind.UInt64:
                return Totals.Exact(target.AsUInt64());
            case ValueKind.Float64:
                return target;
            case ValueKind.String or ValueKind.Bytes or ValueKind.Lexical:
                return ParseNumber(target);
            default:
                return Mismatch.Error("number", target);
        }
    }

    private static Value ParseNumber(Value text)
    {
        NumberFault fault = NumberSyntax.TryFloat(text.AsSpan(), out double real);
        if (fault != NumberFault.None)
        {
            return Value.Fail($"parsing \"{TextForm.Preview(text)}\" as a number: {(fault == NumberFault.Syntax ? "invalid syntax" : "value out of range")}");
        }

        // Plain digits that a float cannot hold stay the integer they spell.
        bool digits = text.TextLength > 15 && text.AsSpan().TrimStart("+-"u8).IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        return digits && long.TryParse(text.AsSpan(), System.Globalization.CultureInfo.InvariantCulture, out long integer)
            ? Totals.Exact(integer)
            : Value.FromFloat64(real);
    }

    private static Value ToTimestamp(Value target)
    {
        Value moment = target;
        if (!target.IsError && !Coercion.TryTimestamp(ref moment))
        {
            return target.IsText ? Value.Fail($"parsing time \"{TextForm.Preview(target)}\": not in the form of RFC 3339") : Mismatch.Error("timestamp", target);
        }

        return moment;
    }

    private static Value ToArray(EvaluationContext context, Value target)
    {
        if (target.IsArray)
        {
            return target;
        }

        ArrayNode single = context.Arena.NewArray(1);
        single.Add(target.Frozen());
        return context.Checked(Value.FromArray(single));
    }
}
