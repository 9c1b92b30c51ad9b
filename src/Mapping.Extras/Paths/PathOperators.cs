using Mapping.Extras.Schemas;
using Mapping.Values;

namespace Mapping.Extras.Paths;

/// <summary>The operators between two values. Numbers come first, then texts, then values read as another type.</summary>
internal static class PathOperators
{
    /// <summary>Spelling and precedence; all bind to the left.</summary>
    public static readonly Dictionary<string, int> Precedences = new()
    {
        ["??"] = 0,
        ["||"] = 20,
        ["&&"] = 21,
        ["=="] = 40,
        ["!="] = 40,
        ["=~"] = 40,
        ["!~"] = 40,
        [">"] = 40,
        [">="] = 40,
        ["<"] = 40,
        ["<="] = 40,
        ["in"] = 40,
        ["^"] = 60,
        ["&"] = 60,
        ["|"] = 60,
        ["<<"] = 90,
        [">>"] = 90,
        ["+"] = 120,
        ["-"] = 120,
        ["*"] = 150,
        ["/"] = 150,
        ["%"] = 150,
        ["**"] = 200,
    };

    public static Value Apply(string name, Value left, Value right, PathScope scope)
    {
        switch (name)
        {
            case "==":
                return Value.FromBool(AreEqual(left, right));
            case "!=":
                return Value.FromBool(!AreEqual(left, right));
            case "in":
                return Contains(left, right);
            case "&&" or "||":
                return PathConversions.TryBool(left, out bool a) && PathConversions.TryBool(right, out bool b)
                    ? Value.FromBool(name == "&&" ? a && b : a || b)
                    : Invalid(name, left, right);
        }

        if (left.IsText && right.IsText && OfTexts(name, left, right, scope) is { } text)
        {
            return text;
        }

        if (left.Kind == ValueKind.Timestamp && right.Kind == ValueKind.Timestamp && OfOrder(name, left.AsTimestamp().Instant.CompareTo(right.AsTimestamp().Instant)) is { } order)
        {
            return order;
        }

        if (PathConversions.TryNumber(left, out double x) && PathConversions.TryNumber(right, out double y))
        {
            return OfNumbers(name, x, y);
        }

        return !left.IsNull && !right.IsNull && OfTexts(name, PathConversions.ToText(left, scope), PathConversions.ToText(right, scope), scope) is { } converted
            ? converted
            : Invalid(name, left, right);
    }

    private static bool AreEqual(Value left, Value right)
    {
        if (PathConversions.TryNumber(left, out double x) && PathConversions.TryNumber(right, out double y))
        {
            return x == y;
        }

        return PathConversions.TryBool(left, out bool a) && PathConversions.TryBool(right, out bool b) ? a == b : JsonEquality.AreEqual(left, right);
    }

    private static Value Contains(Value element, Value array)
    {
        if (!array.IsArray)
        {
            return Value.Fail($"expected an array after in, got {array.TypeName}");
        }

        foreach (Value candidate in array.Elements)
        {
            if (JsonEquality.AreEqual(candidate, element))
            {
                return Value.True;
            }
        }

        return Value.False;
    }

    private static Value? OfTexts(string name, Value left, Value right, PathScope scope)
    {
        if (name != "+")
        {
            return OfOrder(name, left.AsSpan().SequenceCompareTo(right.AsSpan()));
        }

        int length = left.TextLength + right.TextLength;
        if (!scope.Context.TryGrow(length, out Value exceeded))
        {
            return exceeded;
        }

        Span<byte> room = scope.Context.Arena.Allocate(length, out byte[] owner, out int offset);
        left.AsSpan().CopyTo(room);
        right.AsSpan().CopyTo(room[left.TextLength..]);
        return Value.FromUtf8(owner, offset, length);
    }

    private static Value? OfOrder(string name, int order) => name switch
    {
        "<" => Value.FromBool(order < 0),
        "<=" => Value.FromBool(order <= 0),
        ">" => Value.FromBool(order > 0),
        ">=" => Value.FromBool(order >= 0),
        _ => null,
    };

    private static Value OfNumbers(string name, double x, double y) => name switch
    {
        "<" => Value.FromBool(x < y),
        "<=" => Value.FromBool(x <= y),
        ">" => Value.FromBool(x > y),
        ">=" => Value.FromBool(x >= y),
        "+" => Value.FromFloat64(x + y),
        "-" => Value.FromFloat64(x - y),
        "*" => Value.FromFloat64(x * y),
        "/" => Value.FromFloat64(x / y),
        "%" => Value.FromFloat64(x % y),
        "**" => Value.FromFloat64(Math.Pow(x, y)),
        "^" => Value.FromFloat64(Whole(x) ^ Whole(y)),
        "&" => Value.FromFloat64(Whole(x) & Whole(y)),
        "|" => Value.FromFloat64(Whole(x) | Whole(y)),
        "<<" => Value.FromFloat64(Whole(y) is >= 0 and < 64 ? Whole(x) << (int)Whole(y) : 0),
        _ => Value.FromFloat64(Whole(x) >> (int)Math.Clamp(Whole(y), 0, 63)),
    };

    private static long Whole(double value) => Value.FromFloat64(value).ToInt64();

    private static Value Invalid(string name, Value left, Value right) => Value.Fail($"invalid operation: {left.TypeName} {name} {right.TypeName}");
}
