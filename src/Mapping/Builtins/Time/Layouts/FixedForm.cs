using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Mapping.Values;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>
/// A usual layout in which every piece has its place, as in the lines of most logs: what stands between the numbers is compared, or
/// written, at once. A time that is not in this form, or has a fraction, is left to the steps. Immutable.
/// </summary>
internal sealed class FixedForm
{
    /// <summary>Room to write to: a whole vector, and quotes around it.</summary>
    public const int Room = Longest + 2;

    private const int Shortest = 16;
    private const int Longest = 32;
    private const int Absent = -1;
    private const int LongestOffset = 18 * 3600;

    private readonly byte[] template = new byte[Longest];
    private readonly Vector128<byte> headDigits;
    private readonly Vector128<byte> headTexts;
    private readonly Vector128<byte> tailDigits;
    private readonly Vector128<byte> tailTexts;
    private readonly int length;

    private readonly TimeDigitPlaces numbers;

    private readonly int year = Absent;
    private readonly int month = Absent;
    private readonly int monthName = Absent;
    private readonly int day = Absent;
    private readonly int offset = Absent;
    private readonly OffsetForm offsetForm;

    private FixedForm(TimeStep[] steps)
    {
        byte[] digits = new byte[Longest];
        byte[] texts = new byte[Longest];
        int hour = Absent;
        int minute = Absent;
        int second = Absent;
        foreach (TimeStep step in steps)
        {
            int at = length;
            length += WidthOf(step);
            digits.AsSpan(at, length - at).Fill(0xFF);
            switch (step.Part)
            {
                case TimePart.Year:
                    year = at;
                    break;
                case TimePart.Month:
                    month = at;
                    break;
                case TimePart.ShortMonthName:
                    monthName = at;
                    digits.AsSpan(at, length - at).Clear();
                    break;
                case TimePart.Day:
                    day = at;
                    break;
                case TimePart.Hour:
                    hour = at;
                    break;
                case TimePart.Minute:
                    minute = at;
                    break;
                case TimePart.Second:
                    second = at;
                    break;
                case TimePart.Offset:
                    offset = at;
                    offsetForm = (OffsetForm)step.Argument;
                    digits[at] = 0;
                    if ((offsetForm & OffsetForm.Colons) != 0)
                    {
                        digits[at + 3] = 0;
                        texts[at + 3] = 0xFF;
                        template[at + 3] = (byte)':';
                    }

                    break;
            }

            if (step.Then != 0)
            {
                texts[length] = 0xFF;
                template[length++] = step.Then;
            }
        }

        // The vectors of a text, of which the second one may overlap the first.
        int tail = length - Shortest;
        numbers = new TimeDigitPlaces([year, year < 0 ? Absent : year + 2, month, day, hour, minute, second, offset < 0 ? Absent : offset + 1], tail);
        headDigits = Vector128.Create(digits);
        headTexts = Vector128.Create(texts);
        tailDigits = Vector128.Create(digits, tail);
        tailTexts = Vector128.Create(texts, tail);
    }

    /// <summary>The form of a layout, or null where pieces are of other kinds, of different widths or too many.</summary>
    public static FixedForm? Of(TimeStep[] steps)
    {
        int length = 0;
        for (int i = 0; i < steps.Length; i++)
        {
            TimeStep step = steps[i];
            int width = WidthOf(step);

            // A time in UTC may have a shorter offset, so that nothing may follow it. What follows an optional fraction must not look like one.
            if (width < 0 || (step.Part == TimePart.Offset && (i + 1 < steps.Length || step.Then != 0))
                || (step.Part == TimePart.OptionalFraction && step.Then is (byte)'.' or (byte)',')
                || (width > 0 && steps[..i].Any(other => other.Part == step.Part)))
            {
                return null;
            }

            length += width + (step.Then != 0 ? 1 : 0);
        }

        return length is >= Shortest and <= Longest - 2 ? new FixedForm(steps) : null;
    }

