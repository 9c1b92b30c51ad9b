using Mapping.Values;
using NodaTime;
using NodaTime.Calendars;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>What a strftime format has read so far, and what becomes of it; null is what was not given.</summary>
internal ref struct StrptimeFields
{
    public StrptimeFields()
    {
    }

    public int? Year;
    public int? Century;
    public int? ShortYear;
    public int? WeekYear;
    public int? Month;
    public int? Day;
    public int? YearDay;

    /// <summary>From Sunday.</summary>
    public int? Weekday;
    public int? IsoWeek;
    public int? SundayWeek;
    public int? MondayWeek;
    public int Hour;
    public int Minute;
    public int Second;
    public int Nanosecond;
    public bool? IsAfternoon;
    public long? UnixSeconds;
    public int? OffsetSeconds;
    public ReadOnlySpan<byte> Abbreviation;

    /// <summary>Checks the fields against each other; says what is wrong, or null.</summary>
    public readonly string? TryFinish(out Timestamp? moment)
    {
        if (UnixSeconds is { } seconds)
        {
            return Moments.TryFromNanoseconds(((Int128)seconds * NodaConstants.NanosecondsPerSecond) + Nanosecond, DateTimeZone.Utc, out moment)
                ? null
                : "the Unix time is out of range";
        }

        moment = null;
        string? problem = TryDate(out LocalDate date);
        if (problem is not null)
        {
            return problem;
        }

        // A second of 60 rolls over, as leap seconds are not counted.
        var fields = new TimeFields
        {
            Year = date.Year,
            Month = date.Month,
            Day = date.Day,
            Hour = Hour,
            Minute = Minute,
            Second = Math.Min(Second, 59),
            Nanosecond = Nanosecond,
            IsAfternoon = IsAfternoon,
            OffsetSeconds = OffsetSeconds,
            Abbreviation = Abbreviation,
        };
        problem = fields.TryFinish(out moment);
        if (problem is null && Second == 60
            && !Moments.TryIn(moment!.Instant + Duration.FromSeconds(1), moment.Moment.Zone, out moment))
        {
            return "out of the range of years";
        }

        return problem;
    }

    private readonly string? TryDate(out LocalDate date)
    {
        date = default;
        int year = Year ?? (ShortYear is { } two ? (Century is { } century ? century * 100 : two >= 69 ? 1900 : 2000) + two : Century * 100 ?? 1900);
        if (IsoWeek is { } isoWeek)
        {
            return TryIsoWeek(isoWeek, out date);
        }

        int dayOfYear;
        if (YearDay is { } given)
        {
            dayOfYear = given;
        }
        else if (SundayWeek is { } sundayWeek)
        {
            dayOfYear = 1 + ((7 - FirstWeekday(year)) % 7) + ((sundayWeek - 1) * 7) + (Weekday ?? 0);
        }
        else if (MondayWeek is { } mondayWeek)
        {
            dayOfYear = 1 + ((8 - FirstWeekday(year)) % 7) + ((mondayWeek - 1) * 7) + (((Weekday ?? 1) + 6) % 7);
        }
        else
        {
            int month = Month ?? 1;
            int day = Day ?? 1;
            if (day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month))
            {
                return "day out of range";
            }

            date = new LocalDate(year, month, day);
            return null;
        }

        if (dayOfYear < 1 || dayOfYear > CalendarSystem.Iso.GetDaysInYear(year))
        {
            return "the day is outside of the year";
        }

        date = new LocalDate(year, 1, 1).PlusDays(dayOfYear - 1);
        return null;
    }

    private readonly string? TryIsoWeek(int week, out LocalDate date)
    {
        date = default;
        if (WeekYear is not { } year || year < 1)
        {
            return "a week of ISO 8601 (%V) needs its year (%G)";
        }

        if (week > WeekYearRules.Iso.GetWeeksInWeekYear(year))
        {
            return $"the year {year} has no week {week}";
        }

        int weekday = Weekday ?? 1;
        date = WeekYearRules.Iso.GetLocalDate(year, week, (IsoDayOfWeek)(weekday == 0 ? 7 : weekday));
        return null;
    }

    private static int FirstWeekday(int year) => (int)new LocalDate(year, 1, 1).DayOfWeek % 7;
}
