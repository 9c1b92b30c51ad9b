using System.IO.Hashing;
using Mapping.Values;

namespace Mapping.Extras.Schemas;

/// <summary>Equality as JSON schemas see it: numbers by their value, and a bool is no number.</summary>
internal static class JsonEquality
{
    public static bool AreEqual(Value left, Value right)
    {
        var pending = new Stack<(Value Left, Value Right)>();
        pending.Push((left, right));
        while (pending.TryPop(out (Value Left, Value Right) pair))
        {
            if (!AreAlike(pair.Left, pair.Right, pending))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Equal values have equal hashes; containers count only by their size and first text.</summary>
    public static ulong Hash(Value value) => value.Kind switch
    {
        ValueKind.Null => 1,
        ValueKind.Bool => value.AsBool() ? 2UL : 3UL,
        ValueKind.Array => 5 + (ulong)value.Count * 31 + (value.Count > 0 ? HashLeaf(value.ElementAt(0)) * 17 : 0),
        ValueKind.Object => 7 + ((ulong)value.Count * 37) + Sum(value),
        _ => HashLeaf(value),
    };

    private static ulong Sum(Value source)
    {
        ulong sum = 0;
        foreach (Member member in source.Members)
        {
            sum += HashLeaf(member.Key) ^ (HashLeaf(member.Value) * 3);
        }

        return sum;
    }

    private static ulong HashLeaf(Value value)
    {
        if (value.IsText)
        {
            return XxHash3.HashToUInt64(value.AsSpan());
        }

        return value.IsNumber && value.Normalized() is { IsNumber: true } number ? BitConverter.DoubleToUInt64Bits(number.ToFloat64() + 0.0) : 11;
    }

    private static bool AreAlike(Value left, Value right, Stack<(Value Left, Value Right)> pending)
    {
        if (left.IsNumber || right.IsNumber)
        {
            return left.IsNumber && right.IsNumber && DecimalNumber.Of(left).CompareTo(DecimalNumber.Of(right)) == 0;
        }

        if (left.IsText || right.IsText)
        {
            return left.IsText && right.IsText && left.AsSpan().SequenceEqual(right.AsSpan());
        }

        if (left.Kind != right.Kind)
        {
            return false;
        }

        return left.Kind switch
        {
            ValueKind.Bool => left.AsBool() == right.AsBool(),
            ValueKind.Array => left.Count == right.Count && PushElements(left, right, pending),
            ValueKind.Object => left.Count == right.Count && PushMembers(left, right, pending),
            ValueKind.Timestamp => left.AsTimestamp().ToText() == right.AsTimestamp().ToText(),
            _ => true,
        };
    }

    private static bool PushElements(Value left, Value right, Stack<(Value Left, Value Right)> pending)
    {
        ElementSequence.Enumerator others = right.Elements.GetEnumerator();
        foreach (Value element in left.Elements)
        {
            others.MoveNext();
            pending.Push((element, others.Current));
        }

        return true;
    }

    private static bool PushMembers(Value left, Value right, Stack<(Value Left, Value Right)> pending)
    {
        foreach (Member member in left.Members)
        {
            if (!right.TryGetMember(member.Key.AsSpan(), out Value other))
            {
                return false;
            }

            pending.Push((member.Value, other));
        }

        return true;
    }
}
