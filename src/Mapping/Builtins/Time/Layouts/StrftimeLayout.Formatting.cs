using System.Buffers;
using System.Text;
using Mapping.Values;
using NodaTime;
using NodaTime.Calendars;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>Writing a timestamp by a format.</summary>
internal sealed partial class StrftimeLayout
{
    public void Format(Timestamp timestamp, IBufferWriter<byte> writer)
    {
        foreach (Directive directive in directives)
        {
            Format(directive, timestamp, writer);
        }
    }

    private static void Format(Directive directive, Timestamp timestamp, IBufferWriter<byte> writer)
    {
        ZonedDateTime moment = timestamp.Moment;
        switch (directive.Letter)
        {
            case 0 or (byte)'?':
                writer.Write(directive.Text);
                break;
            case (byte)'%' or (byte)'n' or (byte)'t':
                DigitText.Append(writer, directive.Letter switch { (byte)'n' => '\n', (byte)'t' => '\t', _ => '%' });
                break;
            case (byte)'B':
                AppendName(directive, TimeNames.Months[moment.Month - 1], writer);
                break;
            case (byte)'b' or (byte)'h':
                AppendName(directive, TimeNames.ShortMonths[moment.Month - 1], writer);
                break;
            case (byte)'A':
                AppendName(directive, TimeNames.Days[(int)moment.DayOfWeek % 7], writer);
                break;
            case (byte)'a':
                AppendName(directive, TimeNames.ShortDays[(int)moment.DayOfWeek % 7], writer);
                break;
            case (byte)'p':
                AppendName(directive, moment.Hour < 12 ? "AM"u8 : "PM"u8, writer);
                break;
            case (byte)'P':
                AppendName(directive, moment.Hour < 12 ? "am"u8 : "pm"u8, writer);
                break;
            case (byte)'Z' when ZoneText.TryAbbreviation(moment, out string name):
                AppendName(directive, Encoding.UTF8.GetBytes(name), writer);
                break;
            case (byte)'Z' or (byte)'z':
                AppendOffset(directive, moment.Offset.Seconds, writer);
                break;
            case (byte)'f':
                AppendFraction(directive, moment.NanosecondOfSecond, writer);
                break;
            default:
                if (directive.Nested is { } nested)
                {
                    AppendNested(directive, nested, timestamp, writer);
                }
                else
                {
                    AppendNumber(directive, moment, writer);
                }

                break;
        }
    }

    private static void AppendNumber(Directive directive, ZonedDateTime moment, IBufferWriter<byte> writer)
    {
        int weekday = (int)moment.DayOfWeek % 7;
        (long value, int width, char padding) = (char)directive.Letter switch
        {
            'Y' => (moment.Year, 4, '0'),
            'y' => (moment.Year % 100, 2, '0'),
            'C' => (moment.Year / 100, 2, '0'),
            'G' => (WeekYearRules.Iso.GetWeekYear(moment.Date), 4, '0'),
            'g' => (WeekYearRules.Iso.GetWeekYear(moment.Date) % 100, 2, '0'),
            'm' => (moment.Month, 2, '0'),
            'w' => (weekday, 1, '0'),
            'u' => (weekday == 0 ? 7 : weekday, 1, '0'),
            'V' => (WeekYearRules.Iso.GetWeekOfWeekYear(moment.Date), 2, '0'),
            'U' => ((moment.DayOfYear + 6 - weekday) / 7, 2, '0'),
            'W' => ((moment.DayOfYear + 6 - ((weekday + 6) % 7)) / 7, 2, '0'),
            'd' => (moment.Day, 2, '0'),
            'e' => (moment.Day, 2, ' '),
            'j' => (moment.DayOfYear, 3, '0'),
            'H' => (moment.Hour, 2, '0'),
            'k' => (moment.Hour, 2, ' '),
            'I' => (moment.Hour % 12 == 0 ? 12 : moment.Hour % 12, 2, '0'),
            'l' => (moment.Hour % 12 == 0 ? 12 : moment.Hour % 12, 2, ' '),
            'M' => (moment.Minute, 2, '0'),
            'S' => (moment.Second, 2, '0'),
            _ => (moment.ToInstant().ToUnixTimeSeconds(), 1, ' '),
        };

        // Without padding an explicit width is still kept, with blanks.
        padding = directive.Padding switch
        {
            (byte)'-' => directive.Width > 0 ? ' ' : '\0',
            (byte)'_' => ' ',
            (byte)'0' => '0',
            _ => padding,
        };
        DigitText.Append(writer, value, directive.Width > 0 ? directive.Width : width, padding);
    }

