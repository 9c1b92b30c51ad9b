using System.Text;
using Mapping.Builtins.Strings.Patterns;
using Mapping.Values;

namespace Mapping.Extras.Paths;

/// <summary><c>a + b</c> and the like.</summary>
internal sealed class BinaryNode(string name, PathNode left, PathNode right) : PathNode
{
    public override Value Evaluate(PathScope scope)
    {
        Value a = left.Evaluate(scope);
        if (a.IsError)
        {
            return a;
        }

        // The right side is not looked at where the left one decides.
        bool? decided = a.IsBool ? name switch { "&&" when !a.IsTrue => false, "||" when a.IsTrue => true, _ => null } : null;
        if (decided is { } result)
        {
            return Value.FromBool(result);
        }

        if (name == "??" && !a.IsNull && !(a.IsBool && !a.IsTrue))
        {
            return a;
        }

        Value b = right.Evaluate(scope);
        return b.IsError || name == "??" ? b : PathOperators.Apply(name, a, b, scope);
    }
}

/// <summary><c>a =~ "pattern"</c>, <c>a !~ "pattern"</c>.</summary>
internal sealed class MatchNode(bool isNegated, PathNode subject, PathNode pattern, Pattern? compiled) : PathNode
{
    public override Value Evaluate(PathScope scope)
    {
        Value text = subject.Evaluate(scope);
        Value other = text.IsError ? text : pattern.Evaluate(scope);
        if (other.IsError)
        {
            return other;
        }

        Pattern? used = compiled;
        if (used is null && !Pattern.TryCompile(Encoding.UTF8.GetString(PathConversions.ToText(other, scope).AsSpan()), out used, out string? problem))
        {
            return Value.Fail(problem);
        }

        return Value.FromBool(used.IsMatch(PathConversions.ToText(text, scope).AsSpan()) != isNegated);
    }
}

/// <summary><c>-a</c>, <c>!a</c>, <c>~a</c>.</summary>
internal sealed class PrefixNode(char symbol, PathNode operand) : PathNode
{
    public override Value Evaluate(PathScope scope)
    {
        Value value = operand.Evaluate(scope);
        if (value.IsError)
        {
            return value;
        }

        if (symbol == '!')
        {
            return PathConversions.TryBool(value, out bool result) ? Value.FromBool(!result) : Value.Fail($"expected a bool after !, got {value.TypeName}");
        }

        if (!PathConversions.TryNumber(value, out double number))
        {
            return Value.Fail($"expected a number after {symbol}, got {value.TypeName}");
        }

        return Value.FromFloat64(symbol == '-' ? -number : ~Value.FromFloat64(number).ToInt64());
    }
}

/// <summary><c>a ? b : c</c>.</summary>
internal sealed class ConditionNode(PathNode condition, PathNode then, PathNode otherwise) : PathNode
{
    public override Value Evaluate(PathScope scope)
    {
        Value value = condition.Evaluate(scope);
        return value.IsError ? value : (PathConversions.IsZero(value) ? otherwise : then).Evaluate(scope);
    }
}

/// <summary><c>date("2024-01-31")</c>.</summary>
internal sealed class DateNode(PathNode argument) : PathNode
{
    public override Value Evaluate(PathScope scope)
    {
        Value text = argument.Evaluate(scope);
        if (text.IsError)
        {
            return text;
        }

        if (text.IsText && Read(text.AsHostString()) is { } moment)
        {
            return Value.FromTimestamp(moment);
        }

        return Value.Fail("date() expects a date such as 2024-01-31 or 2024-01-31T10:00:00Z");
    }

    /// <summary>A missing time is midnight, a missing offset UTC.</summary>
    private static Timestamp? Read(string text)
    {
        string full = text.Length == 10 ? text + "T00:00:00" : text.Length > 10 ? $"{text[..10]}T{text[11..]}" : text;
        full = full.Length == 16 ? full + ":00" : full;
        full = full.Length == 19 ? full + "Z" : full;
        return Timestamp.TryParseRfc3339(Encoding.UTF8.GetBytes(full), out Timestamp? moment) ? moment : null;
    }
}
