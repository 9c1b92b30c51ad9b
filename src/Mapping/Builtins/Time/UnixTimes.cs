using Mapping.Builtins.Time.Layouts;
using Mapping.Functions;
using Mapping.Values;
using NodaTime;

namespace Mapping.Builtins.Time;

/// <summary><c>ts_unix</c>, <c>ts_unix_milli</c>, <c>ts_unix_micro</c>, <c>ts_unix_nano</c> and their deprecated twins; all round down.</summary>
internal static class UnixTimes
{
    public static IReadOnlyList<Builtin> All { get; } =
    [
        Declare("ts_unix", "seconds", NodaConstants.NanosecondsPerSecond),
        Declare("ts_unix_milli", "milliseconds", NodaConstants.NanosecondsPerMillisecond),
        Declare("ts_unix_micro", "microseconds", 1000),
        Declare("ts_unix_nano", "nanoseconds", 1),
        Declare("format_timestamp_unix", "seconds", NodaConstants.NanosecondsPerSecond),
        Declare("format_timestamp_unix_milli", "milliseconds", NodaConstants.NanosecondsPerMillisecond),
        Declare("format_timestamp_unix_micro", "microseconds", 1000),
        Declare("format_timestamp_unix_nano", "nanoseconds", 1),
    ];

    private static Builtin Declare(string name, string unit, long nanoseconds)
    {
        bool old = name.StartsWith("format", StringComparison.Ordinal);
        long second = NodaConstants.NanosecondsPerSecond / nanoseconds;
        return BuiltinBuilder
            .Method(name, old ? Category.Deprecated : Category.Time, $"Gives the {unit} from the beginning of 1970 to a timestamp.")
            .On(Accepts.TimestampLike)
            .Returns("int64")
            .Status(old ? BuiltinStatus.Deprecated : BuiltinStatus.Beta)
            .Static()
            .Example("", $"root = this.{name}()", ("\"2009-11-10T23:00:00Z\"", $"{1257894000 * (Int128)second}"))
            .Example("Before 1970.", $"root = this.{name}()", ("\"1969-12-31T23:59:59Z\"", $"{-second}"))
            .Body((_, target) => Since(target.AsTimestamp(), nanoseconds));
    }

    private static Value Since(Timestamp moment, long unit)
    {
        Int128 total = Moments.Nanoseconds(moment);
        (Int128 whole, Int128 rest) = Int128.DivRem(total, unit);
        whole -= rest < 0 ? 1 : 0;
        return whole < long.MinValue || whole > long.MaxValue
            ? Value.Fail("the time is too far from 1970 to be counted in nanoseconds")
            : Value.FromInt64((long)whole);
    }
}
