using System.Buffers;
using System.Globalization;
using System.Text;
using Mapping.Values;
using NodaTime;
using NodaTime.Calendars;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>Formatting a timestamp by directives.</summary>
internal sealed partial class StrftimeLayout
{
    public void Format(Timestamp timestamp, IBufferWriter<byte> writer)
    {
        foreach (Element element in elements)
        {
            if (element.Directive == 0)
            {
                writer.Write(element.Text);
            }
            else
            {
                Encoding.UTF8.GetBytes(Padded(Text(element, timestamp), element), writer);
            }
        }
    }

    private static string Text(Element element, Timestamp timestamp)
    {
        ZonedDateTime moment = timestamp.Moment;
        switch (element.Directive)
        {
            case 'A':
                return Cased(Name(TimeNames.Days, (int)moment.DayOfWeek % 7), element.Flag);
            case 'a':
                return Cased(Name(TimeNames.ShortDays, (int)moment.DayOfWeek % 7), element.Flag);
            case 'B':
                return Cased(Name(TimeNames.Months, moment.Month - 1), element.Flag);
            case 'b' or 'h':
                return Cased(Name(TimeNames.ShortMonths, moment.Month - 1), element.Flag);
            case 'p':
                return element.Flag == '#' ? (moment.Hour < 12 ? "am" : "pm") : moment.Hour < 12 ? "AM" : "PM";
            case 'P':
                return Cased(moment.Hour < 12 ? "am" : "pm", element.Flag);
            case 'Z':
                string zone = ZoneText.TryAbbreviation(moment, out string name) ? name : OffsetText(moment.Offset, 0);
                return element.Flag == '#' ? zone.ToLowerInvariant() : zone;
            case 'z':
                return PaddedOffset(OffsetText(moment.Offset, element.Colons), element);
            case 'n':
                return "\n";
            case 't':
                return "\t";
            case '%':
                return "%";
            default:
                return Expansion(element.Directive) is { } parts ? Composed(parts, timestamp, element.Flag) : Number(element, moment);
        }
    }

    private static string Composed(byte[] parts, Timestamp timestamp, char flag)
    {
        var text = new ArrayBufferWriter<byte>();
        Compile(parts).Format(timestamp, text);
        return Cased(Encoding.UTF8.GetString(text.WrittenSpan), flag);
    }

    private static string Number(Element element, ZonedDateTime moment)
    {
        LocalDate date = moment.Date;
        (long value, int width, char padding) = element.Directive switch
        {
            'Y' => (moment.Year, 4, '0'),
            'y' => (moment.Year % 100, 2, '0'),
            'C' => (moment.Year / 100, 2, '0'),
            'G' => (WeekYearRules.Iso.GetWeekYear(date), 4, '0'),
            'g' => (WeekYearRules.Iso.GetWeekYear(date) % 100, 2, '0'),
            'm' => (moment.Month, 2, '0'),
            'w' => ((int)moment.DayOfWeek % 7, 1, '0'),
            'u' => ((int)moment.DayOfWeek, 1, '0'),
            'V' => (WeekYearRules.Iso.GetWeekOfWeekYear(date), 2, '0'),
            'U' => ((moment.DayOfYear + 6 - ((int)moment.DayOfWeek % 7)) / 7, 2, '0'),
            'W' => ((moment.DayOfYear + 6 - (((int)moment.DayOfWeek + 6) % 7)) / 7, 2, '0'),
            'd' => (moment.Day, 2, '0'),
            'e' => (moment.Day, 2, ' '),
            'j' => (moment.DayOfYear, 3, '0'),
            'H' => (moment.Hour, 2, '0'),
            'k' => (moment.Hour, 2, ' '),
            'I' => (moment.ClockHourOfHalfDay, 2, '0'),
            'l' => (moment.ClockHourOfHalfDay, 2, ' '),
            'M' => (moment.Minute, 2, '0'),
            'S' => (moment.Second, 2, '0'),
            'f' => (moment.NanosecondOfSecond / 1_000, 6, '0'),
            _ => (moment.ToInstant().ToUnixTimeSeconds(), 1, '0'),
        };
        padding = element.Flag switch
        {
            '_' => ' ',
            '0' => '0',
            _ => padding,
        };
        width = element.Flag == '-' ? 0 : element.Width >= 0 ? element.Width : width;
        string digits = Math.Abs(value).ToString(CultureInfo.InvariantCulture).PadLeft(width, padding);
        return value < 0 ? "-" + digits : digits;
    }

    /// <summary>Padding of an offset goes between the sign and the hours, or, blanks, in front of the sign.</summary>
    private static string PaddedOffset(string offset, Element element)
    {
        string digits = element.Flag is '-' or '_' ? offset[1..].TrimStart('0').PadLeft(1, '0') : offset[1..];
        int width = Math.Max(element.Width, element.Flag == '_' ? offset.Length : 0);
        return element.Flag == '_' ? (offset[0] + digits).PadLeft(width)
            : offset[0] + (element.Width > offset.Length && element.Flag != '-' ? offset[1..].TrimStart('0').PadLeft(element.Width - 1, '0') : digits);
    }

    private static string Padded(string text, Element element)
    {
        bool isNumber = text.Length > 0 && (char.IsAsciiDigit(text[^1]) || text[^1] == ' ');
        return isNumber || element.Width <= text.Length ? text : text.PadLeft(element.Width, element.Flag == '0' ? '0' : ' ');
    }

    private static string OffsetText(Offset offset, int colons)
    {
        int size = Math.Abs(offset.Seconds);
        (int hours, int minutes, int seconds) = (size / 3600, size / 60 % 60, size % 60);
        string sign = offset.Seconds < 0 ? "-" : "+";
        return colons switch
        {
            0 => $"{sign}{hours:00}{minutes:00}",
            1 => $"{sign}{hours:00}:{minutes:00}",
            2 => $"{sign}{hours:00}:{minutes:00}:{seconds:00}",
            _ => seconds != 0 ? $"{sign}{hours:00}:{minutes:00}:{seconds:00}" : minutes != 0 ? $"{sign}{hours:00}:{minutes:00}" : $"{sign}{hours:00}",
        };
    }

    private static string Name(byte[][] names, int index) => Encoding.ASCII.GetString(names[index]);

    /// <summary>Both case flags make names upper case.</summary>
    private static string Cased(string text, char flag) => flag is '^' or '#' ? text.ToUpperInvariant() : text;
}
