using System.Diagnostics.CodeAnalysis;
using Mapping.Values;
using NodaTime;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>Making timestamps near the ends of the calendar, where the library throws.</summary>
internal static class Moments
{
    private const int LastYear = 9999;

    /// <summary>A local time at an offset; the zone must agree with the offset.</summary>
    public static bool TryAt(LocalDateTime local, Offset offset, DateTimeZone zone, [NotNullWhen(true)] out Timestamp? moment)
    {
        if (IsOrdinary(local.Year))
        {
            moment = Timestamp.FromInstant(local.WithOffset(offset).ToInstant(), zone);
            return true;
        }

        return TryMake((local, offset, zone), static s => Timestamp.FromInstant(s.local.WithOffset(s.offset).ToInstant(), s.zone), out moment);
    }

    /// <summary>A local time in a zone: in a gap moved forward, when it occurs twice the earlier one.</summary>
    public static bool TryIn(LocalDateTime local, DateTimeZone zone, [NotNullWhen(true)] out Timestamp? moment) =>
        TryMake((local, zone), static s => new Timestamp(s.local.InZoneLeniently(s.zone)), out moment);

    public static bool TryIn(Instant instant, DateTimeZone zone, [NotNullWhen(true)] out Timestamp? moment) =>
        TryMake((instant, zone), static s => Timestamp.FromInstant(s.instant, s.zone), out moment);

    /// <summary>The instant so many nanoseconds after the beginning of 1970.</summary>
    public static bool TryFromNanoseconds(Int128 nanoseconds, DateTimeZone zone, [NotNullWhen(true)] out Timestamp? moment)
    {
        (Int128 days, Int128 rest) = Int128.DivRem(nanoseconds, NodaConstants.NanosecondsPerDay);
        if (Int128.Abs(days) > 4_000_000)
        {
            moment = null;
            return false;
        }

        return TryMake(
            (Days: (int)days, Nanoseconds: (long)rest, zone),
            static s => Timestamp.FromInstant(NodaConstants.UnixEpoch + Duration.FromDays(s.Days) + Duration.FromNanoseconds(s.Nanoseconds), s.zone),
            out moment);
    }

    /// <summary>Nanoseconds since the beginning of 1970, exact over all years.</summary>
    public static Int128 Nanoseconds(Timestamp moment)
    {
        Duration since = moment.Instant - NodaConstants.UnixEpoch;
        return ((Int128)since.Days * NodaConstants.NanosecondsPerDay) + since.NanosecondOfDay;
    }

    /// <summary>Far enough from both ends that no offset leads beyond them.</summary>
    private static bool IsOrdinary(int year) => year is > 0 and < LastYear;

    private static bool TryMake<T>(T source, Func<T, Timestamp> make, [NotNullWhen(true)] out Timestamp? moment)
    {
        try
        {
            moment = make(source);
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            moment = null;
            return false;
        }

        return moment.HasOrdinaryYear;
    }
}
