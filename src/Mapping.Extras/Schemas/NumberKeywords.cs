using System.Globalization;
using Mapping.Values;

namespace Mapping.Extras.Schemas;

/// <summary><c>minimum</c>, <c>maximum</c> and their exclusive forms.</summary>
/// <param name="bound">The limit.</param>
/// <param name="isUpper">The value must be below the limit.</param>
/// <param name="isExclusive">The limit itself is not allowed.</param>
internal sealed class BoundKeyword(Value bound, bool isUpper, bool isExclusive) : Keyword
{
    private readonly DecimalNumber limit = DecimalNumber.Of(bound);
    private readonly string message =
        $"must be {(isUpper ? "less" : "greater")} than {(isExclusive ? string.Empty : "or equal to ")}{NumberNames.Of(bound)}";

    public override void Check(Validation run, Value value)
    {
        if (!value.IsNumber)
        {
            return;
        }

        int order = DecimalNumber.Of(value).CompareTo(limit);
        if ((isUpper ? order > 0 : order < 0) || (isExclusive && order == 0))
        {
            run.Report(message);
        }
    }
}

/// <summary><c>multipleOf</c>.</summary>
internal sealed class MultipleKeyword(Value factor) : Keyword
{
    private readonly DecimalNumber unit = DecimalNumber.Of(factor);
    private readonly string message = $"must be a multiple of {NumberNames.Of(factor)}";

    public override void Check(Validation run, Value value)
    {
        if (value.IsNumber && !DecimalNumber.Of(value).IsMultipleOf(unit))
        {
            run.Report(message);
        }
    }
}

/// <summary>Numbers of a schema in messages.</summary>
internal static class NumberNames
{
    public static string Of(Value number) =>
        number.Normalized() is { IsFloat64: true } real ? real.AsFloat64().ToString("G10", CultureInfo.InvariantCulture) : number.ToString();
}
