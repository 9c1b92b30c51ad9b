namespace Mapping.Extras.Schemas.Formats;

/// <summary>
/// <c>date</c>, <c>time</c>, <c>date-time</c>. The hour may have one digit, seconds a fraction, a time no offset, and a
/// date-time may be only a date or only a time.
/// </summary>
internal static class DateFormats
{
    public static bool IsDate(ReadOnlySpan<byte> text) => TryDate(ref text) && text.IsEmpty;

    public static bool IsTime(ReadOnlySpan<byte> text) => TryTime(ref text) && (text.IsEmpty || IsOffset(text));

    public static bool IsDateTime(ReadOnlySpan<byte> text)
    {
        if (IsDate(text) || IsTime(text))
        {
            return true;
        }

        if (!TryDate(ref text) || text is not [(byte)'T', ..])
        {
            return false;
        }

        text = text[1..];
        return TryTime(ref text) && IsOffset(text);
    }

    private static bool TryDate(ref ReadOnlySpan<byte> text)
    {
        if (!TryNumber(ref text, 4, 4, 9999, out int year) || !TryByte(ref text, '-') || !TryNumber(ref text, 2, 2, 12, out int month)
            || !TryByte(ref text, '-') || !TryNumber(ref text, 2, 2, 31, out int day) || month == 0 || day == 0)
        {
            return false;
        }

        // The year 0 is a leap year; the calendar of the platform begins with 1.
        return day <= DateTime.DaysInMonth(year == 0 ? 2000 : year, month);
    }

    private static bool TryTime(ref ReadOnlySpan<byte> text)
    {
        if (!TryNumber(ref text, 1, 2, 23, out _) || !TryByte(ref text, ':') || !TryNumber(ref text, 2, 2, 59, out _)
            || !TryByte(ref text, ':') || !TryNumber(ref text, 2, 2, 59, out _))
        {
            return false;
        }

        if (text is [(byte)'.' or (byte)',', >= (byte)'0' and <= (byte)'9', ..])
        {
            int end = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            text = end < 0 ? [] : text[(end + 1)..];
        }

        return true;
    }

    private static bool IsOffset(ReadOnlySpan<byte> text)
    {
        if (text is [(byte)'Z'])
        {
            return true;
        }

        return (TryByte(ref text, '+') || TryByte(ref text, '-')) && TryNumber(ref text, 2, 2, 24, out _) && TryByte(ref text, ':')
            && TryNumber(ref text, 2, 2, 60, out _) && text.IsEmpty;
    }

    private static bool TryByte(ref ReadOnlySpan<byte> text, char wanted)
    {
        bool found = !text.IsEmpty && text[0] == wanted;
        text = found ? text[1..] : text;
        return found;
    }

    private static bool TryNumber(ref ReadOnlySpan<byte> text, int least, int most, int limit, out int value)
    {
        value = 0;
        int digits = 0;
        while (digits < most && digits < text.Length && text[digits] is >= (byte)'0' and <= (byte)'9')
        {
            value = (value * 10) + text[digits++] - '0';
        }

        text = text[digits..];
        return digits >= least && value <= limit;
    }
}
