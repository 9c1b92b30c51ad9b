using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.MessageInfo;

/// <summary><c>error</c>, <c>errored</c>, <c>error_source_name</c>, <c>error_source_label</c>, <c>error_source_path</c>, <c>tracing_id</c>, <c>tracing_span</c>.</summary>
internal static class Flags
{
    /// <summary>Where the trace stands in <c>00-trace-span-flags</c>.</summary>
    private const int TraceStart = 3;
    private const int TraceEnd = 35;

    private static readonly Value NoTrace = Value.FromString(new string('0', 32));
    private static readonly Value NoSpan = Value.FromObject(new ObjectNode { IsFrozen = true });

    public static readonly Builtin Error = Text("error", "Gives the text of the error a message failed with, or null.", static error => error.Text);

    public static readonly Builtin Errored = BuiltinBuilder
        .Function("errored", Category.MessageInfo, "Tells whether a message has failed.")
        .Returns("bool")
        .Example("", "root = errored()", ("{}", "false"))
        .Example("", "root = if errored() { \"failed\" } else { \"fine\" }", ("{}", "fine"))
        .FunctionBody(static context => Value.FromBool(context.Message.Error is not null));

    public static readonly Builtin SourceName = Text("error_source_name", "Gives the name of the component a message failed in, or null.", static error => error.SourceName);

    public static readonly Builtin SourceLabel = Text("error_source_label", "Gives the label of the component a message failed in, or null.", static error => error.SourceLabel);

    public static readonly Builtin SourcePath = Text("error_source_path", "Gives the path of the component a message failed in, or null.", static error => error.SourcePath);

    public static readonly Builtin TracingId = BuiltinBuilder
        .Function("tracing_id", Category.MessageInfo, "Gives the trace of a message; zeros when it has none.")
        .Returns("string")
        .Status(BuiltinStatus.Experimental)
        .Example("", "root = tracing_id()", ("{}", "00000000000000000000000000000000"))
        .Example("", "root = tracing_id().length()", ("{}", "32"))
        .FunctionBody(static context => ParentOf(context) is { Length: > TraceEnd } parent ? context.Arena.String(parent[TraceStart..TraceEnd]) : NoTrace);

    public static readonly Builtin TracingSpan = BuiltinBuilder
        .Function("tracing_span", Category.MessageInfo, "Gives the span of a message as an object; empty when it has none.")
        .Returns("object|null")
        .Status(BuiltinStatus.Experimental)
        .Example("", "root = tracing_span()", ("{}", "{}"))
        .Example("", "root.p = tracing_span().traceparent", ("{}", """{"p":null}"""))
        .FunctionBody(static context =>
        {
            if (ParentOf(context) is not { } parent)
            {
                return NoSpan;
            }

            ObjectNode span = context.Arena.NewObject();
            span.Set(Value.FromString("traceparent"), context.Arena.String(parent));
            if (((ITraced)context.Message.Attachment!).TraceState is { Length: > 0 } state)
            {
                span.Set(Value.FromString("tracestate"), context.Arena.String(state));
            }

            return Value.FromObject(span);
        });

    private static string? ParentOf(EvaluationContext context) => (context.Message.Attachment as ITraced)?.TraceParent;

    private static Builtin Text(string name, string summary, Func<MessageError, string?> part) => BuiltinBuilder
        .Function(name, Category.MessageInfo, summary)
        .Returns("string|null")
        .Example("", $"root.v = {name}()", ("{}", """{"v":null}"""))
        .Example("", $"root.v = {name}().or(\"none\")", ("{}", """{"v":"none"}"""))
        .FunctionBody(context => context.Message.Error is { } error && part(error) is { } text ? context.Arena.String(text) : Value.Null);
}
