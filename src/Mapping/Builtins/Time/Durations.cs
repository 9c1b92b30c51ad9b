using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Time;

/// <summary><c>parse_duration</c>, <c>parse_duration_iso8601</c>.</summary>
internal static class Durations
{
    public static readonly Builtin ParseDuration = BuiltinBuilder
        .Method("parse_duration", Category.Time, "Reads a duration such as 1h30m or 1.5s as nanoseconds.")
        .On(Accepts.LenientText)
        .Returns("int64")
        .Static()
        .Example("", "root = this.parse_duration()", ("\"50us\"", "50000"))
        .Example("", "root.delay_s = this.delay.parse_duration() / 1000000000", ("""{"delay":"1m30s"}""", """{"delay_s":90}"""))
        .Body(static (_, target) => DurationText.TryRead(target.AsSpan(), out long nanoseconds)
            ? Value.FromInt64(nanoseconds)
            : Value.Fail($"invalid duration \"{TextForm.Preview(target)}\", expected numbers with units such as 1h30m or 250ms"));

    public static readonly Builtin ParseDurationIso = BuiltinBuilder
        .Method("parse_duration_iso8601", Category.Time, "Reads an ISO 8601 duration as nanoseconds; a month is a twelfth of a year of 31556952 seconds.")
        .Status(BuiltinStatus.Beta)
        .On(Accepts.LenientText)
        .Returns("int64")
        .Static()
        .Example("", "root = this.parse_duration_iso8601()", ("\"PT2.5S\"", "2500000000"))
        .Example("", "root.hours = this.parse_duration_iso8601() / 3600000000000", ("\"P1DT12H\"", """{"hours":36}"""))
        .Body(static (_, target) =>
            IsoPeriod.TryRead(target.AsSpan(), out IsoPeriod? period) && period.TryNanoseconds(out long nanoseconds)
                ? Value.FromInt64(nanoseconds)
                : Value.Fail($"invalid ISO 8601 duration \"{TextForm.Preview(target)}\", expected a form such as P3DT12H or PT2.5S"));
}
