using System.Buffers;
using System.Runtime.CompilerServices;
using Mapping.Builtins.Time.Layouts;
using Mapping.Functions;
using Mapping.Values;
using NodaTime;

namespace Mapping.Builtins.Time;

/// <summary><c>ts_format</c>, <c>ts_strftime</c> and their deprecated twins.</summary>
internal static class Formatting
{
    public const string Rfc3339 = "2006-01-02T15:04:05.999999999Z07:00";

    public static readonly Builtin TsFormat = Go("ts_format", BuiltinStatus.Beta);

    public static readonly Builtin FormatTimestamp = Go("format_timestamp", BuiltinStatus.Deprecated);

    public static readonly Builtin TsStrftime = Directives("ts_strftime", BuiltinStatus.Beta);

    public static readonly Builtin FormatTimestampStrftime = Directives("format_timestamp_strftime", BuiltinStatus.Deprecated);

    private static Builtin Go(string name, BuiltinStatus status) => Zoned(BuiltinBuilder
        .Method(name, Category.Time, "Formats a time by a layout that shows the reference time 2006-01-02T15:04:05.999999999Z07:00.")
        .Status(status)
        .Parameter("format", ParameterType.String, "The reference time in the wanted form.", Value.FromString(Rfc3339)))
        .Prepare(static (_, arguments) => Prepare(arguments, static text =>
        {
            var layout = GoLayout.Compile(text);
            return (layout.Writer, layout.Format);
        }))
        .Example("", $"root = this.{name}(\"2006-01-02 15:04\")", ("\"2020-08-14T11:45:26.371Z\"", "2020-08-14 11:45"))
        .Example("Unix seconds are times, too.", $"root = this.{name}(\"2006-01-02\", \"UTC\")", ("1597405526", "2020-08-14"))
        .Body<ZonedFormat>(Format);

    private static Builtin Directives(string name, BuiltinStatus status) => Zoned(BuiltinBuilder
        .Method(name, Category.Time, "Formats a time by strftime directives.")
        .Status(status)
        .Parameter("format", ParameterType.String, "Text with directives such as %Y-%m-%d."))
        .Prepare(static (_, arguments) => Prepare(arguments, static text =>
        {
            var layout = StrftimeLayout.Compile(text);
            return (layout.Writer, layout.Format);
        }))
        .Example("", $"root = this.{name}(\"%Y-%b-%d %H:%M:%S\")", ("\"2020-08-14T11:45:26.371Z\"", "2020-Aug-14 11:45:26"))
        .Example("", $"root = this.{name}(\"%d.%m.%y\", \"UTC\")", ("1597405526", "14.08.20"))
        .Body<ZonedFormat>(Format);

    private static BuiltinBuilder Zoned(BuiltinBuilder builder) => builder
        .On(Accepts.TimestampLike)
        .Returns("string")
        .Static()
        .Optional("tz", ParameterType.String, "The zone to show the time in; without it, the zone of the time itself.");

    private static Preparation Prepare(
        ReadOnlySpan<Value> arguments, Func<byte[], (QuickWriter? Quick, Action<Timestamp, IBufferWriter<byte>> Write)> compile)
    {
        DateTimeZone? zone = null;
        if (!arguments[1].IsAbsent && !ZoneText.TryFind(arguments[1].AsHostString(), out zone))
        {
            return Zones.Unknown(arguments[1], argument: 1);
        }

        (QuickWriter? quick, Action<Timestamp, IBufferWriter<byte>> write) = compile(arguments[0].AsSpan().ToArray());
        return Preparation.Ready(new ZonedFormat(quick, write, zone));
    }

    private static Value Format(EvaluationContext context, Value target, ZonedFormat format, ReadOnlySpan<Value> arguments)
    {
        Timestamp moment = target.AsTimestamp();
        return format.Quick is { } writer && moment.HasOrdinaryYear && (format.Zone is null || ReferenceEquals(format.Zone, moment.Zone))
            ? writer.Write(context, moment.LocalSeconds, moment.Nanosecond, moment.OffsetSeconds)
            : FormatInZone(context, moment, format);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value FormatInZone(EvaluationContext context, Timestamp moment, ZonedFormat format)
    {
        if (format.Zone is { } zone && !Moments.TryIn(moment.Instant, zone, out moment!))
        {
            return Value.Fail("the time is out of the range of years in that zone");
        }

        if (format.Quick is { } writer && moment.HasOrdinaryYear)
        {
            return writer.Write(context, moment.LocalSeconds, moment.Nanosecond, moment.OffsetSeconds);
        }

        format.Write(moment, context.Scratch());
        return context.FinishString();
    }

    private sealed record ZonedFormat(QuickWriter? Quick, Action<Timestamp, IBufferWriter<byte>> Write, DateTimeZone? Zone);
}
