using Mapping.Values;
using NodaTime;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>Reading a timestamp by directives.</summary>
internal sealed partial class StrftimeLayout
{
    /// <summary>Reads the whole text; says what is wrong with it, or null.</summary>
    public string? TryParse(ReadOnlySpan<byte> text, out Timestamp? moment)
    {
        moment = null;
        var parts = new Parts();
        foreach (Element element in elements)
        {
            string? problem = element.Directive == 0 ? TakeLiteral(ref text, element.Text) : Take(element.Directive, ref text, parts);
            if (problem is not null)
            {
                return problem;
            }
        }

        return text.IsEmpty ? parts.TryFinish(out moment) : "text after the time";
    }

    private static string? TakeLiteral(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> literal)
    {
        if (!text.StartsWith(literal))
        {
            return $"expected \"{System.Text.Encoding.UTF8.GetString(literal)}\"";
        }

        text = text[literal.Length..];
        return null;
    }

    private static string? Take(char directive, ref ReadOnlySpan<byte> text, Parts parts)
    {
        switch (directive)
        {
            case 'Y':
                return TakeNumber(ref text, 4, 0, 9999, out parts.Year);
            case 'y':
                string? problem = TakeNumber(ref text, 2, 0, 99, out int shortYear);
                parts.Year = shortYear + (shortYear >= 69 ? 1900 : 2000);
                return problem;
            case 'C':
                return TakeNumber(ref text, 2, 0, 99, out parts.Century);
            case 'G':
                return TakeNumber(ref text, 4, 0, 9999, out parts.WeekYear);
            case 'g':
                problem = TakeNumber(ref text, 2, 0, 99, out int shortWeekYear);
                parts.WeekYear = shortWeekYear + (shortWeekYear >= 69 ? 1900 : 2000);
                return problem;
            case 'm':
                return TakeNumber(ref text, 2, 1, 12, out parts.Month);
            case 'B' or 'b' or 'h':
                return TakeName(ref text, TimeNames.Months, TimeNames.ShortMonths, "month", 1, out parts.Month);
            case 'A' or 'a':
                return TakeName(ref text, TimeNames.Days, TimeNames.ShortDays, "weekday", 0, out parts.Weekday);
            case 'w':
                return TakeNumber(ref text, 1, 0, 6, out parts.Weekday);
            case 'u':
                problem = TakeNumber(ref text, 1, 1, 7, out int isoDay);
                parts.Weekday = isoDay % 7;
                return problem;
            case 'V':
                return TakeNumber(ref text, 2, 1, 53, out parts.IsoWeek);
            case 'U':
                return TakeNumber(ref text, 2, 0, 53, out parts.SundayWeek);
            case 'W':
                return TakeNumber(ref text, 2, 0, 53, out parts.MondayWeek);
            case 'd' or 'e':
                SkipBlanks(ref text, directive == 'e');
                return TakeNumber(ref text, 2, 1, 31, out parts.Day);
            case 'j':
                return TakeNumber(ref text, 3, 1, 366, out parts.YearDay);
            case 'H' or 'k':
                SkipBlanks(ref text, directive == 'k');
                return TakeNumber(ref text, 2, 0, 23, out parts.Hour);
            case 'I' or 'l':
                SkipBlanks(ref text, directive == 'l');
                return TakeNumber(ref text, 2, 1, 12, out parts.Hour);
            case 'p' or 'P':
                return TakeHalf(ref text, parts);
            case 'M':
                return TakeNumber(ref text, 2, 0, 59, out parts.Minute);
            case 'S':
                return TakeNumber(ref text, 2, 0, 60, out parts.Second);
            case 's':
                return TakeUnix(ref text, parts);
            case 'f':
                return TakeFraction(ref text, parts);
            case 'Z':
                return TakeZone(ref text, parts);
            case 'z':
                return TakeOffset(ref text, parts);
            case 'n' or 't':
                return SkipWhiteSpace(ref text) ? null : "expected white space";
            default:
                return TakeLiteral(ref text, "%"u8);
        }
    }

