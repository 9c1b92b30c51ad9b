using System.Diagnostics.CodeAnalysis;
using System.Text;
using Mapping.Values;
using NodaTime;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>Zones by name and by abbreviation.</summary>
internal static class ZoneText
{
    /// <summary>Hours of the abbreviations that mean one thing wherever they are in use.</summary>
    private static readonly Dictionary<string, double> Abbreviations = new (string Name, double Hours)[]
    {
        ("UTC", 0), ("GMT", 0), ("WET", 0), ("WEST", 1), ("BST", 1), ("CET", 1), ("CEST", 2), ("EET", 2), ("EEST", 3), ("MSK", 3),
        ("EST", -5), ("EDT", -4), ("CST", -6), ("CDT", -5), ("MST", -7), ("MDT", -6), ("PST", -8), ("PDT", -7), ("AKST", -9), ("AKDT", -8),
        ("HST", -10), ("NST", -3.5), ("NDT", -2.5), ("SAST", 2), ("EAT", 3), ("WAT", 1), ("CAT", 2), ("IST", 5.5), ("PKT", 5), ("WIB", 7),
        ("WITA", 8), ("WIT", 9), ("HKT", 8), ("SGT", 8), ("AWST", 8), ("JST", 9), ("KST", 9), ("ACST", 9.5), ("ACDT", 10.5), ("AEST", 10),
        ("AEDT", 11), ("ChST", 10), ("NZST", 12), ("NZDT", 13),
    }.ToDictionary(z => z.Name, z => z.Hours);

    /// <summary>An IANA name, <c>UTC</c>, nothing (UTC) or <c>Local</c>.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out DateTimeZone? zone)
    {
        zone = name switch
        {
            "" or "UTC" => DateTimeZone.Utc,
            "Local" => Timestamp.LocalTimeZone,

            // The library would read these as fixed offsets; they are no names of zones.
            _ when name.StartsWith("UTC", StringComparison.Ordinal) => null,
            _ => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name),
        };
        return zone is not null;
    }

    /// <summary>The abbreviation in force, or false where the zone has none.</summary>
    public static bool TryAbbreviation(ZonedDateTime moment, out string name)
    {
        name = moment.Zone.GetZoneInterval(moment.ToInstant()).Name;

        // Fixed offsets of the library call themselves UTC+02.
        return !(name.StartsWith("UTC", StringComparison.Ordinal) && name.Length > 3);
    }

    /// <summary>
    /// A zone for an abbreviation read from text. The local zone decides first; an unknown one is refused, because reading
    /// it as UTC would shift the time silently.
    /// </summary>
    public static bool TryAbbreviated(ReadOnlySpan<byte> text, LocalDateTime local, [NotNullWhen(true)] out DateTimeZone? zone)
    {
        string name = Encoding.UTF8.GetString(text);
        foreach (ZonedDateTime candidate in Candidates(local))
        {
            if (TryAbbreviation(candidate, out string known) && known == name)
            {
                zone = candidate.Zone;
                return true;
            }
        }

        if (Abbreviations.TryGetValue(name, out double hours))
        {
            zone = name == "UTC" ? DateTimeZone.Utc : new NamedOffsetZone(name, Offset.FromSeconds((int)(hours * 3600)));
            return true;
        }

        return TrySigned(name, out zone);
    }

    /// <summary><c>GMT+3</c>, <c>+03</c>, <c>-03</c>.</summary>
    private static bool TrySigned(string name, [NotNullWhen(true)] out DateTimeZone? zone)
    {
        zone = null;
        string offset = name.StartsWith("GMT", StringComparison.Ordinal) ? name[3..] : name;
        if (offset.Length < 2 || offset[0] is not ('+' or '-') || !int.TryParse(offset.AsSpan(1), out int hours) || hours > 18)
        {
            return false;
        }

        Offset size = Offset.FromHours(offset[0] == '-' ? -hours : hours);
        zone = offset.Length == name.Length ? DateTimeZone.ForOffset(size) : new NamedOffsetZone(name, size);
        return true;
    }

    private static IEnumerable<ZonedDateTime> Candidates(LocalDateTime local)
    {
        NodaTime.TimeZones.ZoneLocalMapping mapping = Timestamp.LocalTimeZone.MapLocal(local);
        if (mapping.Count > 0)
        {
            yield return mapping.First();
        }

        if (mapping.Count > 1)
        {
            yield return mapping.Last();
        }
    }
}
