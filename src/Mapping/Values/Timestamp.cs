using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Mapping.Values;

/// <summary>An instant with its zone, to the nanosecond.</summary>
internal sealed partial class Timestamp(ZonedDateTime moment)
{
    // Fraction without trailing zeros; Z for offset zero.
    private static readonly LocalDateTimePattern Rfc3339Local = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss.FFFFFFFFF");

    public ZonedDateTime Moment { get; } = moment;

    public Instant Instant => Moment.ToInstant();

    public static Timestamp FromInstant(Instant instant, DateTimeZone zone) => new(instant.InZone(zone));

    /// <summary>RFC 3339 with up to nine fractional digits.</summary>
    public string ToText()
    {
        int minutes = Moment.Offset.Seconds / 60;
        string local = Rfc3339Local.Format(Moment.LocalDateTime);
        if (minutes == 0)
        {
            return local + "Z";
        }

        int size = Math.Abs(minutes);
        return $"{local}{(minutes < 0 ? '-' : '+')}{size / 60:00}:{size % 60:00}";
    }

    public bool TextEquals(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetBytes(ToText()).AsSpan().SequenceEqual(utf8);
}