    /// <summary>Reads a time; null where the text has another form or names no time.</summary>
    public WallTime? Read(ReadOnlySpan<byte> text)
    {
        if (text.Length != length || year < 0 || day < 0)
        {
            return null;
        }

        ref byte first = ref MemoryMarshal.GetReference(text);
        Vector128<byte> strange = Strange(Vector128.LoadUnsafe(ref first), headDigits, headTexts, Vector128.LoadUnsafe(in template[0]))
            | Strange(Vector128.LoadUnsafe(ref first, (nuint)(length - Shortest)), tailDigits, tailTexts, Vector128.LoadUnsafe(in template[0], (nuint)(length - Shortest)));
        if (strange != Vector128<byte>.Zero)
        {
            return null;
        }

        TimeDigits digits = numbers.Take(ref first, length - Shortest);
        int years = (digits.Century * 100) + digits.Year;
        int months = month >= 0 ? digits.Month : ShortMonths.At(ref Unsafe.Add(ref first, monthName));
        int days = digits.Day;
        int hours = digits.Hour;
        int minutes = digits.Minute;
        int seconds = digits.Second;
        int ahead = 0;
        if (offset >= 0)
        {
            byte sign = Unsafe.Add(ref first, offset);
            int rest = TwoAt(ref first, length - 2);
            ahead = (digits.OffsetHour * 3600) + (rest * 60);
            if (sign is not ((byte)'+' or (byte)'-') || rest > 59 || ahead > LongestOffset)
            {
                return null;
            }

            ahead = sign == '-' ? -ahead : ahead;
        }

        return years is > 0 and < 9999 && months is >= 1 and <= 12 && hours <= 23 && minutes <= 59 && seconds <= 59
            && days >= 1 && days <= CivilDate.DaysInMonth(years, months)
            ? new WallTime((CivilDate.ToDays(years, months, days) * CivilDate.SecondsPerDay) + (hours * 3600) + (minutes * 60) + seconds, 0, ahead)
            : null;
    }

    /// <summary>Writes a local time without a fraction, given in seconds as if it were UTC, of a year with four digits.</summary>
    /// <param name="text">The first of so many bytes as fit between the quotes.</param>
    /// <param name="localSeconds">The time.</param>
    /// <param name="ahead">The offset from UTC in seconds.</param>
    /// <returns>The length of the text.</returns>
    public int Write(ref byte text, long localSeconds, int ahead)
    {
        ulong since = (ulong)(localSeconds - CivilDate.FirstSecond);
        uint dayCount = (uint)(since / CivilDate.SecondsPerDay);
        uint rest = (uint)(since - ((ulong)dayCount * CivilDate.SecondsPerDay));
        CivilDate.OfDays((int)dayCount + (int)(CivilDate.FirstSecond / CivilDate.SecondsPerDay), out int years, out int months, out int days);
        uint hours = rest / 3600;
        uint minutes = rest / 60;
        uint century = (uint)years / 100;
        var digits = new TimeDigits(century, (uint)years - (century * 100), (uint)months, (uint)days, hours, minutes - (hours * 60), rest - (minutes * 60));
        numbers.Put(digits, ref text, in template[0]);
        if (monthName >= 0)
        {
            ShortMonths.Put(ref Unsafe.Add(ref text, monthName), months);
        }

        return offset < 0 ? length : PutOffset(ref text, ahead);
    }

    private int PutOffset(ref byte text, int ahead)
    {
        if (ahead == 0 && (offsetForm & OffsetForm.ZForUtc) != 0)
        {
            Unsafe.Add(ref text, offset) = (byte)'Z';
            return offset + 1;
        }

        uint minutes = (uint)Math.Abs(ahead) / 60;
        Unsafe.Add(ref text, offset) = (byte)(ahead < 0 ? '-' : '+');
        PutTwo(ref text, offset + 1, minutes / 60);
        PutTwo(ref text, length - 2, minutes % 60);
        return length;
    }

    /// <summary>The characters a step always takes, or a negative number.</summary>
    private static int WidthOf(TimeStep step) => step.Part switch
    {
        TimePart.Year => 4,
        TimePart.ShortMonthName => 3,
        TimePart.Month or TimePart.Day or TimePart.Hour or TimePart.Minute or TimePart.Second => 2,
        TimePart.Offset => ((OffsetForm)step.Argument & OffsetForm.Colons) != 0 ? 6 : 5,
        TimePart.None or TimePart.OptionalFraction => 0,
        _ => -1,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Strange(Vector128<byte> text, Vector128<byte> digits, Vector128<byte> texts, Vector128<byte> template) =>
        (Vector128.GreaterThan(text - Vector128.Create((byte)'0'), Vector128.Create((byte)9)) & digits) | ((text ^ template) & texts);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TwoAt(ref byte text, int at) => (Unsafe.Add(ref text, at) * 10) + Unsafe.Add(ref text, at + 1) - ('0' * 11);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutTwo(ref byte text, int at, uint value)
    {
        // Exact for two digits.
        uint tens = (value * 103) >> 10;
        Unsafe.Add(ref text, at) = (byte)('0' + tens);
        Unsafe.Add(ref text, at + 1) = (byte)('0' + value - (tens * 10));
    }
}
