using System.Buffers;
using System.Text;
using Mapping.Values;
using NodaTime;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>Writing a timestamp by a layout.</summary>
internal sealed partial class GoLayout
{
    public void Format(Timestamp timestamp, IBufferWriter<byte> writer)
    {
        ZonedDateTime moment = timestamp.Moment;
        foreach (GoElement element in elements)
        {
            Format(element, moment, writer);
        }
    }

    private static void Format(GoElement element, ZonedDateTime moment, IBufferWriter<byte> writer)
    {
        switch (element.Part)
        {
            case GoPart.Literal:
                writer.Write(element.Literal);
                break;
            case GoPart.LongYear:
                DigitText.Append(writer, moment.Year, 4);
                break;
            case GoPart.ShortYear:
                DigitText.Append(writer, moment.Year % 100, 2);
                break;
            case GoPart.LongMonth:
                writer.Write(TimeNames.Months[moment.Month - 1]);
                break;
            case GoPart.ShortMonth:
                writer.Write(TimeNames.ShortMonths[moment.Month - 1]);
                break;
            case GoPart.Month or GoPart.ZeroMonth:
                DigitText.Append(writer, moment.Month, element.Part == GoPart.Month ? 1 : 2);
                break;
            case GoPart.LongWeekday:
                writer.Write(TimeNames.Days[(int)moment.DayOfWeek % 7]);
                break;
            case GoPart.ShortWeekday:
                writer.Write(TimeNames.ShortDays[(int)moment.DayOfWeek % 7]);
                break;
            case GoPart.Day or GoPart.ZeroDay or GoPart.BlankDay:
                DigitText.Append(writer, moment.Day, element.Part == GoPart.Day ? 1 : 2, element.Part == GoPart.BlankDay ? ' ' : '0');
                break;
            case GoPart.ZeroYearDay or GoPart.BlankYearDay:
                DigitText.Append(writer, moment.DayOfYear, 3, element.Part == GoPart.BlankYearDay ? ' ' : '0');
                break;
            default:
                FormatTime(element, moment, writer);
                break;
        }
    }

    private static void FormatTime(GoElement element, ZonedDateTime moment, IBufferWriter<byte> writer)
    {
        switch (element.Part)
        {
            case GoPart.Hour:
                DigitText.Append(writer, moment.Hour, 2);
                break;
            case GoPart.Hour12 or GoPart.ZeroHour12:
                DigitText.Append(writer, moment.Hour % 12 == 0 ? 12 : moment.Hour % 12, element.Part == GoPart.Hour12 ? 1 : 2);
                break;
            case GoPart.Minute or GoPart.ZeroMinute:
                DigitText.Append(writer, moment.Minute, element.Part == GoPart.Minute ? 1 : 2);
                break;
            case GoPart.Second or GoPart.ZeroSecond:
                DigitText.Append(writer, moment.Second, element.Part == GoPart.Second ? 1 : 2);
                break;
            case GoPart.UpperHalf:
                writer.Write(moment.Hour < 12 ? "AM"u8 : "PM"u8);
                break;
            case GoPart.LowerHalf:
                writer.Write(moment.Hour < 12 ? "am"u8 : "pm"u8);
                break;
            case GoPart.Abbreviation:
                if (ZoneText.TryAbbreviation(moment, out string name))
                {
                    writer.Write(Encoding.UTF8.GetBytes(name));
                }
                else
                {
                    FormatOffset(OffsetForm.Minutes, moment.Offset.Seconds, writer);
                }

                break;
            case GoPart.Offset:
                FormatOffset(element.Form, moment.Offset.Seconds, writer);
                break;
            default:
                FormatFraction(element, moment.NanosecondOfSecond, writer);
                break;
        }
    }

    private static void FormatOffset(OffsetForm form, int seconds, IBufferWriter<byte> writer)
    {
        if (seconds == 0 && form.HasFlag(OffsetForm.ZForUtc))
        {
            DigitText.Append(writer, 'Z');
            return;
        }

        int size = Math.Abs(seconds);
        DigitText.Append(writer, seconds < 0 ? '-' : '+');
        DigitText.Append(writer, size / 3600, 2);
        AppendPart(OffsetForm.Minutes, size / 60 % 60);
        AppendPart(OffsetForm.Seconds, size % 60);

        void AppendPart(OffsetForm part, int value)
        {
            if (form.HasFlag(part))
            {
                if (form.HasFlag(OffsetForm.Colons))
                {
                    DigitText.Append(writer, ':');
                }

                DigitText.Append(writer, value, 2);
            }
        }
    }

    private static void FormatFraction(GoElement element, int nanoseconds, IBufferWriter<byte> writer)
    {
        Span<byte> digits = stackalloc byte[9];
        for (int i = 8; i >= 0; i--)
        {
            digits[i] = (byte)('0' + (nanoseconds % 10));
            nanoseconds /= 10;
        }

        digits = digits[..Math.Min(9, element.Digits)];
        if (element.Part == GoPart.TrimmedFraction)
        {
            digits = digits.TrimEnd((byte)'0');
            if (digits.IsEmpty)
            {
                return;
            }
        }

        DigitText.Append(writer, (char)element.Separator);
        writer.Write(digits);
    }
}
