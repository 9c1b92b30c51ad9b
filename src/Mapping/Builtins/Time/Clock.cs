using System.Buffers;
using Mapping.Builtins.Time.Layouts;
using Mapping.Functions;
using Mapping.Values;
using NodaTime;

namespace Mapping.Builtins.Time;

/// <summary><c>now</c>, <c>timestamp</c>, <c>timestamp_unix</c> and its finer forms: the current time.</summary>
internal static class Clock
{
    public static readonly Builtin Now = BuiltinBuilder
        .Function("now", Category.Environment, "Gives the current time as an RFC 3339 text with nanoseconds, in the local zone.")
        .Returns("string")
        .Example("", "root = now().ts_unix() > 1600000000", ("{}", "true"))
        .Example("", "root = now().type()", ("{}", "string"))
        .FunctionBody(static context => Local(context).ToText(context.Arena));

    public static readonly Builtin InLayout = BuiltinBuilder
        .Function("timestamp", Category.Environment, "Gives the current time as a text in a layout, in the local zone.")
        .Returns("string")
        .Parameter("layout", ParameterType.String, "The reference time 2006-01-02T15:04:05Z07:00 in the wanted form.", Value.FromString(Formatting.Rfc3339))
        .Prepare(static (_, arguments) => Preparation.Ready(GoLayout.Compile(arguments[0].AsSpan())))
        .Example("", "root = timestamp(\"01\").length()", ("{}", "2"))
        .Example("", "root = timestamp().ts_unix() > 1600000000", ("{}", "true"))
        .Body<GoLayout>(static (context, _, layout, _) =>
        {
            ArrayBufferWriter<byte> text = context.Scratch();
            layout.Format(Local(context), text);
            return context.FinishString();
        });

    public static IReadOnlyList<Builtin> UnixFunctions { get; } =
    [
        Unix("timestamp_unix", "seconds", 1_000_000_000, 1_600_000_000),
        Unix("timestamp_unix_milli", "milliseconds", 1_000_000, 1_600_000_000_000),
        Unix("timestamp_unix_micro", "microseconds", 1_000, 1_600_000_000_000_000),
        Unix("timestamp_unix_nano", "nanoseconds", 1, 1_600_000_000_000_000_000),
    ];

    private static Builtin Unix(string name, string unit, long nanoseconds, long past) => BuiltinBuilder
        .Function(name, Category.Environment, $"Gives the current time as {unit} since the beginning of 1970.")
        .Returns("int64")
        .Example("", $"root = {name}() > {past}", ("{}", "true"))
        .Example("", $"root = {name}().type()", ("{}", "number"))
        .FunctionBody(context => Value.FromInt64((long)(Moments.Nanoseconds(Local(context)) / nanoseconds)));

    private static Timestamp Local(EvaluationContext context) =>
        Values.Timestamp.FromInstant(Instant.FromDateTimeOffset(context.Now), Values.Timestamp.LocalTimeZone);
}
