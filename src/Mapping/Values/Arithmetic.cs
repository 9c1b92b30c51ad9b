using System.Runtime.CompilerServices;

namespace Mapping.Values;

/// <summary>
/// <c>+ - * / %</c>. A false result means that the operands do not go together; the caller, who knows what they are
/// called, words the error.
/// </summary>
internal static class Arithmetic
{
    public static bool TryAdd(Value left, Value right, Arena arena, out Value result)
    {
        if (TryNumbers(ref left, ref right, out ValueKind kind))
        {
            result = kind switch
            {
                ValueKind.Float64 => Value.FromFloat64(left.ToFloat64() + right.ToFloat64()),
                ValueKind.Int64 => Value.FromInt64(unchecked(left.AsInt64() + right.AsInt64())),
                _ => Value.FromUInt64(unchecked(left.AsUInt64() + right.AsUInt64())),
            };
            return true;
        }

        result = default;
        if (!left.IsText || !TextForm.TryText(right, arena, out Value tail))
        {
            return false;
        }

        result = Concatenate(left, tail, arena);
        return true;
    }

    public static bool TrySubtract(Value left, Value right, out Value result)
    {
        if (!TryNumbers(ref left, ref right, out ValueKind kind))
        {
            result = default;
            return false;
        }

        result = kind switch
        {
            ValueKind.Float64 => Value.FromFloat64(left.ToFloat64() - right.ToFloat64()),
            ValueKind.Int64 => Value.FromInt64(unchecked(left.AsInt64() - right.AsInt64())),
            _ => Value.FromUInt64(unchecked(left.AsUInt64() - right.AsUInt64())),
        };
        return true;
    }

    public static bool TryMultiply(Value left, Value right, out Value result)
    {
        if (!TryNumbers(ref left, ref right, out ValueKind kind))
        {
            result = default;
            return false;
        }

        result = kind switch
        {
            ValueKind.Float64 => Value.FromFloat64(left.ToFloat64() * right.ToFloat64()),
            ValueKind.Int64 => Value.FromInt64(unchecked(left.AsInt64() * right.AsInt64())),
            _ => Value.FromUInt64(unchecked(left.AsUInt64() * right.AsUInt64())),
        };
        return true;
    }

    /// <summary>Always a float; a divisor of zero gives an error value.</summary>
    public static bool TryDivide(Value left, Value right, out Value result)
    {
        // Division is in floats from the start: -0 keeps its sign.
        left = FloatIfLexical(left);
        right = FloatIfLexical(right);
        if (!TryNumbers(ref left, ref right, out _))
        {
            result = default;
            return false;
        }

        double divisor = right.ToFloat64();
        result = divisor == 0 ? Value.Fail("attempted to divide by zero") : Value.FromFloat64(left.ToFloat64() / divisor);
        return true;
    }

    /// <summary>Both sides truncated to int64 first; the sign is that of the left side.</summary>
    public static bool TryModulo(Value left, Value right, out Value result)
    {
        if (!TryNumbers(ref left, ref right, out _))
        {
            result = default;
            return false;
        }

        long divisor = right.ToInt64();
        result = divisor switch
        {
            0 => Value.Fail("attempted to divide by zero"),
            -1 => Value.FromInt64(0),
            _ => Value.FromInt64(left.ToInt64() % divisor),
        };
        return true;
    }

    /// <summary>
    /// Brings two numbers to the representation they are calculated in: a float if either is one, else int64 unless both
    /// are uint64 (a lone uint64 is reinterpreted).
    /// </summary>
    internal static bool TryNumbers(ref Value left, ref Value right, out ValueKind kind)
    {
        if (left.IsInt64 && right.IsInt64)
        {
            kind = ValueKind.Int64;
            return true;
        }

        left = left.Normalized();
        right = right.Normalized();
        kind = ValueKind.Int64;
        if (left.Kind is not (ValueKind.Int64 or ValueKind.UInt64 or ValueKind.Float64)
            || right.Kind is not (ValueKind.Int64 or ValueKind.UInt64 or ValueKind.Float64))
        {
            return false;
        }

        if (left.IsFloat64 || right.IsFloat64)
        {
            kind = ValueKind.Float64;
        }
        else if (left.Kind == ValueKind.UInt64 && right.Kind == ValueKind.UInt64)
        {
            kind = ValueKind.UInt64;
        }

        return true;
    }

    private static Value FloatIfLexical(Value value) =>
        value.IsLexical && Json.NumberText.TryDouble(value.AsSpan(), out double real) ? Value.FromFloat64(real) : value;

    /// <summary>Two strings one after the other. The JSON text of quoted ones needs no look at their bytes.</summary>
    internal static Value Concatenate(Value head, Value tail, Arena arena)
    {
        if ((long)head.TextLength + tail.TextLength > Value.MaxBytes - 2)
        {
            return Value.Fail("the text would be too long");
        }

        bool isQuoted = head.IsQuotedText && tail.IsQuotedText;
        int length = head.TextLength + tail.TextLength;
        int start = arena.BeginText(length, out byte[] owner);
        Append(head, owner, start);
        Append(tail, owner, start + head.TextLength);
        return Arena.EndText(owner, start, length, isQuoted);
    }

    /// <summary>Three strings one after the other.</summary>
    internal static Value Concatenate(Value head, Value middle, Value tail, Arena arena)
    {
        long whole = (long)head.TextLength + middle.TextLength + tail.TextLength;
        if (whole > Value.MaxBytes - 2)
        {
            return Value.Fail("the text would be too long");
        }

        bool isQuoted = head.IsQuotedText && middle.IsQuotedText && tail.IsQuotedText;
        int length = (int)whole;
        int start = arena.BeginText(length, out byte[] owner);
        Append(head, owner, start);
        Append(middle, owner, start + head.TextLength);
        Append(tail, owner, start + head.TextLength + middle.TextLength);
        return Arena.EndText(owner, start, length, isQuoted);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Append(Value text, byte[] target, int at) => ByteCopy.Append(text.TextOwner, text.TextOffset, text.TextLength, target, at);
}
