using Mapping.Builtins.Time.Layouts;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Time;

/// <summary><c>ts_parse</c>, <c>ts_strptime</c> and their deprecated twins, which give text.</summary>
internal static class Parsing
{
    public static readonly Builtin Parse = Draft("ts_parse", "timestamp", Category.Time, BuiltinStatus.Beta)
        .Parameter("format", ParameterType.String, "A layout that shows the reference time Mon Jan 2 15:04:05 2006 -0700.")
        .Prepare(PrepareGo)
        .Example("", "root.t = this.t.ts_parse(\"2006-Jan-02\")", ("""{"t":"2020-Aug-14"}""", """{"t":"2020-08-14T00:00:00Z"}"""))
        .Example("With an offset.", "root.t = this.t.ts_parse(\"02/Jan/2006:15:04:05 -0700\")", ("""{"t":"05/Mar/2024:10:11:12 +0200"}""", """{"t":"2024-03-05T10:11:12+02:00"}"""))
        .Example("", "root.t = this.t.ts_parse(\"2006-01-02\")", ("""{"t":"2023-02-29"}""", "Error: day out of range"))
        .Body<GoLayout>(static (context, target, layout, arguments) => Finish(target, arguments[0], layout.TryParse(target.AsSpan(), out Timestamp? moment), moment));

    public static readonly Builtin Strptime = Draft("ts_strptime", "timestamp", Category.Time, BuiltinStatus.Beta)
        .Parameter("format", ParameterType.String, "A format of directives such as %Y.")
        .Prepare(PrepareStrptime)
        .Example("", "root.t = this.t.ts_strptime(\"%Y-%b-%d\")", ("""{"t":"2020-Aug-14"}""", """{"t":"2020-08-14T00:00:00Z"}"""))
        .Example("", "root.t = this.t.ts_strptime(\"%d/%b/%Y:%H:%M:%S %z\")", ("""{"t":"10/Oct/2023:13:55:36 -0700"}""", """{"t":"2023-10-10T13:55:36-07:00"}"""))
        .Body<StrftimeLayout>(static (context, target, layout, arguments) => Finish(target, arguments[0], layout.TryParse(target.AsSpan(), out Timestamp? moment), moment));

    public static readonly Builtin OldParse = Draft("parse_timestamp", "string", Category.Deprecated, BuiltinStatus.Deprecated)
        .Parameter("format", ParameterType.String, "A layout that shows the reference time.")
        .Prepare(PrepareGo)
        .Example("", "root = this.parse_timestamp(\"2006-Jan-02\")", ("\"2020-Aug-14\"", "2020-08-14T00:00:00Z"))
        .Example("", "root = this.parse_timestamp(\"2006\").slice(0, 4)", ("\"2020\"", "2020"))
        .Body<GoLayout>(static (context, target, layout, arguments) =>
            ToText(context, Finish(target, arguments[0], layout.TryParse(target.AsSpan(), out Timestamp? moment), moment)));

    public static readonly Builtin OldStrptime = Draft("parse_timestamp_strptime", "string", Category.Deprecated, BuiltinStatus.Deprecated)
        .Parameter("format", ParameterType.String, "A format of directives such as %Y.")
        .Prepare(PrepareStrptime)
        .Example("", "root = this.parse_timestamp_strptime(\"%Y-%b-%d\")", ("\"2020-Aug-14\"", "2020-08-14T00:00:00Z"))
        .Example("", "root = this.parse_timestamp_strptime(\"%d.%m.%Y\").slice(0, 10)", ("\"05.03.2024\"", "2024-03-05"))
        .Body<StrftimeLayout>(static (context, target, layout, arguments) =>
            ToText(context, Finish(target, arguments[0], layout.TryParse(target.AsSpan(), out Timestamp? moment), moment)));

    private static BuiltinBuilder Draft(string name, string returns, string category, BuiltinStatus status) => BuiltinBuilder
        .Method(name, category, "Reads a text as a timestamp; what the layout does not show is zero, and the zone UTC.")
        .On(Accepts.LenientText)
        .Returns(returns)
        .Status(status)
        .Static();

    private static Preparation PrepareGo(BuiltinServices services, ReadOnlySpan<Value> arguments) =>
        Preparation.Ready(GoLayout.Compile(arguments[0].AsSpan()));

    private static Preparation PrepareStrptime(BuiltinServices services, ReadOnlySpan<Value> arguments) =>
        Preparation.Ready(StrftimeLayout.Compile(arguments[0].AsSpan()));

    private static Value Finish(Value text, Value layout, string? problem, Timestamp? moment) => problem is null
        ? Value.FromTimestamp(moment!)
        : Value.Fail($"parsing time \"{TextForm.Preview(text)}\" as \"{TextForm.Preview(layout)}\": {problem}");

    private static Value ToText(EvaluationContext context, Value moment) =>
        moment.IsError ? moment : context.Arena.String(moment.AsTimestamp().ToText());
}
