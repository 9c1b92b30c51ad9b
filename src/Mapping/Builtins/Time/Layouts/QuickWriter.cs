using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>Writes times by a usual layout, straight into the arena. Immutable.</summary>
internal sealed class QuickWriter
{
    private const int LongestPart = 10;

    private readonly TimeStep[] steps;
    private readonly bool isPlain;
    private readonly int room;
    private readonly FixedForm? form;

    private QuickWriter(TimeStep[] steps, bool isPlain)
    {
        this.steps = steps;
        this.isPlain = isPlain;
        room = (steps.Length * (LongestPart + 1)) + 2;
        form = FixedForm.Of(steps);
    }

    public static QuickWriter? Of(TimeSteps collected) => collected.Finish() is { } steps ? new QuickWriter(steps, collected.IsPlain) : null;

    /// <summary>The text of a local time, given in seconds as if it were UTC, of a year with four digits.</summary>
    public Value Write(EvaluationContext context, long localSeconds, int nanosecond, int offset) =>
        nanosecond == 0 && form is not null ? WriteForm(context, form, localSeconds, offset) : WriteSteps(context, localSeconds, nanosecond, offset);

    private Value WriteForm(EvaluationContext context, FixedForm form, long localSeconds, int offset)
    {
        ref byte text = ref MemoryMarshal.GetReference(context.Arena.Allocate(FixedForm.Room, out byte[] owner, out int start));
        text = (byte)'"';
        int length = form.Write(ref Unsafe.Add(ref text, 1), localSeconds, offset);
        Unsafe.Add(ref text, length + 1) = (byte)'"';
        return context.TryGrow(length, out Value exceeded) ? Value.FromUtf8(owner, start + 1, length, isPlain) : exceeded;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value WriteSteps(EvaluationContext context, long localSeconds, int nanosecond, int offset)
    {
        Span<byte> text = context.Arena.Allocate(room, out byte[] owner, out int start);
        text[0] = (byte)'"';
        int end = Format(text, localSeconds, nanosecond, offset);
        text[end] = (byte)'"';
        return context.TryGrow(end - 1, out Value exceeded) ? Value.FromUtf8(owner, start + 1, end - 1, isPlain) : exceeded;
    }

    private int Format(Span<byte> text, long localSeconds, int nanosecond, int offset)
    {
        ulong since = (ulong)(localSeconds - CivilDate.FirstSecond);
        uint dayCount = (uint)(since / CivilDate.SecondsPerDay);
        uint second = (uint)(since - ((ulong)dayCount * CivilDate.SecondsPerDay));
        int days = (int)dayCount + (int)(CivilDate.FirstSecond / CivilDate.SecondsPerDay);
        CivilDate.OfDays(days, out int year, out int month, out int day);
        uint hour = second / 3600;
        uint minute = second / 60;
        int at = 1;
        foreach (TimeStep step in steps)
        {
            switch (step.Part)
            {
                case TimePart.Year:
                    PutTwo(text, at, (uint)year / 100);
                    PutTwo(text, at + 2, (uint)year % 100);
                    at += 4;
                    break;
                case TimePart.ShortYear:
                    PutTwo(text, at, (uint)year % 100);
                    at += 2;
                    break;
                case TimePart.Month:
                    PutTwo(text, at, (uint)month);
                    at += 2;
                    break;
                case TimePart.Day:
                    PutTwo(text, at, (uint)day);
                    at += 2;
                    break;
                case TimePart.Hour:
                    PutTwo(text, at, hour);
                    at += 2;
                    break;
                case TimePart.Minute:
                    PutTwo(text, at, minute - (hour * 60));
                    at += 2;
                    break;
                case TimePart.Second:
                    PutTwo(text, at, second - (minute * 60));
                    at += 2;
                    break;
                case TimePart.Offset:
                    at = PutOffset(text, at, (OffsetForm)step.Argument, offset);
                    break;
                case TimePart.None:
                    break;
                default:
                    at = PutOther(text, at, step, days, month, day, hour, nanosecond);
                    break;
            }

            if (step.Then != 0)
            {
                text[at++] = step.Then;
            }
        }

        return at;
    }

    private static int PutOther(Span<byte> text, int at, TimeStep step, int days, int month, int day, uint hour, int nanosecond)
    {
        switch (step.Part)
        {
            case TimePart.Fraction or TimePart.OptionalFraction:
                return PutFraction(text, at, step, nanosecond);
            case TimePart.BlankDay:
                PutTwo(text, at, (uint)day);
                text[at] = day < 10 ? (byte)' ' : text[at];
                return at + 2;
            case TimePart.Hour12:
                PutTwo(text, at, ((hour + 11) % 12) + 1);
                return at + 2;
        }

        ReadOnlySpan<byte> name = step.Part switch
        {
            TimePart.MonthName => TimeNames.Months[month - 1],
            TimePart.ShortMonthName => TimeNames.ShortMonths[month - 1],
            TimePart.WeekdayName => TimeNames.Days[CivilDate.Weekday(days)],
            TimePart.ShortWeekdayName => TimeNames.ShortDays[CivilDate.Weekday(days)],
            TimePart.UpperHalf => hour < 12 ? "AM"u8 : "PM"u8,
            _ => hour < 12 ? "am"u8 : "pm"u8,
        };
        name.CopyTo(text[at..]);
        return at + name.Length;
    }

    private static int PutOffset(Span<byte> text, int at, OffsetForm form, int seconds)
    {
        if (seconds == 0 && (form & OffsetForm.ZForUtc) != 0)
        {
            text[at] = (byte)'Z';
            return at + 1;
        }

        uint minutes = (uint)Math.Abs(seconds) / 60;
        text[at] = (byte)(seconds < 0 ? '-' : '+');
        PutTwo(text, at + 1, minutes / 60);
        at += 3;
        if ((form & OffsetForm.Colons) != 0)
        {
            text[at++] = (byte)':';
        }

        PutTwo(text, at, minutes % 60);
        return at + 2;
    }

    private static int PutFraction(Span<byte> text, int at, TimeStep step, int nanosecond)
    {
        int digits = step.Argument;
        uint value = (uint)nanosecond;
        for (int i = digits; i < 9; i++)
        {
            value /= 10;
        }

        if (step.Part == TimePart.OptionalFraction)
        {
            if (value == 0)
            {
                return at;
            }

            while (value % 10 == 0)
            {
                value /= 10;
                digits--;
            }
        }

        if (step.Separator != 0)
        {
            text[at++] = step.Separator;
        }

        for (int i = at + digits - 1; i >= at; i--)
        {
            text[i] = (byte)('0' + (value % 10));
            value /= 10;
        }

        return at + digits;
    }

    private static void PutTwo(Span<byte> text, int at, uint value)
    {
        uint tens = (value * 103) >> 10;
        BinaryPrimitives.WriteUInt16LittleEndian(text[at..], (ushort)(0x3030 + tens + ((value - (tens * 10)) << 8)));
    }
}
