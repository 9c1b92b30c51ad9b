using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Time;

/// <summary><c>parse_duration</c>, <c>parse_duration_iso8601</c>.</summary>
internal static class Durations
{
    public static readonly Builtin Parse = BuiltinBuilder
        .Method("parse_duration", Category.Time, "Reads a duration such as 1h15m30.5s as nanoseconds.")
        .On(Accepts.LenientText)
        .Returns("int64")
        .Static()
        .Example("", "root = this.parse_duration()", ("\"1h15m\"", "4500000000000"))
        .Example("", "root = this.parse_duration() / 1000000000", ("\"-90s\"", "-90"))
        .Body(static (_, target) => DurationText.TryParse(target.AsSpan(), out long nanoseconds) is { } problem ? Value.Fail(problem) : Value.FromInt64(nanoseconds));

    public static readonly Builtin ParseIso = BuiltinBuilder
        .Method("parse_duration_iso8601", Category.Time, "Reads a duration of ISO 8601 as nanoseconds; years and months count with their average length.")
        .On(Accepts.LenientText)
        .Returns("int64")
        .Status(BuiltinStatus.Beta)
        .Static()
        .Example("", "root = this.parse_duration_iso8601()", ("\"P1DT12H\"", "129600000000000"))
        .Example("", "root = this.parse_duration_iso8601()", ("\"PT0.25S\"", "250000000"))
        .Body(ReadIso);

    private static Value ReadIso(EvaluationContext context, Value target)
    {
        string? problem = IsoPeriod.TryParse(target.AsSpan(), out IsoPeriod? period);
        if (problem is not null)
        {
            return Value.Fail(problem);
        }

        return period!.TryNanoseconds(out long nanoseconds)
            ? Value.FromInt64(nanoseconds)
            : Value.Fail("the duration is too long to be counted in nanoseconds");
    }
}
