using Mapping.Builtins.Time.Layouts;
using Mapping.Functions;
using Mapping.Values;
using NodaTime;

namespace Mapping.Builtins.Time;

/// <summary><c>ts_format</c>, <c>ts_strftime</c>, <c>ts_tz</c> and the deprecated twins of the first two.</summary>
internal static class Formatting
{
    private static readonly Value Rfc3339 = Value.FromString("2006-01-02T15:04:05.999999999Z07:00");

    public static readonly Builtin Format = Draft("ts_format", Category.Time, BuiltinStatus.Beta)
        .Parameter("format", ParameterType.String, "A layout that shows the reference time Mon Jan 2 15:04:05 2006 -0700.", Rfc3339)
        .Optional("tz", ParameterType.String, "The zone to show the time in; its own when not given.")
        .Prepare(PrepareGo)
        .Example("", "root = this.ts_format(\"2006-Jan-02 15:04:05\", \"UTC\")", ("1597405526", "2020-Aug-14 11:45:26"))
        .Example("RFC 3339 when there is no layout.", "root = this.ts_format(tz: \"UTC\")", ("1597405526", "2020-08-14T11:45:26Z"))
        .Body<Plan<GoLayout>>(WriteGo);

    public static readonly Builtin Strftime = Draft("ts_strftime", Category.Time, BuiltinStatus.Beta)
        .Parameter("format", ParameterType.String, "A format of directives such as %Y.")
        .Optional("tz", ParameterType.String, "The zone to show the time in; its own when not given.")
        .Prepare(PrepareStrftime)
        .Example("", "root = this.ts_strftime(\"%Y-%b-%d %H:%M:%S\", \"UTC\")", ("1597405526", "2020-Aug-14 11:45:26"))
        .Example("", "root = this.ts_strftime(\"%A, day %j\")", ("\"2020-08-14T05:54:23Z\"", "Friday, day 227"))
        .Body<Plan<StrftimeLayout>>(WriteStrftime);

    public static readonly Builtin OldFormat = Draft("format_timestamp", Category.Deprecated, BuiltinStatus.Deprecated)
        .Parameter("format", ParameterType.String, "A layout that shows the reference time.", Rfc3339)
        .Optional("tz", ParameterType.String, "The zone to show the time in; its own when not given.")
        .Prepare(PrepareGo)
        .Example("", "root = this.format_timestamp(\"2006/01/02\")", ("\"2020-08-14T05:54:23Z\"", "2020/08/14"))
        .Example("", "root = this.format_timestamp()", ("\"2020-08-14T05:54:23Z\"", "2020-08-14T05:54:23Z"))
        .Body<Plan<GoLayout>>(WriteGo);

    public static readonly Builtin OldStrftime = Draft("format_timestamp_strftime", Category.Deprecated, BuiltinStatus.Deprecated)
        .Parameter("format", ParameterType.String, "A format of directives such as %Y.")
        .Optional("tz", ParameterType.String, "The zone to show the time in; its own when not given.")
        .Prepare(PrepareStrftime)
        .Example("", "root = this.format_timestamp_strftime(\"%Y/%m/%d\")", ("\"2020-08-14T05:54:23Z\"", "2020/08/14"))
        .Example("", "root = this.format_timestamp_strftime(\"%H:%M %Z\", \"Asia/Tokyo\")", ("1700000000", "07:13 JST"))
        .Body<Plan<StrftimeLayout>>(WriteStrftime);

    public static readonly Builtin Zone = BuiltinBuilder
        .Method("ts_tz", Category.Time, "Gives the same moment in another zone.")
        .On(Accepts.TimestampLike)
        .Returns("timestamp")
        .Status(BuiltinStatus.Beta)
        .Static()
        .Parameter("tz", ParameterType.String, "An IANA name, UTC or Local.")
        .Prepare(static (_, arguments) =>
            ZoneText.TryFind(arguments[0].AsHostString(), out DateTimeZone? zone) ? Preparation.Ready(zone) : Preparation.Refuse(Unknown(arguments[0])))
        .Example("", "root.t = this.t.ts_tz(\"Asia/Tokyo\")", ("""{"t":0}""", """{"t":"1970-01-01T09:00:00+09:00"}"""))
        .Example("", "root.t = this.t.ts_tz(\"UTC\")", ("""{"t":"2021-02-03T17:05:06+01:00"}""", """{"t":"2021-02-03T16:05:06Z"}"""))
        .Body<DateTimeZone>(static (_, target, zone, _) =>
            Moments.TryIn(target.AsTimestamp().Instant, zone, out Timestamp? moment) ? Value.FromTimestamp(moment) : Value.Fail(OutOfRange));

    private const string OutOfRange = "the time is outside of the years 0 to 9999 in that zone";

    private static BuiltinBuilder Draft(string name, string category, BuiltinStatus status) => BuiltinBuilder
        .Method(name, category, "Writes a timestamp as text.")
        .On(Accepts.TimestampLike)
        .Returns("string")
        .Status(status)
        .Static();

    private static Preparation PrepareGo(BuiltinServices services, ReadOnlySpan<Value> arguments) =>
        TryZone(arguments[1], out DateTimeZone? zone)
            ? Preparation.Ready(new Plan<GoLayout>(GoLayout.Compile(arguments[0].AsSpan()), zone))
            : Preparation.Refuse(Unknown(arguments[1]), 1);

    private static Preparation PrepareStrftime(BuiltinServices services, ReadOnlySpan<Value> arguments) =>
        TryZone(arguments[1], out DateTimeZone? zone)
            ? Preparation.Ready(new Plan<StrftimeLayout>(StrftimeLayout.Compile(arguments[0].AsSpan()), zone))
            : Preparation.Refuse(Unknown(arguments[1]), 1);

    private static bool TryZone(Value name, out DateTimeZone? zone)
    {
        zone = null;
        return name.IsAbsent || ZoneText.TryFind(name.AsHostString(), out zone);
    }

    private static string Unknown(Value name) => $"failed to parse timezone location name: unknown time zone {name.AsHostString()}";

    private static Value WriteGo(EvaluationContext context, Value target, Plan<GoLayout> plan, ReadOnlySpan<Value> arguments)
    {
        if (!TryMove(target, plan.Zone, out Timestamp? moment))
        {
            return Value.Fail(OutOfRange);
        }

        plan.Layout.Format(moment!, context.Scratch());
        return context.FinishString();
    }

    private static Value WriteStrftime(EvaluationContext context, Value target, Plan<StrftimeLayout> plan, ReadOnlySpan<Value> arguments)
    {
        if (!TryMove(target, plan.Zone, out Timestamp? moment))
        {
            return Value.Fail(OutOfRange);
        }

        plan.Layout.Format(moment!, context.Scratch());
        return context.FinishString();
    }

    private static bool TryMove(Value target, DateTimeZone? zone, out Timestamp? moment)
    {
        moment = target.AsTimestamp();
        return zone is null || Moments.TryIn(moment.Instant, zone, out moment);
    }

    private sealed record Plan<TLayout>(TLayout Layout, DateTimeZone? Zone);
}
