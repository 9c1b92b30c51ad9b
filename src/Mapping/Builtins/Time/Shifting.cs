using Mapping.Builtins.Time.Layouts;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Time;

/// <summary><c>ts_round</c>, <c>ts_sub</c>, <c>ts_add_iso8601</c>, <c>ts_sub_iso8601</c>.</summary>
internal static class Shifting
{
    /// <summary>Nanoseconds from the beginning of the year 1, where rounding counts from, to 1970.</summary>
    private static readonly Int128 YearOneTo1970 = (Int128)62_135_596_800 * 1_000_000_000;

    public static readonly Builtin Round = Draft("ts_round", "Rounds a timestamp to a multiple of a duration; halves go up.")
        .Parameter("duration", ParameterType.Int64, "Nanoseconds; zero and below change nothing.")
        .Example("", "root.t = this.t.ts_round(\"1h\".parse_duration())", ("""{"t":"2020-08-14T05:54:23Z"}""", """{"t":"2020-08-14T06:00:00Z"}"""))
        .Example("", "root.t = this.t.ts_round(1000000000)", ("""{"t":"2020-08-14T05:54:23.4Z"}""", """{"t":"2020-08-14T05:54:23Z"}"""))
        .Body(static (EvaluationContext _, Value target, Value duration) => RoundTo(target, duration.AsInt64()));

    public static readonly Builtin Sub = Draft("ts_sub", "Gives the nanoseconds from another timestamp to this one.", "int64")
        .Parameter("t2", ParameterType.Timestamp, "The timestamp to subtract.")
        .Example("", "root = this.a.ts_sub(this.b)", ("""{"a":"2020-08-14T05:54:24Z","b":"2020-08-14T05:54:23Z"}""", "1000000000"))
        .Example("", "root = this.a.ts_sub(this.b).abs()", ("""{"a":0,"b":1}""", "1000000000"))
        .Body(static (EvaluationContext _, Value target, Value other) => Difference(target, other));

    public static readonly Builtin Add = Draft("ts_add_iso8601", "Adds a duration of ISO 8601; years, months and days go by the calendar.")
        .Parameter("duration", ParameterType.String, "Such as P1Y2M10DT2H30M.")
        .Prepare(ParsePeriod)
        .Example("", "root.t = this.t.ts_add_iso8601(\"P1M\")", ("""{"t":"2024-05-01T12:00:00Z"}""", """{"t":"2024-06-01T12:00:00Z"}"""))
        .Example("", "root.t = this.t.ts_add_iso8601(\"PT90M\")", ("""{"t":"2024-12-31T23:30:00Z"}""", """{"t":"2025-01-01T01:00:00Z"}"""))
        .Body<IsoPeriod>(static (_, target, period, _) => Move(target, period, 1));

    public static readonly Builtin Subtract = Draft("ts_sub_iso8601", "Subtracts a duration of ISO 8601; years, months and days go by the calendar.")
        .Parameter("duration", ParameterType.String, "Such as P1Y2M10DT2H30M.")
        .Prepare(ParsePeriod)
        .Example("", "root.t = this.t.ts_sub_iso8601(\"P1D\")", ("""{"t":"2024-03-01T00:00:00Z"}""", """{"t":"2024-02-29T00:00:00Z"}"""))
        .Example("", "root.t = this.t.ts_sub_iso8601(\"PT0.5S\")", ("""{"t":"2024-03-01T00:00:01Z"}""", """{"t":"2024-03-01T00:00:00.5Z"}"""))
        .Body<IsoPeriod>(static (_, target, period, _) => Move(target, period, -1));

    private static BuiltinBuilder Draft(string name, string summary, string returns = "timestamp") => BuiltinBuilder
        .Method(name, Category.Time, summary)
        .On(Accepts.TimestampLike)
        .Returns(returns)
        .Status(BuiltinStatus.Beta)
        .Static();

    private static Preparation ParsePeriod(BuiltinServices services, ReadOnlySpan<Value> arguments)
    {
        string? problem = IsoPeriod.TryParse(arguments[0].AsSpan(), out IsoPeriod? period);
        return problem is null ? Preparation.Ready(period!) : Preparation.Refuse(problem);
    }

    private static Value RoundTo(Value target, long duration)
    {
        if (duration <= 0)
        {
            return target;
        }

        Timestamp moment = target.AsTimestamp();
        Int128 since = Moments.Nanoseconds(moment) + YearOneTo1970;
        Int128 rest = since % duration;
        rest += rest < 0 ? duration : 0;
        Int128 rounded = since - rest + (rest + rest >= duration ? duration : 0);
        return Moments.TryFromNanoseconds(rounded - YearOneTo1970, moment.Moment.Zone, out Timestamp? result)
            ? Value.FromTimestamp(result)
            : Value.Fail("the rounded time is outside of the years 0 to 9999");
    }

    private static Value Difference(Value target, Value other)
    {
        Int128 nanoseconds = Moments.Nanoseconds(target.AsTimestamp()) - Moments.Nanoseconds(other.AsTimestamp());
        return nanoseconds < long.MinValue || nanoseconds > long.MaxValue
            ? Value.Fail("the timestamps are too far apart to be counted in nanoseconds")
            : Value.FromInt64((long)nanoseconds);
    }

    private static Value Move(Value target, IsoPeriod period, int direction) =>
        period.TryAddTo(target.AsTimestamp(), direction, out Timestamp? moment)
            ? Value.FromTimestamp(moment!)
            : Value.Fail("the resulting time is outside of the years 0 to 9999");
}
