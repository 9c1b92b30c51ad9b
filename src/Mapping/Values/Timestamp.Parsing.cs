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
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
        {
            return false;
        }

        int year = (TwoDigits(text, 0) * 100) + TwoDigits(text, 2);
        int month = TwoDigits(text, 5);
        int day = TwoDigits(text, 8);
        int hour = TwoDigits(text, 11);
        int minute = TwoDigits(text, 14);
        int second = TwoDigits(text, 17);
        if (((year | month | day | hour | minute | second) < 0) || month is < 1 or > 12 || day < 1 || day > CivilDate.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = text[19..];
        int nanosecond = 0;
        if (rest[0] is (byte)'.' or (byte)',' && !TryFraction(ref rest, out nanosecond))
        {
            return false;
        }

        if (!TryOffset(rest, out int offset))
        {
            return false;
        }

        timestamp = FromLocal(new WallTime((CivilDate.ToDays(year, month, day) * CivilDate.SecondsPerDay) + (hour * 3600) + (minute * 60) + second, nanosecond, offset));
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out int seconds)
    {
        seconds = 0;
        if (text is [(byte)'Z'])
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':')
        {
            return false;
        }

        int hours = TwoDigits(text, 1);
        int minutes = TwoDigits(text, 4);
        int size = (hours * 3600) + (minutes * 60);
        seconds = text[0] == '-' ? -size : size;
        return (hours | minutes) >= 0 && minutes <= 59 && size <= 18 * 3600;
    }

    /// <summary>A separator and digits, of which the first nine count.</summary>
    private static bool TryFraction(ref ReadOnlySpan<byte> text, out int nanosecond)
    {
        nanosecond = 0;
        int at = 1;
        int scale = 100_000_000;
        for (; at < text.Length && char.IsAsciiDigit((char)text[at]); at++)
        {
            nanosecond += (text[at] - '0') * scale;
            scale /= 10;
        }

        text = text[at..];
        return at > 1;
    }

    /// <summary>Two digits, or something very negative where there are none.</summary>
    private static int TwoDigits(ReadOnlySpan<byte> text, int at)
    {
        uint tens = (uint)(text[at] - '0');
        uint ones = (uint)(text[at + 1] - '0');
        return tens <= 9 && ones <= 9 ? (int)((tens * 10) + ones) : -1_000_000;
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
