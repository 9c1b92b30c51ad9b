using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Extras.Paths;

/// <summary>How operators and selectors read values of other types.</summary>
internal static class PathConversions
{
    /// <summary>Numbers, and texts that spell one.</summary>
    public static bool TryNumber(Value value, out double number)
    {
        value = value.Normalized();
        if (value.IsText)
        {
            return NumberText.TryDouble(value.AsSpan(), out number);
        }

        bool isNumber = value.IsNumber;
        number = isNumber ? value.ToFloat64() : 0;
        return isNumber;
    }

    /// <summary>Bools, null, numbers, and texts that spell a bool or number.</summary>
    public static bool TryBool(Value value, out bool result)
    {
        result = value.IsTrue;
        if (value.IsBool || value.IsNull)
        {
            return true;
        }

        if (value.IsText && value.AsSpan() is var text && (text.SequenceEqual("true"u8) || text.SequenceEqual("TRUE"u8)))
        {
            result = true;
            return true;
        }

        if (value.IsText && value.AsSpan() is var other && (other.SequenceEqual("false"u8) || other.SequenceEqual("FALSE"u8)))
        {
            return true;
        }

        bool isNumber = TryNumber(value, out double number);
        result = isNumber && number != 0;
        return isNumber;
    }

    /// <summary>Whether a filter lets an element pass: anything that is there and does not mean false.</summary>
    public static bool Holds(Value value) => !value.IsError && (!TryBool(value, out bool result) || result);

    /// <summary>Whether the condition of <c>? :</c> counts as false.</summary>
    public static bool IsZero(Value value)
    {
        value = value.Normalized();
        return value.IsNull || (value.IsBool && !value.IsTrue) || (value.IsNumber && value.ToFloat64() == 0) || (value.IsText && value.TextLength == 0);
    }

    public static Value ToText(Value value, PathScope scope) => TextForm.ToText(value, scope.Context.Arena, escapeHtml: false);
}
