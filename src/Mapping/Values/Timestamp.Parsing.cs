using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Mapping.Values;

/// <summary>Timestamps from RFC 3339 text and Unix seconds.</summary>
internal sealed partial class Timestamp
{
    private static readonly Lazy<DateTimeZone> Local = new(LocalZone);

    /// <summary>The zone of the machine; UTC where it is unknown.</summary>
    public static DateTimeZone LocalTimeZone => Local.Value;

    /// <summary>A normalised number as Unix seconds in the local zone.</summary>
    public static bool TryFromUnix(Value seconds, [NotNullWhen(true)] out Timestamp? timestamp)
    {
        timestamp = null;
        double size = seconds.ToFloat64();
        if (!(Math.Abs(size) <= 253_402_300_799))
        {
            return false;
        }

        long whole = seconds.ToInt64();
        long nanoseconds = seconds.IsFloat64 ? (long)((size - whole) * 1e9) : 0;
        timestamp = FromInstant(Instant.FromUnixTimeSeconds(whole).PlusNanoseconds(nanoseconds), LocalTimeZone);
        return true;
    }

    public static bool TryParseRfc3339(ReadOnlySpan<byte> text, [NotNullWhen(true)] out Timestamp? timestamp)
    {
        timestamp = null;
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':'
            || !TryDigits(text[..4], out int year) || !TryDigits(text[5..7], out int month) || !TryDigits(text[8..10], out int day)
            || !TryDigits(text[11..13], out int hour) || !TryDigits(text[14..16], out int minute) || !TryDigits(text[17..19], out int second)
            || month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = text[19..];
        long nanoseconds = 0;
        if (rest[0] is (byte)'.' or (byte)',')
        {
            int digits = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (digits <= 0)
            {
                return false;
            }

            nanoseconds = Fraction(rest.Slice(1, digits));
            rest = rest[(digits + 1)..];
        }

        if (!TryOffset(rest, out Offset offset))
        {
            return false;
        }

        LocalDateTime local = new LocalDateTime(year, month, day, hour, minute, second).PlusNanoseconds(nanoseconds);
        DateTimeZone zone = offset == Offset.Zero ? DateTimeZone.Utc : DateTimeZone.ForOffset(offset);
        timestamp = FromInstant(local.WithOffset(offset).ToInstant(), zone);
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out Offset offset)
    {
        offset = Offset.Zero;
        if (text is [(byte)'Z'])
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':'
            || !TryDigits(text[1..3], out int hours) || !TryDigits(text[4..], out int minutes) || hours > 18 || minutes > 59)
        {
            return false;
        }

        int seconds = (hours * 3600) + (minutes * 60);
        if (seconds > 18 * 3600)
        {
            return false;
        }

        offset = Offset.FromSeconds(text[0] == '-' ? -seconds : seconds);
        return true;
    }

    private static long Fraction(ReadOnlySpan<byte> digits)
    {
        long value = 0;
        for (int i = 0; i < 9; i++)
        {
            value = (value * 10) + (i < digits.Length ? digits[i] - '0' : 0);
        }

        return value;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (byte c in text)
        {
            if (!char.IsAsciiDigit((char)c))
            {
                return false;
            }

            value = (value * 10) + (c - '0');
        }

        return true;
    }

    private static DateTimeZone LocalZone()
    {
        try
        {
            return DateTimeZoneProviders.Tzdb.GetSystemDefault();
        }
        catch (NodaTime.TimeZones.DateTimeZoneNotFoundException)
        {
            return DateTimeZone.Utc;
        }
    }
}
