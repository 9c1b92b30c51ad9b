using Mapping.Values;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>Reading a timestamp by a layout.</summary>
internal sealed partial class GoLayout
{
    /// <summary>Reads the whole text; says what is wrong with it, or null.</summary>
    public string? ReadClosely(ReadOnlySpan<byte> text, out Timestamp? moment)
    {
        moment = null;
        var fields = new TimeFields();
        for (int i = 0; i < elements.Length; i++)
        {
            GoElement element = elements[i];
            string? problem = element.Part == GoPart.Literal ? Skip(ref text, element.Literal) : Take(element, ref text, ref fields);
            if (problem is not null)
            {
                return problem;
            }

            if (element.Part is GoPart.Second or GoPart.ZeroSecond && !FractionFollows(i + 1))
            {
                TakeUnannouncedFraction(ref text, ref fields);
            }
        }

        return text.IsEmpty ? fields.TryFinish(out moment) : "extra text";
    }

    /// <summary>Whether the next element that is no literal is a fraction.</summary>
    private bool FractionFollows(int from)
    {
        int next = Array.FindIndex(elements, from, static e => e.Part != GoPart.Literal);
        return next >= 0 && elements[next].Part is GoPart.FixedFraction or GoPart.TrimmedFraction;
    }

    /// <summary>Runs of blanks match any number of blanks.</summary>
    private static string? Skip(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> literal)
    {
        while (!literal.IsEmpty)
        {
            if (literal[0] == ' ')
            {
                if (!text.IsEmpty && text[0] != ' ')
                {
                    return "a blank is missing";
                }

                literal = literal.TrimStart((byte)' ');
                text = text.TrimStart((byte)' ');
                continue;
            }

            if (text.IsEmpty || text[0] != literal[0])
            {
                return "the text does not match the layout";
            }

            literal = literal[1..];
            text = text[1..];
        }

        return null;
    }

    private static string? Take(GoElement element, ref ReadOnlySpan<byte> text, ref TimeFields fields)
    {
        switch (element.Part)
        {
            case GoPart.LongYear:
                return DigitText.TryTake(ref text, 4, 4, out fields.Year) ? null : "a year of four digits is missing";
            case GoPart.ShortYear:
                if (!DigitText.TryTake(ref text, 2, 2, out int year))
                {
                    return "a year of two digits is missing";
                }

                fields.Year = year + (year >= 69 ? 1900 : 2000);
                return null;
            case GoPart.LongMonth or GoPart.ShortMonth:
                fields.Month = TimeNames.Take(element.Part == GoPart.LongMonth ? TimeNames.Months : TimeNames.ShortMonths, ref text) + 1;
                return fields.Month > 0 ? null : "a name of a month is missing";
            case GoPart.Month or GoPart.ZeroMonth:
                return TakeNumber(ref text, element.Part == GoPart.ZeroMonth, 1, 12, out fields.Month);
            case GoPart.LongWeekday or GoPart.ShortWeekday:
                return TimeNames.Take(element.Part == GoPart.LongWeekday ? TimeNames.Days : TimeNames.ShortDays, ref text) >= 0 ? null : "a weekday is missing";
            case GoPart.Day or GoPart.ZeroDay or GoPart.BlankDay:
                TrimBlank(element.Part == GoPart.BlankDay, ref text);
                return TakeNumber(ref text, element.Part == GoPart.ZeroDay, 0, 99, out fields.Day);
            case GoPart.ZeroYearDay or GoPart.BlankYearDay:
                TrimBlank(element.Part == GoPart.BlankYearDay, ref text);
                TrimBlank(element.Part == GoPart.BlankYearDay, ref text);
                return DigitText.TryTake(ref text, element.Part == GoPart.ZeroYearDay ? 3 : 1, 3, out fields.YearDay) ? null : "a day of the year is missing";
            default:
                return TakeTime(element, ref text, ref fields);
        }
    }

    private static string? TakeTime(GoElement element, ref ReadOnlySpan<byte> text, ref TimeFields fields)
    {
        switch (element.Part)
        {
            case GoPart.Hour:
                return TakeNumber(ref text, false, 0, 23, out fields.Hour);
            case GoPart.Hour12 or GoPart.ZeroHour12:
                return TakeNumber(ref text, element.Part == GoPart.ZeroHour12, 0, 12, out fields.Hour);
            case GoPart.Minute or GoPart.ZeroMinute:
                return TakeNumber(ref text, element.Part == GoPart.ZeroMinute, 0, 59, out fields.Minute);
            case GoPart.Second or GoPart.ZeroSecond:
                return TakeNumber(ref text, element.Part == GoPart.ZeroSecond, 0, 59, out fields.Second);
            case GoPart.UpperHalf:
                return TakeHalf(ref text, "AM"u8, "PM"u8, ref fields);
            case GoPart.LowerHalf:
                return TakeHalf(ref text, "am"u8, "pm"u8, ref fields);
            case GoPart.FixedFraction:
                return TakeFraction(ref text, element.Digits, ref fields) ? null : "a fraction of a second is missing";
            case GoPart.TrimmedFraction:
                TakeUnannouncedFraction(ref text, ref fields);
                return null;
            case GoPart.Offset:
                return OffsetReader.Take(element.Form, ref text, ref fields);
            default:
                return OffsetReader.TakeAbbreviation(ref text, ref fields);
        }
    }

    private static string? TakeNumber(ref ReadOnlySpan<byte> text, bool twoDigits, int least, int most, out int value)
    {
        if (!DigitText.TryTake(ref text, twoDigits ? 2 : 1, 2, out value))
        {
            return "a number is missing";
        }

        return value < least || value > most ? $"{value} is out of range" : null;
    }

    private static string? TakeHalf(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> morning, ReadOnlySpan<byte> afternoon, ref TimeFields fields)
    {
        if (!text.StartsWith(morning) && !text.StartsWith(afternoon))
        {
            return "AM or PM is missing";
        }

        fields.IsAfternoon = text.StartsWith(afternoon);
        text = text[2..];
        return null;
    }

    private static void TrimBlank(bool allowed, ref ReadOnlySpan<byte> text)
    {
        if (allowed && text is [(byte)' ', ..])
        {
            text = text[1..];
        }
    }

    private static bool TakeFraction(ref ReadOnlySpan<byte> text, int digits, ref TimeFields fields)
    {
        if (text.Length < digits + 1 || text[0] is not ((byte)'.' or (byte)',') || text.Slice(1, digits).IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            return false;
        }

        fields.Nanosecond = DigitText.Nanoseconds(text.Slice(1, digits));
        text = text[(digits + 1)..];
        return true;
    }

    /// <summary>Seconds may be followed by a fraction even where the layout has none.</summary>
    private static void TakeUnannouncedFraction(ref ReadOnlySpan<byte> text, ref TimeFields fields)
    {
        if (text.Length < 2 || text[0] is not ((byte)'.' or (byte)',') || !DigitText.IsDigit(text, 1))
        {
            return;
        }

        int end = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        TakeFraction(ref text, end < 0 ? text.Length - 1 : end, ref fields);
    }
}
