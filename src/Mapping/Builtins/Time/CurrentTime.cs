using Mapping.Builtins.Time.Layouts;
using Mapping.Functions;
using Mapping.Values;
using NodaTime;

namespace Mapping.Builtins.Time;

/// <summary><c>now</c>, <c>timestamp</c>, <c>timestamp_unix</c> and its finer forms: the clock of the environment.</summary>
internal static class CurrentTime
{
    private const long NanosecondsPerTick = 100;

    public static readonly Builtin Now = BuiltinBuilder
        .Function("now", Category.Environment, "Gives the current time in the zone of the machine as RFC 3339 text.")
        .Returns("string")
        .Example("", "root = now().type()", ("{}", "string"))
        .Example("", "root = now().ts_unix() <= timestamp_unix()", ("{}", "true"))
        .FunctionBody(static context => context.Arena.String(Read(context).ToText()));

    public static readonly Builtin Timestamp = BuiltinBuilder
        .Function("timestamp", Category.Environment, "Gives the current time in the zone of the machine, written by a layout.")
        .Returns("string")
        .Parameter("format", ParameterType.String, "A layout that shows the reference time Mon Jan 2 15:04:05 2006 -0700.", Value.FromString("2006-01-02T15:04:05.999999999Z07:00"))
        .Prepare(static (_, arguments) => Preparation.Ready(GoLayout.Compile(arguments[0].AsSpan())))
        .Example("", "root = timestamp(\"2006\").length()", ("{}", "4"))
        .Example("", "root = timestamp().ts_unix() <= timestamp_unix()", ("{}", "true"))
        .Body<GoLayout>(static (context, _, layout, _) =>
        {
            layout.Format(Read(context), context.Scratch());
            return context.FinishString();
        });

    public static readonly Builtin Unix = Declare("timestamp_unix", "seconds", NodaConstants.NanosecondsPerSecond);
    public static readonly Builtin UnixMilli = Declare("timestamp_unix_milli", "milliseconds", NodaConstants.NanosecondsPerMillisecond);
    public static readonly Builtin UnixMicro = Declare("timestamp_unix_micro", "microseconds", 1000);
    public static readonly Builtin UnixNano = Declare("timestamp_unix_nano", "nanoseconds", 1);

    private static Builtin Declare(string name, string unit, long nanoseconds) => BuiltinBuilder
        .Function(name, Category.Environment, $"Gives the {unit} from the beginning of 1970 to now.")
        .Returns("int64")
        .Example("", $"root = {name}() > 0", ("{}", "true"))
        .Example("", $"root = {name}() <= {name}()", ("{}", "true"))
        .FunctionBody(context => Value.FromInt64((context.Now - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick / nanoseconds));

    private static Values.Timestamp Read(EvaluationContext context) =>
        Values.Timestamp.FromInstant(Instant.FromDateTimeOffset(context.Now), Values.Timestamp.LocalTimeZone);
}
