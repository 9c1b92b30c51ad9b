using Mapping.Values;
using NodaTime;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>What a layout has read so far, and what becomes of it. A month or day of -1 was not given.</summary>
internal ref struct TimeFields
{
    public TimeFields()
    {
    }

    public int Year;
    public int Month = -1;
    public int Day = -1;
    public int YearDay = -1;
    public int Hour;
    public int Minute;
    public int Second;
    public int Nanosecond;

    /// <summary>Null when no half of the day was given.</summary>
    public bool? IsAfternoon;

    public bool IsUtc;
    public int? OffsetSeconds;
    public ReadOnlySpan<byte> Abbreviation;

    /// <summary>Checks the fields against each other; says what is wrong, or null.</summary>
    public string? TryFinish(out Timestamp? moment)
    {
        moment = null;
        Hour = IsAfternoon switch
        {
            true when Hour < 12 => Hour + 12,
            false when Hour == 12 => 0,
            _ => Hour,
        };
        string? problem = YearDay >= 0 ? ApplyYearDay() : null;
        if (problem is not null)
        {
            return problem;
        }

        Month = Month < 0 ? 1 : Month;
        Day = Day < 0 ? 1 : Day;
        if (Day < 1 || Day > CalendarSystem.Iso.GetDaysInMonth(Year, Month))
        {
            return "day out of range";
        }

        LocalDateTime local = new LocalDate(Year, Month, Day) + LocalTime.FromHourMinuteSecondNanosecond(Hour, Minute, Second, Nanosecond);
        return TryPlace(local, out moment);
    }

    private readonly string? TryPlace(LocalDateTime local, out Timestamp? moment)
    {
        if (IsUtc)
        {
            return Outcome(Moments.TryIn(local, DateTimeZone.Utc, out moment));
        }

        if (OffsetSeconds is { } seconds)
        {
            if (Math.Abs(seconds) > 18 * 3600)
            {
                moment = null;
                return "time zone offset out of range";
            }

            var offset = Offset.FromSeconds(seconds);
            DateTimeZone zone = seconds == 0 ? DateTimeZone.Utc : DateTimeZone.ForOffset(offset);
            return Outcome(Moments.TryAt(local, offset, zone, out moment));
        }

        if (Abbreviation.IsEmpty)
        {
            return Outcome(Moments.TryIn(local, DateTimeZone.Utc, out moment));
        }

        moment = null;
        return ZoneText.TryAbbreviated(Abbreviation, local, out DateTimeZone? named)
            ? Outcome(Moments.TryIn(local, named, out moment))
            : "the zone abbreviation is not known, so the time cannot be placed";
    }

    private static string? Outcome(bool made) => made ? null : "out of the range of years";

    private string? ApplyYearDay()
    {
        if (YearDay < 1 || YearDay > CalendarSystem.Iso.GetDaysInYear(Year))
        {
            return "day-of-year out of range";
        }

        LocalDate date = new LocalDate(Year, 1, 1).PlusDays(YearDay - 1);
        if ((Month >= 0 && Month != date.Month) || (Day >= 0 && Day != date.Day))
        {
            return "day-of-year does not match the month and day";
        }

        Month = date.Month;
        Day = date.Day;
        return null;
    }
}
