using System.Buffers;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Parsing;

/// <summary><c>format_json</c>.</summary>
internal static class JsonFormatting
{
    public static readonly Builtin FormatJson = BuiltinBuilder
        .Method("format_json", Category.Parsing, "Writes a value as JSON with sorted keys; gives bytes.")
        .Status(BuiltinStatus.Beta)
        .Returns("bytes")
        .Parameter("indent", ParameterType.String, "What each level is indented by.", Value.FromString("    "))
        .Parameter("no_indent", ParameterType.Bool, "Writes everything on one line.", Value.False)
        .Parameter("escape_html", ParameterType.Bool, "Escapes the characters < > &.", Value.True)
        .Example("", "root = this.doc.format_json()", ("""{"doc":{"foo":"bar"}}""", "{\n    \"foo\": \"bar\"\n}"))
        .Example("As text within a document.", "root.doc = this.doc.format_json(no_indent: true).string()", ("""{"doc":{"b":1,"a":[2]}}""", """{"doc":"{\"a\":[2],\"b\":1}"}"""))
        .Prepare(static (_, arguments) =>
        {
            bool isCompact = arguments[1].IsTrue || arguments[0].TextLength == 0;
            string? indent = isCompact ? null : arguments[0].AsHostString();
            return Preparation.Ready(new JsonWriterOptions(SortKeys: true, EscapeHtml: arguments[2].IsTrue, indent));
        })
        .Body<JsonWriterOptions>(static (context, target, options, _) =>
        {
            ArrayBufferWriter<byte> result = context.Scratch();
            return JsonWriter.TryWrite(target, result, options)
                ? context.FinishBytes()
                : Value.Fail("failed to write value as json: NaN and infinities have no form in JSON");
        });
}
