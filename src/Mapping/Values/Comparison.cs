namespace Mapping.Values;

internal enum Ordering
{
    Less,
    Equal,
    Greater,

    /// <summary>NaN is involved: no ordering holds.</summary>
    Unordered,
}

/// <summary>Equality and order. The left value decides how the right one is read.</summary>
internal static class Comparison
{
    /// <summary><c>left == right</c>; never fails, walks deep values without recursion.</summary>
    public static bool AreEqual(Value left, Value right)
    {
        if (left.IsText && right.IsText)
        {
            return left.AsSpan().SequenceEqual(right.AsSpan());
        }

        if (left.IsNull || right.IsNull)
        {
            return left.IsNull && right.IsNull;
        }

        if (!left.IsContainer || !right.IsContainer)
        {
            return ScalarsEqual(left, right);
        }

        var pending = new Stack<(Value Left, Value Right)>();
        pending.Push((left, right));
        while (pending.TryPop(out (Value Left, Value Right) pair))
        {
            if (pair.Left.Kind != pair.Right.Kind || pair.Left.Count != pair.Right.Count || !MembersEqual(pair.Left, pair.Right, pending))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Order of two numbers or two texts; false when they cannot be ordered.</summary>
    public static bool TryOrder(Value left, Value right, Arena arena, out Ordering ordering)
    {
        ordering = Ordering.Unordered;
        if (Arithmetic.TryNumbers(ref left, ref right, out ValueKind kind))
        {
            ordering = kind switch
            {
                ValueKind.Float64 => OrderFloats(left.ToFloat64(), right.ToFloat64()),
                ValueKind.Int64 => Order(left.AsInt64().CompareTo(right.AsInt64())),
                _ => Order(left.AsUInt64().CompareTo(right.AsUInt64())),
            };
            return true;
        }

        if (!TextForm.TryText(left, arena, out Value leftText) || !TextForm.TryText(right, arena, out Value rightText))
        {
            return false;
        }

        ordering = Order(leftText.AsSpan().SequenceCompareTo(rightText.AsSpan()));
        return true;
    }

    private static bool MembersEqual(Value left, Value right, Stack<(Value Left, Value Right)> pending)
    {
        if (left.IsArray)
        {
            ElementSequence.Enumerator others = right.Elements.GetEnumerator();
            foreach (Value element in left.Elements)
            {
                if (!others.MoveNext() || !EqualOrPending(element, others.Current, pending))
                {
                    return false;
                }
            }

            return true;
        }

        foreach (Member member in left.Members)
        {
            if (!right.TryGetMember(member.Key.AsSpan(), out Value other) || !EqualOrPending(member.Value, other, pending))
            {
                return false;
            }
        }

        return true;
    }

    private static bool EqualOrPending(Value left, Value right, Stack<(Value Left, Value Right)> pending)
    {
        if (left.IsContainer && right.IsContainer)
        {
            pending.Push((left, right));
            return true;
        }

        return ScalarsEqual(left, right);
    }

    private static bool ScalarsEqual(Value left, Value right)
    {
        if (left.IsLexical && right.IsLexical && left.AsSpan().SequenceEqual(right.AsSpan()))
        {
            return true;
        }

        left = left.Normalized();
        right = right.Normalized();
        switch (left.Kind)
        {
            case ValueKind.Null:
                return right.IsNull;
            case ValueKind.Bool:
                return right.Kind is ValueKind.Bool or ValueKind.Int64 or ValueKind.UInt64 or ValueKind.Float64
                    && left.AsBool() == right.ToCondition();
            case ValueKind.Int64 or ValueKind.UInt64 or ValueKind.Float64:
                return Arithmetic.TryNumbers(ref left, ref right, out ValueKind kind)
                    && (kind == ValueKind.Float64 ? left.ToFloat64() == right.ToFloat64() : left.AsUInt64() == right.AsUInt64());
            case ValueKind.String or ValueKind.Bytes:
                return right.IsText ? left.AsSpan().SequenceEqual(right.AsSpan()) : right.Kind == ValueKind.Timestamp && right.AsTimestamp().TextEquals(left.AsSpan());
            case ValueKind.Timestamp:
                return right.IsText ? left.AsTimestamp().TextEquals(right.AsSpan())
                    : right.Kind == ValueKind.Timestamp && left.AsTimestamp().ToText() == right.AsTimestamp().ToText();
            default:
                return false;
        }
    }

    private static Ordering OrderFloats(double left, double right) =>
        left < right ? Ordering.Less : left > right ? Ordering.Greater : left == right ? Ordering.Equal : Ordering.Unordered;

    private static Ordering Order(int sign) => sign < 0 ? Ordering.Less : sign > 0 ? Ordering.Greater : Ordering.Equal;
}
