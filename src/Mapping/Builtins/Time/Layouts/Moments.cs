using System.Diagnostics.CodeAnalysis;
using Mapping.Values;
using NodaTime;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>Making timestamps near the ends of the calendar, where the library throws.</summary>
internal static class Moments
{
    private const int LastYear = 9999;

    /// <summary>A local time at an offset; the zone must agree with the offset.</summary>
    public static bool TryAt(LocalDateTime local, Offset offset, DateTimeZone zone, [NotNullWhen(true)] out Timestamp? moment) =>
        TryMake(() => Timestamp.FromInstant(local.WithOffset(offset).ToInstant(), zone), out moment);

    /// <summary>A local time in a zone: in a gap moved forward, when it occurs twice the earlier one.</summary>
    public static bool TryIn(LocalDateTime local, DateTimeZone zone, [NotNullWhen(true)] out Timestamp? moment)
    {
        if (ReferenceEquals(zone, DateTimeZone.Utc))
        {
            moment = new Timestamp(local.InUtc());
            return true;
        }

        return TryMake(() => new Timestamp(local.InZoneLeniently(zone)), out moment);
    }

    public static bool TryIn(Instant instant, DateTimeZone zone, [NotNullWhen(true)] out Timestamp? moment) =>
        TryMake(() => Timestamp.FromInstant(instant, zone), out moment);

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
            () => Timestamp.FromInstant(NodaConstants.UnixEpoch + Duration.FromDays((int)days) + Duration.FromNanoseconds((long)rest), zone),
            out moment);
    }

    /// <summary>Nanoseconds since the beginning of 1970, exact over all years.</summary>
    public static Int128 Nanoseconds(Timestamp moment)
    {
        Duration since = moment.Instant - NodaConstants.UnixEpoch;
        return ((Int128)since.Days * NodaConstants.NanosecondsPerDay) + since.NanosecondOfDay;
    }

    private static bool TryMake(Func<Timestamp> make, [NotNullWhen(true)] out Timestamp? moment)
    {
        try
        {
            moment = make();
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            moment = null;
            return false;
        }

        return moment.Moment.Year is >= 0 and <= LastYear;
    }
}
