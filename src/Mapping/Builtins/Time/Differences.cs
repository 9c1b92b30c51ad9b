using Mapping.Builtins.Time.Layouts;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Time;

/// <summary><c>ts_sub</c>.</summary>
internal static class Differences
{
    public static readonly Builtin TsSub = BuiltinBuilder
        .Method("ts_sub", Category.Time, "Gives the nanoseconds from another time to this one.")
        .On(Accepts.TimestampLike)
        .Returns("int64")
        .Status(BuiltinStatus.Beta)
        .Static()
        .Parameter("t2", ParameterType.Timestamp, "The earlier time.")
        .Example("", "root = this.end.ts_sub(this.start)", ("""{"start":"2020-08-14T05:54:23Z","end":"2020-08-14T05:54:24.5Z"}""", "1500000000"))
        .Example("", "root.days = this.ts_sub(\"2020-01-01T00:00:00Z\") / 86400000000000", ("\"2020-01-03T00:00:00Z\"", """{"days":2}"""))
        .Body(static (_, target, other) =>
        {
            Int128 size = Moments.Nanoseconds(target.AsTimestamp()) - Moments.Nanoseconds(other.AsTimestamp());

            // As in the reference, what does not fit is the largest difference there is.
            return Value.FromInt64((long)Int128.Clamp(size, long.MinValue, long.MaxValue));
        });
}
