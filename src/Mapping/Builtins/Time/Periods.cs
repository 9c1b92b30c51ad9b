using Mapping.Builtins.Time.Layouts;
using Mapping.Functions;
using Mapping.Values;
using NodaTime;

namespace Mapping.Builtins.Time;

/// <summary><c>ts_add_iso8601</c>, <c>ts_sub_iso8601</c>: years, months and days by the calendar, the rest exactly.</summary>
internal static class Periods
{
    private static readonly Int128 MostMonths = 12 * 20_000;

    public static readonly Builtin TsAdd = BuiltinBuilder
        .Method("ts_add_iso8601", Category.Time, "Adds an ISO 8601 duration to a time.")
        .On(Accepts.TimestampLike)
        .Returns("timestamp")
        .Status(BuiltinStatus.Beta)
        .Static()
        .Parameter("duration", ParameterType.String, "A duration such as P1Y2M3DT12H.")
        .Example("", "root = this.ts_add_iso8601(\"P3DT12H\")", ("\"2020-08-14T00:00:00Z\"", "\"2020-08-17T12:00:00Z\""))
        .Example("A month that is too short flows over.", "root.at = this.at.ts_add_iso8601(\"P1M\")", ("""{"at":"2020-01-31T00:00:00Z"}""", """{"at":"2020-03-02T00:00:00Z"}"""))
        .Prepare(Prepare)
        .Body<IsoPeriod>(static (_, target, period, _) => Shift(target.AsTimestamp(), period, backwards: false));

    public static readonly Builtin TsSub = BuiltinBuilder
        .Method("ts_sub_iso8601", Category.Time, "Subtracts an ISO 8601 duration from a time.")
        .On(Accepts.TimestampLike)
        .Returns("timestamp")
        .Status(BuiltinStatus.Beta)
        .Static()
        .Parameter("duration", ParameterType.String, "A duration such as P1Y2M3DT12H.")
        .Example("", "root = this.ts_sub_iso8601(\"P3DT12H\")", ("\"2020-08-17T12:00:00Z\"", "\"2020-08-14T00:00:00Z\""))
        .Example("", "root.at = this.at.ts_sub_iso8601(\"PT30M\")", ("""{"at":"2020-01-01T00:00:00Z"}""", """{"at":"2019-12-31T23:30:00Z"}"""))
        .Prepare(Prepare)
        .Body<IsoPeriod>(static (_, target, period, _) => Shift(target.AsTimestamp(), period, backwards: true));

    private static Preparation Prepare(BuiltinServices services, ReadOnlySpan<Value> arguments) =>
        IsoPeriod.TryRead(arguments[0].AsSpan(), out IsoPeriod? period)
            ? Preparation.Ready(period)
            : Preparation.Refuse($"invalid ISO 8601 duration \"{TextForm.Preview(arguments[0])}\", expected a form such as P3DT12H or PT2.5S");

    private static Value Shift(Timestamp start, IsoPeriod period, bool backwards)
    {
        int sign = period.IsNegative != backwards ? -1 : 1;
        Int128 months = period.Months;
        Int128 days = period.Days;
        if (Int128.Abs(months) > MostMonths || Int128.Abs(days) > MostMonths * 31)
        {
            return Value.Fail("the time would be out of the range of years");
        }

        DateTimeZone zone = start.Moment.Zone;
        if (!TryShiftDate(start.Moment.LocalDateTime, sign * (int)months, sign * (int)days, out LocalDateTime local)
            || !Moments.TryIn(local, zone, out Timestamp? shifted)
            || !Moments.TryFromNanoseconds(Moments.Nanoseconds(months == 0 && days == 0 ? start : shifted) + (sign * period.Nanoseconds), zone, out shifted))
        {
            return Value.Fail("the time would be out of the range of years");
        }

        return Value.FromTimestamp(shifted);
    }

    /// <summary>Months first; a day the month does not have flows into the next.</summary>
    private static bool TryShiftDate(LocalDateTime local, int months, int days, out LocalDateTime shifted)
    {
        int month = (local.Year * 12) + local.Month - 1 + months;
        int year = Math.DivRem(month, 12, out int rest);
        if (rest < 0)
        {
            rest += 12;
            year--;
        }

        shifted = local;
        if (year is < -1_000 or > 11_000)
        {
            return false;
        }

        LocalDate first = new(year, rest + 1, 1);
        long daysAfter = (long)local.Day - 1 + days;
        if (Math.Abs(daysAfter) > 4_000_000 || Math.Abs(first.Year + (daysAfter / 365)) > 9_990)
        {
            return false;
        }

        shifted = first.PlusDays((int)daysAfter) + local.TimeOfDay;
        return true;
    }
}