    private static string? TakeNumber(ref ReadOnlySpan<byte> text, int most, int least, int greatest, out int value)
    {
        if (!DigitText.TryTake(ref text, 1, most, out value))
        {
            return "expected a number";
        }

        return value < least || value > greatest ? $"{value} is out of the range {least} to {greatest}" : null;
    }

    private static string? TakeName(ref ReadOnlySpan<byte> text, byte[][] names, byte[][] shortNames, string kind, int first, out int value)
    {
        int index = TimeNames.Take(names, ref text);
        if (index < 0)
        {
            index = TimeNames.Take(shortNames, ref text);
        }

        value = index + first;
        return index < 0 ? $"expected the name of a {kind}" : null;
    }

    private static string? TakeHalf(ref ReadOnlySpan<byte> text, Parts parts)
    {
        if (text.Length < 2 || (text[1] | 0x20) != 'm' || (text[0] | 0x20) is not ('a' or 'p'))
        {
            return "expected AM or PM";
        }

        parts.IsAfternoon = (text[0] | 0x20) == 'p';
        text = text[2..];
        return null;
    }

    private static string? TakeUnix(ref ReadOnlySpan<byte> text, Parts parts)
    {
        bool negative = text is [(byte)'-', ..];
        ReadOnlySpan<byte> digits = negative ? text[1..] : text;
        int end = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = end < 0 ? digits : digits[..end];
        if (digits.Length is 0 or > 12)
        {
            return "expected Unix seconds";
        }

        long seconds = 0;
        foreach (byte digit in digits)
        {
            seconds = (seconds * 10) + (digit - '0');
        }

        parts.Unix = negative ? -seconds : seconds;
        text = text[(digits.Length + (negative ? 1 : 0))..];
        return null;
    }

    private static string? TakeFraction(ref ReadOnlySpan<byte> text, Parts parts)
    {
        int end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        int length = Math.Min(end < 0 ? text.Length : end, 6);
        if (length == 0)
        {
            return "expected microseconds";
        }

        parts.Nanosecond = DigitText.Nanoseconds(text[..length]);
        text = text[length..];
        return null;
    }

    private static string? TakeOffset(ref ReadOnlySpan<byte> text, Parts parts)
    {
        if (text is [(byte)'Z' or (byte)'z', ..])
        {
            parts.OffsetSeconds = 0;
            text = text[1..];
            return null;
        }

        if (text.Length < 3 || text[0] is not ((byte)'+' or (byte)'-'))
        {
            return "expected an offset such as +0200";
        }

        int sign = text[0] == '-' ? -1 : 1;
        text = text[1..];
        if (!DigitText.TryTake(ref text, 2, 2, out int hours))
        {
            return "expected the hours of an offset";
        }

        if (text is [(byte)':', ..])
        {
            text = text[1..];
        }

        if (!DigitText.TryTake(ref text, 2, 2, out int minutes) || minutes > 59)
        {
            return "expected the minutes of an offset";
        }

        parts.OffsetSeconds = sign * ((hours * 3600) + (minutes * 60));
        return Math.Abs(parts.OffsetSeconds.Value) > 18 * 3600 ? "the offset is out of range" : null;
    }

    private static string? TakeZone(ref ReadOnlySpan<byte> text, Parts parts)
    {
        if (text is [(byte)'+' or (byte)'-', ..])
        {
            return TakeOffset(ref text, parts);
        }

        int length = 0;
        while (length < text.Length && char.IsAsciiLetterUpper((char)text[length]))
        {
            length++;
        }

        if (length == 0)
        {
            return "expected the abbreviation of a zone";
        }

        parts.Zone = text[..length].ToArray();
        text = text[length..];
        return null;
    }

    private static void SkipBlanks(ref ReadOnlySpan<byte> text, bool allowed)
    {
        if (allowed)
        {
            text = text.TrimStart((byte)' ');
        }
    }

