using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Mapping.Values;

/// <summary>An instant with its zone, to the nanosecond.</summary>
internal sealed partial class Timestamp
{
    /// <summary>Room that is enough for every text of a timestamp.</summary>
    public const int LongestText = 48;

    // Fraction without trailing zeros; Z for offset zero.
    private static readonly LocalDateTimePattern Rfc3339Local = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss.FFFFFFFFF");

    public Timestamp(ZonedDateTime moment)
        : this(moment.ToInstant().ToUnixTimeSeconds(), moment.NanosecondOfSecond, moment.Offset.Seconds, moment.Zone)
    {
    }

    private Timestamp(long seconds, int nanosecond, int offset, DateTimeZone zone)
    {
        UnixSeconds = seconds;
        Nanosecond = nanosecond;
        OffsetSeconds = offset;
        Zone = zone;
    }

    /// <summary>Whole seconds since the beginning of 1970, rounded down.</summary>
    public long UnixSeconds { get; private set; }

    /// <summary>What is to be added to the seconds.</summary>
    public int Nanosecond { get; private set; }

    /// <summary>How far the zone is ahead of UTC at that instant.</summary>
    public int OffsetSeconds { get; private set; }

    public DateTimeZone Zone { get; private set; }

    /// <summary>The time in its zone, with its calendar.</summary>
    public ZonedDateTime Moment => Instant.InZone(Zone);

    public Instant Instant => Instant.FromUnixTimeSeconds(UnixSeconds).PlusNanoseconds(Nanosecond);

    /// <summary>The local time as if it were UTC.</summary>
    public long LocalSeconds => UnixSeconds + OffsetSeconds;

    /// <summary>Whether the local year has four digits, as most operations want it.</summary>
    public bool HasOrdinaryYear => LocalSeconds is >= CivilDate.FirstSecond and <= CivilDate.LastSecond;

    public static Timestamp FromInstant(Instant instant, DateTimeZone zone)
    {
        if (!ReferenceEquals(zone, DateTimeZone.Utc))
        {
            return new(instant.InZone(zone));
        }

        long seconds = instant.ToUnixTimeSeconds();
        return new(seconds, (int)(instant - Instant.FromUnixTimeSeconds(seconds)).SubsecondNanoseconds, 0, zone);
    }

    public static Timestamp FromLocal(WallTime time) => new(time.Seconds - time.Offset, time.Nanosecond, time.Offset, ZoneOf(time.Offset));

    /// <summary>The same time, apart from an arena that will use this one again.</summary>
    public Timestamp Copy() => new(UnixSeconds, Nanosecond, OffsetSeconds, Zone);

    /// <summary>Becomes another time: only for the arena, whose timestamps nobody has any more.</summary>
    internal void Reuse(WallTime time)
    {
        UnixSeconds = time.Seconds - time.Offset;
        Nanosecond = time.Nanosecond;
        if (time.Offset != OffsetSeconds || !ReferenceEquals(Zone, ZoneOf(time.Offset)))
        {
            OffsetSeconds = time.Offset;
            Zone = ZoneOf(time.Offset);
        }
    }

    private static DateTimeZone ZoneOf(int offset) => offset == 0 ? DateTimeZone.Utc : DateTimeZone.ForOffset(Offset.FromSeconds(offset));

    /// <summary>RFC 3339 with up to nine fractional digits.</summary>
    public string ToText()
    {
        if (HasOrdinaryYear)
        {
            Span<byte> text = stackalloc byte[LongestText];
            return Encoding.ASCII.GetString(text[..Format(text)]);
        }

        int minutes = OffsetSeconds / 60;
        string local = Rfc3339Local.Format(Moment.LocalDateTime);
        if (minutes == 0)
        {
            return local + "Z";
        }

        int size = Math.Abs(minutes);
        return $"{local}{(minutes < 0 ? '-' : '+')}{size / 60:00}:{size % 60:00}";
    }

    /// <summary>The same text in an arena.</summary>
    public Value ToText(Arena arena)
    {
        Span<byte> text = stackalloc byte[LongestText];
        text = text[..Write(text)];
        text.CopyTo(arena.AllocateQuoted(text.Length, out byte[] owner, out int offset));
        return Value.FromQuoted(owner, offset, text.Length);
    }

    /// <summary>Writes the text to a room of <see cref="LongestText"/> bytes and gives its length.</summary>
    public int Write(Span<byte> text) => HasOrdinaryYear ? Format(text) : Encoding.ASCII.GetBytes(ToText(), text);

    public bool TextEquals(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetBytes(ToText()).AsSpan().SequenceEqual(utf8);

    /// <summary>Writes a time of an ordinary year.</summary>
    private int Format(Span<byte> text)
    {
        int days = (int)Math.DivRem(LocalSeconds - CivilDate.FirstSecond, CivilDate.SecondsPerDay, out long rest) + (int)(CivilDate.FirstSecond / CivilDate.SecondsPerDay);
        int second = (int)rest;
        CivilDate.OfDays(days, out int year, out int month, out int day);
        Put(text, year / 100, 0, (byte)'0');
        Put(text, year % 100, 2, (byte)'-');
        Put(text, month, 5, (byte)'-');
        Put(text, day, 8, (byte)'T');
        Put(text, second / 3600, 11, (byte)':');
        Put(text, second / 60 % 60, 14, (byte)':');
        Put(text, second % 60, 17, (byte)'Z');
        int at = 19;
        if (Nanosecond != 0)
        {
            text[at++] = (byte)'.';
            for (int fraction = Nanosecond, scale = 100_000_000; fraction != 0; scale /= 10)
            {
                text[at++] = (byte)('0' + (fraction / scale));
                fraction %= scale;
            }

            text[at] = (byte)'Z';
        }

        int minutes = OffsetSeconds / 60;
        if (minutes == 0)
        {
            return at + 1;
        }

        int size = Math.Abs(minutes);
        text[at] = (byte)(minutes < 0 ? '-' : '+');
        Put(text, size / 60, at + 1, (byte)':');
        Put(text, size % 60, at + 4, (byte)' ');
        return at + 6;
    }

    private static void Put(Span<byte> text, int twoDigits, int at, byte next)
    {
        text[at] = (byte)('0' + (twoDigits / 10));
        text[at + 1] = (byte)('0' + (twoDigits % 10));
        text[at + 2] = next;
    }
}
