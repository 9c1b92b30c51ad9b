using Mapping.Builtins.Time.Layouts;
using Mapping.Functions;
using Mapping.Values;
using NodaTime;

namespace Mapping.Builtins.Time;

/// <summary><c>ts_tz</c>.</summary>
internal static class Zones
{
    public static readonly Builtin TsTz = BuiltinBuilder
        .Method("ts_tz", Category.Time, "Shows the same moment in another time zone.")
        .On(Accepts.TimestampLike)
        .Returns("timestamp")
        .Status(BuiltinStatus.Beta)
        .Static()
        .Parameter("tz", ParameterType.String, "An IANA name, UTC or Local.")
        .Prepare(static (_, arguments) => ZoneText.TryFind(arguments[0].AsHostString(), out DateTimeZone? zone)
            ? Preparation.Ready(zone)
            : Unknown(arguments[0], argument: 0))
        .Example("", "root.at = this.at.ts_tz(\"Europe/Berlin\")", ("""{"at":"2021-02-03T17:05:06Z"}""", """{"at":"2021-02-03T18:05:06+01:00"}"""))
        .Example("", "root.at = this.at.ts_tz(\"UTC\")", ("""{"at":"2021-02-03T18:05:06+01:00"}""", """{"at":"2021-02-03T17:05:06Z"}"""))
        .Body<DateTimeZone>(static (_, target, zone, _) => Moments.TryIn(target.AsTimestamp().Instant, zone, out Timestamp? moment)
            ? Value.FromTimestamp(moment)
            : Value.Fail("the time is out of the range of years in that zone"));

    public static Preparation Unknown(Value name, int argument) =>
        Preparation.Refuse($"unknown time zone \"{name.AsHostString()}\", expected an IANA name such as Europe/Berlin", argument);
}
