using System.Text;
using Mapping.Values;
using NodaTime.Text;

namespace Mapping.Builtins.Strings.Format;

/// <summary>Timestamps as the verbs write them: <c>2020-01-01 00:00:00 +0000 UTC</c>.</summary>
internal static class TimeText
{
    private static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd' 'HH':'mm':'ss.FFFFFFFFF");

    public static byte[] Of(Timestamp timestamp)
    {
        int minutes = timestamp.Moment.Offset.Seconds / 60;
        int size = Math.Abs(minutes);
        string offset = $"{(minutes < 0 ? '-' : '+')}{size / 60:00}{size % 60:00}";
        string zone = timestamp.Moment.Zone.Id == "UTC" || (minutes == 0 && timestamp.Moment.Zone.Id is "Z" or "Etc/UTC")
            ? "UTC"
            : timestamp.Moment.Zone.GetZoneInterval(timestamp.Instant).Name;

        // A zone without a name of its own repeats its offset.
        string name = zone.Length > 0 && char.IsAsciiLetter(zone[0]) && !zone.StartsWith("UTC+", StringComparison.Ordinal) && !zone.StartsWith("UTC-", StringComparison.Ordinal)
            ? zone
            : offset;
        return Encoding.UTF8.GetBytes($"{Local.Format(timestamp.Moment.LocalDateTime)} {offset} {name}");
    }
}
