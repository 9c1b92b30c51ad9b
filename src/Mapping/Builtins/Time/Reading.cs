using System.Runtime.CompilerServices;
using Mapping.Builtins.Time.Layouts;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Time;

/// <summary><c>ts_parse</c>, <c>ts_strptime</c> and their deprecated twins, which give a text.</summary>
internal static class Reading
{
    public static readonly Builtin TsParse = Go("ts_parse", BuiltinStatus.Beta, asText: false);

    public static readonly Builtin ParseTimestamp = Go("parse_timestamp", BuiltinStatus.Deprecated, asText: true);

    public static readonly Builtin TsStrptime = Directives("ts_strptime", BuiltinStatus.Beta, asText: false);

    public static readonly Builtin ParseTimestampStrptime = Directives("parse_timestamp_strptime", BuiltinStatus.Deprecated, asText: true);

    private delegate string? CloseReader(ReadOnlySpan<byte> text, out Timestamp? moment);

    private static Builtin Go(string name, BuiltinStatus status, bool asText) => Read(BuiltinBuilder
        .Method(name, Category.Time, "Reads a time by a layout that shows the reference time 2006-01-02T15:04:05.999999999Z07:00.")
        .Parameter("format", ParameterType.String, "The reference time in the form of the text.")
        .Prepare(static (_, arguments) =>
        {
            var layout = GoLayout.Compile(arguments[0].AsSpan());
            return Preparation.Ready(new LayoutReading(layout.Reader, layout.ReadClosely));
        })
        .Example("", $"root = this.{name}(\"2006-Jan-02\")", ("\"2020-Aug-14\"", asText ? "2020-08-14T00:00:00Z" : "\"2020-08-14T00:00:00Z\""))
        .Example("", $"root.at = this.at.{name}(\"02/01/2006 15:04\")", ("""{"at":"14/08/2020 11:50"}""", """{"at":"2020-08-14T11:50:00Z"}""")), status, asText);

    private static Builtin Directives(string name, BuiltinStatus status, bool asText) => Read(BuiltinBuilder
        .Method(name, Category.Time, "Reads a time by strptime directives.")
        .Parameter("format", ParameterType.String, "Text with directives such as %Y-%m-%d.")
        .Prepare(static (_, arguments) =>
        {
            StrftimeLayout layout = StrftimeLayout.Compile(arguments[0].AsSpan());
            return layout.FirstUnreadable() is { } problem ? Preparation.Refuse(problem) : Preparation.Ready(new LayoutReading(layout.Reader, layout.ReadClosely));
        })
        .Example("", $"root = this.{name}(\"%Y-%b-%d\")", ("\"2020-Aug-14\"", asText ? "2020-08-14T00:00:00Z" : "\"2020-08-14T00:00:00Z\""))
        .Example("", $"root.at = this.at.{name}(\"%d/%m/%Y %H:%M\")", ("""{"at":"14/08/2020 11:50"}""", """{"at":"2020-08-14T11:50:00Z"}""")), status, asText);

    private static Builtin Read(BuiltinBuilder builder, BuiltinStatus status, bool asText) => builder
        .On(Accepts.LenientText)
        .Returns(asText ? "string" : "timestamp")
        .Status(status)
        .Static()
        .Body<LayoutReading>(asText ? ReadText : Read);

    private static Value Read(EvaluationContext context, Value target, LayoutReading reading, ReadOnlySpan<Value> arguments) =>
        reading.Quick?.Read(target.AsSpan()) is { } time ? context.Arena.Timestamp(time) : ReadClosely(target, reading);

    private static Value ReadText(EvaluationContext context, Value target, LayoutReading reading, ReadOnlySpan<Value> arguments)
    {
        Value moment = Read(context, target, reading, arguments);
        return moment.IsError ? moment : moment.AsTimestamp().ToText(context.Arena);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value ReadClosely(Value target, LayoutReading reading)
    {
        string? problem = reading.Closely(target.AsSpan(), out Timestamp? moment);
        return problem is null ? Value.FromTimestamp(moment!) : Unreadable(target, problem);
    }

    private static Value Unreadable(Value target, string problem) => Value.Fail($"failed to parse \"{TextForm.Preview(target)}\" as a time: {problem}");

    /// <summary>How a layout is read: quickly where the text is as usual.</summary>
    private sealed record LayoutReading(QuickReader? Quick, CloseReader Closely);
}
