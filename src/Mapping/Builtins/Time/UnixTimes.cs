using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Time;

/// <summary><c>ts_unix</c> and its finer forms, with their deprecated twins.</summary>
internal static class UnixTimes
{
    // Up to here even nanoseconds fit into 64 bits.
    private const long FarAway = 9_000_000_000;

    public static IReadOnlyList<Builtin> All { get; } =
    [
        Unix("ts_unix", "seconds", 1_000_000_000, "1257894000"),
        Unix("ts_unix_milli", "milliseconds", 1_000_000, "1257894000000"),
        Unix("ts_unix_micro", "microseconds", 1_000, "1257894000000000"),
        Unix("ts_unix_nano", "nanoseconds", 1, "1257894000000000000"),
        Unix("format_timestamp_unix", "seconds", 1_000_000_000, "1257894000", BuiltinStatus.Deprecated),
        Unix("format_timestamp_unix_milli", "milliseconds", 1_000_000, "1257894000000", BuiltinStatus.Deprecated),
        Unix("format_timestamp_unix_micro", "microseconds", 1_000, "1257894000000000", BuiltinStatus.Deprecated),
        Unix("format_timestamp_unix_nano", "nanoseconds", 1, "1257894000000000000", BuiltinStatus.Deprecated),
    ];

    private static Builtin Unix(string name, string unit, long nanoseconds, string example, BuiltinStatus status = BuiltinStatus.Beta) => BuiltinBuilder
        .Method(name, Category.Time, $"Gives a time as whole {unit} since the beginning of 1970.")
        .On(Accepts.TimestampLike)
        .Returns("int64")
        .Status(status)
        .Static()
        .Example("", $"root = this.{name}()", ("\"2009-11-10T23:00:00Z\"", example))
        .Example("Zones count.", $"root = this.{name}()", ("\"2009-11-11T01:00:00+02:00\"", example))
        .Body((_, target) =>
        {
            // Seconds are rounded down already, also before 1970.
            Timestamp moment = target.AsTimestamp();
            long scale = NodaTime.NodaConstants.NanosecondsPerSecond / nanoseconds;
            if (Math.Abs(moment.UnixSeconds) < FarAway)
            {
                return Value.FromInt64((moment.UnixSeconds * scale) + (moment.Nanosecond / nanoseconds));
            }

            Int128 whole = ((Int128)moment.UnixSeconds * scale) + (moment.Nanosecond / nanoseconds);
            return whole >= long.MinValue && whole <= long.MaxValue
                ? Value.FromInt64((long)whole)
                : Value.Fail("the time is too far from 1970 to be counted in " + unit);
        });
}