    /// <summary>Swapping case makes names upper case, but halves of the day and zones, which are so already, lower case.</summary>
    private static void AppendName(Directive directive, ReadOnlySpan<byte> name, IBufferWriter<byte> writer)
    {
        AppendBlanks(directive, name.Length, writer);
        Span<byte> room = writer.GetSpan(name.Length);
        if (directive.IsSwapped && (char)directive.Letter is 'p' or 'Z')
        {
            Ascii.ToLower(name, room, out _);
        }
        else if (directive.IsUpper || directive.IsSwapped)
        {
            Ascii.ToUpper(name, room, out _);
        }
        else
        {
            name.CopyTo(room);
        }

        writer.Advance(name.Length);
    }

    private static void AppendNested(Directive directive, StrftimeLayout nested, Timestamp timestamp, IBufferWriter<byte> writer)
    {
        if (directive.IsPlain)
        {
            nested.Format(timestamp, writer);
            return;
        }

        var text = new ArrayBufferWriter<byte>();
        nested.Format(timestamp, text);
        AppendName(directive, text.WrittenSpan, writer);
    }

    private static void AppendBlanks(Directive directive, int length, IBufferWriter<byte> writer)
    {
        for (int i = length; i < directive.Width; i++)
        {
            DigitText.Append(writer, directive.Padding == '0' ? '0' : ' ');
        }
    }

    /// <summary>A width is the number of digits of the fraction.</summary>
    private static void AppendFraction(Directive directive, int nanoseconds, IBufferWriter<byte> writer)
    {
        Span<byte> digits = stackalloc byte[9];
        for (int i = 8; i >= 0; i--)
        {
            digits[i] = (byte)('0' + (nanoseconds % 10));
            nanoseconds /= 10;
        }

        writer.Write(digits[..Math.Min(9, directive.Width > 0 ? directive.Width : 6)]);
    }

    private static void AppendOffset(Directive directive, int seconds, IBufferWriter<byte> writer)
    {
        int size = Math.Abs(seconds);
        var tail = new ArrayBufferWriter<byte>(8);
        bool withSeconds = directive.Colons == 2 || (directive.Colons == 3 && size % 60 != 0);
        if (withSeconds || directive.Colons < 3 || size % 3600 != 0)
        {
            AppendPart(size / 60 % 60);
        }

        if (withSeconds)
        {
            AppendPart(size % 60);
        }

        int hourWidth = Math.Max(2, directive.Width - 1 - tail.WrittenCount);
        char sign = seconds < 0 ? '-' : '+';
        if (directive.Padding == '_')
        {
            // The sign stands directly before the first digit.
            int digits = size / 3600 >= 10 ? 2 : 1;
            for (int i = digits; i < hourWidth; i++)
            {
                DigitText.Append(writer, ' ');
            }

            hourWidth = 1;
        }

        DigitText.Append(writer, sign);
        DigitText.Append(writer, size / 3600, directive.Padding == '-' ? 1 : hourWidth);
        writer.Write(tail.WrittenSpan);

        void AppendPart(int value)
        {
            if (directive.Colons > 0)
            {
                DigitText.Append(tail, ':');
            }

            DigitText.Append(tail, value, 2);
        }
    }
}