    private static bool SkipWhiteSpace(ref ReadOnlySpan<byte> text)
    {
        int before = text.Length;
        text = text.TrimStart(" \t\r\n\v\f"u8);
        return text.Length < before;
    }

    /// <summary>What was read so far; -1 and null where nothing was.</summary>
    private sealed class Parts
    {
        public int Year = -1;
        public int Century = -1;
        public int WeekYear = -1;
        public int Month = -1;
        public int Day = -1;
        public int YearDay = -1;
        public int IsoWeek = -1;
        public int SundayWeek = -1;
        public int MondayWeek = -1;
        public int Weekday = -1;
        public int Hour;
        public int Minute;
        public int Second;
        public int Nanosecond;
        public bool? IsAfternoon;
        public long? Unix;
        public int? OffsetSeconds;
        public byte[]? Zone;

        public string? TryFinish(out Timestamp? moment)
        {
            moment = null;
            if (Unix is { } seconds)
            {
                Int128 nanoseconds = ((Int128)seconds * 1_000_000_000) + Nanosecond;
                return Outcome(Moments.TryFromNanoseconds(nanoseconds, Place(), out moment));
            }

            if (IsAfternoon is { } afternoon && Hour > 12)
            {
                return $"the hour {Hour} goes with no {(afternoon ? "PM" : "AM")}";
            }

            Hour = IsAfternoon switch
            {
                true when Hour < 12 => Hour + 12,
                false when Hour == 12 => 0,
                _ => Hour,
            };
            LocalDateTime local = Date() + LocalTime.FromHourMinuteSecondNanosecond(Hour, Minute, Math.Min(Second, 59), Nanosecond);
            local = local.PlusSeconds(Second - Math.Min(Second, 59));
            if (Zone is { } name && OffsetSeconds is null)
            {
                return ZoneText.TryAbbreviated(name, local, out DateTimeZone? zone)
                    ? Outcome(Moments.TryIn(local, zone, out moment))
                    : "the zone abbreviation is not known, so the time cannot be placed";
            }

            return Outcome(Moments.TryIn(local, Place(), out moment));
        }

        private DateTimeZone Place() => OffsetSeconds is null or 0 ? DateTimeZone.Utc : DateTimeZone.ForOffset(Offset.FromSeconds(OffsetSeconds.Value));

        /// <summary>The date by what was given: day of the year, week and weekday, or month and day; days beyond a month flow over.</summary>
        private LocalDate Date()
        {
            int year = Year >= 0 ? Year : Century >= 0 ? Century * 100 : 1900;
            year = Century >= 0 && Year >= 0 ? (Century * 100) + (Year % 100) : year;
            if (YearDay >= 0)
            {
                return new LocalDate(year, 1, 1).PlusDays(YearDay - 1);
            }

            if (IsoWeek >= 0 && WeekYear >= 0)
            {
                // Week 1 is the one with 4 January.
                LocalDate fourth = new(WeekYear, 1, 4);
                LocalDate monday = fourth.PlusDays(1 - (int)fourth.DayOfWeek);
                return monday.PlusDays(((IsoWeek - 1) * 7) + (Weekday < 0 ? 0 : (Weekday + 6) % 7));
            }

            if ((SundayWeek >= 0 || MondayWeek >= 0) && Month < 0)
            {
                LocalDate first = new(year, 1, 1);
                int firstDay = (int)first.DayOfWeek % 7;
                return SundayWeek >= 0
                    ? first.PlusDays(((7 - firstDay) % 7) + ((SundayWeek - 1) * 7) + Math.Max(Weekday, 0))
                    : first.PlusDays(((8 - firstDay) % 7) + ((MondayWeek - 1) * 7) + (Weekday < 0 ? 0 : (Weekday + 6) % 7));
            }

            return new LocalDate(year, Month < 0 ? 1 : Month, 1).PlusDays((Day < 0 ? 1 : Day) - 1);
        }

        private static string? Outcome(bool made) => made ? null : "the time is out of the range of years";
    }
}
