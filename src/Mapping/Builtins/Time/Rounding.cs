using Mapping.Builtins.Time.Layouts;
using Mapping.Functions;
using Mapping.Values;
using NodaTime;

namespace Mapping.Builtins.Time;

/// <summary><c>ts_round</c>.</summary>
internal static class Rounding
{
    private static readonly Int128 FromYearOne = Nanoseconds(new LocalDateTime(1, 1, 1, 0, 0));

    public static readonly Builtin TsRound = BuiltinBuilder
        .Method("ts_round", Category.Time, "Rounds a time to a multiple of a duration, counted from year 1 in UTC; halves go up.")
        .On(Accepts.TimestampLike)
        .Returns("timestamp")
        .Status(BuiltinStatus.Beta)
        .Static()
        .Parameter("duration", ParameterType.Int64, "Nanoseconds; zero and less leave the time as it is.")
        .Example("To the hour.", "root = this.ts_round(\"1h\".parse_duration())", ("\"2020-08-14T05:54:23Z\"", "\"2020-08-14T06:00:00Z\""))
        .Example("", "root.at = this.at.ts_round(60000000000)", ("""{"at":"2020-08-14T05:54:29Z"}""", """{"at":"2020-08-14T05:54:00Z"}"""))
        .Body(static (context, target, duration) =>
        {
            long step = duration.AsInt64();
            if (step <= 0)
            {
                return target;
            }

            Int128 size = Moments.Nanoseconds(target.AsTimestamp()) - FromYearOne;
            Int128 rest = ((size % step) + step) % step;
            Int128 rounded = size - rest + (rest + rest < step ? 0 : step);
            return Moments.TryFromNanoseconds(rounded + FromYearOne, target.AsTimestamp().Moment.Zone, out Timestamp? moment)
                ? Value.FromTimestamp(moment)
                : Value.Fail("the rounded time is out of the range of years");
        });

    private static Int128 Nanoseconds(LocalDateTime utc) => Moments.Nanoseconds(new Timestamp(utc.InUtc()));
}
