using NodaTime;
using NodaTime.TimeZones;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>A fixed offset that was given by an abbreviation and prints it again.</summary>
internal sealed class NamedOffsetZone(string name, Offset offset) : DateTimeZone(name, isFixed: true, offset, offset)
{
    private readonly ZoneInterval interval = new(name, null, null, offset, Offset.Zero);

    public override ZoneInterval GetZoneInterval(Instant instant) => interval;
}
