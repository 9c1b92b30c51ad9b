using System.Runtime.CompilerServices;
using Mapping.Values;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>
/// Reads times by a usual layout where all numbers have their full width. It gives up at anything else, which the layout
/// itself then reads, or says what is wrong with. Immutable.
/// </summary>
internal sealed class QuickReader
{
    private const int LongestOffset = 18 * 3600;

    private readonly TimeStep[] steps;

    private readonly FixedForm? form;

    private QuickReader(TimeStep[] steps)
    {
        this.steps = steps;
        form = FixedForm.Of(steps);
    }

    public static QuickReader? Of(TimeSteps collected)
    {
        TimeStep[]? steps = collected.Finish();
        return steps is not null && Count(TimePart.Year) == 1 && Count(TimePart.Month, TimePart.ShortMonthName) == 1 && Count(TimePart.Day) == 1
            && Count(TimePart.Hour) <= 1 && Count(TimePart.Minute) <= 1 && Count(TimePart.Second) <= 1 && Count(TimePart.Offset) <= 1
            && Count(TimePart.Fraction, TimePart.OptionalFraction, TimePart.Microseconds) <= 1
            ? new QuickReader(steps)
            : null;

        int Count(params ReadOnlySpan<TimePart> parts)
        {
            int count = 0;
            foreach (TimeStep step in steps)
            {
                count += parts.Contains(step.Part) ? 1 : 0;
            }

            return count;
        }
    }

    /// <summary>The time, or null where the text has to be looked at more closely.</summary>
    public WallTime? Read(ReadOnlySpan<byte> text) => form?.Read(text) ?? ReadSteps(text);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WallTime? ReadSteps(ReadOnlySpan<byte> text)
    {
        int year = 0;
        int month = 0;
        int day = 0;
        int hour = 0;
        int minute = 0;
        int second = 0;
        int nanosecond = 0;
        int offset = 0;
        int at = 0;
        foreach (TimeStep step in steps)
        {
            switch (step.Part)
            {
                case TimePart.Year:
                    year = (TwoDigits(text, at) * 100) + TwoDigits(text, at + 2);
                    at += 4;
                    break;
                case TimePart.Month:
                    month = TwoDigits(text, at);
                    at += 2;
                    break;
                case TimePart.ShortMonthName:
                    month = MonthAt(text, at);
                    at += 3;
                    break;
                case TimePart.Day:
                    day = TwoDigits(text, at);
                    at += 2;
                    break;
                case TimePart.Hour:
                    hour = TwoDigits(text, at);
                    at += 2;
                    break;
                case TimePart.Minute:
                    minute = TwoDigits(text, at);
                    at += 2;
                    break;
                case TimePart.Second:
                    second = TwoDigits(text, at);
                    at += 2;
                    break;
                case TimePart.Offset:
                    offset = OffsetAt(text, ref at, (OffsetForm)step.Argument);
                    break;
                case TimePart.Fraction or TimePart.OptionalFraction or TimePart.Microseconds:
                    nanosecond = FractionAt(text, ref at, step);
                    break;
                case TimePart.None:
                    break;
                default:
                    return null;
            }

            if (step.Then != 0 && ((uint)at >= (uint)text.Length || text[at++] != step.Then))
            {
                return null;
            }
        }

        // What is missing is negative; seconds of 60 are for those who look more closely.
        bool isWhole = at == text.Length && (year | hour | minute | second | nanosecond) >= 0 && year is > 0 and < 9999 && month is >= 1 and <= 12
            && hour <= 23 && minute <= 59 && second <= 59 && offset is >= -LongestOffset and <= LongestOffset;
        return isWhole && day >= 1 && day <= CivilDate.DaysInMonth(year, month)
            ? new WallTime((CivilDate.ToDays(year, month, day) * CivilDate.SecondsPerDay) + (hour * 3600) + (minute * 60) + second, nanosecond, offset)
            : null;
    }

    /// <summary>Two digits, or something very negative.</summary>
    private static int TwoDigits(ReadOnlySpan<byte> text, int at)
    {
        if ((uint)at + 1 >= (uint)text.Length)
        {
            return -1_000_000;
        }

        uint tens = (uint)(text[at] - '0');
        uint ones = (uint)(text[at + 1] - '0');
        return tens <= 9 && ones <= 9 ? (int)((tens * 10) + ones) : -1_000_000;
    }

    private static int MonthAt(ReadOnlySpan<byte> text, int at) => (uint)at + 2 >= (uint)text.Length ? 0 : ShortMonths.At(in text[at]);

    /// <summary>Nanoseconds; -1 where there must be a fraction but is none.</summary>
    private static int FractionAt(ReadOnlySpan<byte> text, ref int at, TimeStep step)
    {
        int missing = step.Part == TimePart.OptionalFraction ? 0 : -1;
        int end = at;
        if (step.Separator != 0)
        {
            if ((uint)at >= (uint)text.Length || text[at] is not ((byte)'.' or (byte)','))
            {
                return missing;
            }

            end++;
        }

        int first = end;
        int last = step.Part == TimePart.OptionalFraction ? text.Length : Math.Min(text.Length, first + step.Argument);
        int value = 0;
        for (int scale = 100_000_000; end < last && char.IsAsciiDigit((char)text[end]); end++, scale /= 10)
        {
            value += (text[end] - '0') * scale;
        }

        if (end == first || (step.Part == TimePart.Fraction && end != first + step.Argument))
        {
            return missing;
        }

        at = end;
        return value;
    }

    /// <summary>Seconds of an offset; out of range where there is none.</summary>
    private static int OffsetAt(ReadOnlySpan<byte> text, ref int at, OffsetForm form)
    {
        if ((uint)at >= (uint)text.Length)
        {
            return int.MinValue;
        }

        byte sign = text[at++];
        if (sign is not ((byte)'+' or (byte)'-'))
        {
            return sign == 'Z' && (form & OffsetForm.ZForUtc) != 0 ? 0 : int.MinValue;
        }

        int hours = TwoDigits(text, at);
        at += 2;
        if ((form & OffsetForm.Colons) != 0)
        {
            if ((uint)at >= (uint)text.Length || text[at++] != ':')
            {
                return int.MinValue;
            }
        }

        int minutes = TwoDigits(text, at);
        at += 2;
        int size = (hours | minutes) < 0 || minutes > 59 ? int.MinValue : (hours * 3600) + (minutes * 60);
        return sign == '-' ? -size : size;
    }
}
