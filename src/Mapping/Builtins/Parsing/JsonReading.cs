using System.Runtime.CompilerServices;
using Mapping.Functions;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Builtins.Parsing;

/// <summary><c>parse_json</c>.</summary>
internal static class JsonReading
{
    public static readonly Builtin ParseJson = BuiltinBuilder
        .Method("parse_json", Category.Parsing, "Parses a string as one JSON document.")
        .On(Accepts.Text)
        .Returns("any")
        .Optional("use_number", ParameterType.Bool, "Keeps the spelling of numbers, as in a message; otherwise they become floats.")
        .Example("", "root.doc = this.doc.parse_json()", ("""{"doc":"{\"foo\":\"bar\"}"}""", """{"doc":{"foo":"bar"}}"""))
        .Example("Numbers keep their digits if asked to.", "root = this.parse_json(use_number: true)", ("\"[11380878173205700000000000000000000000000000000]\"", "[11380878173205700000000000000000000000000000000]"))
        .Example("Broken documents are errors.", """root = this.parse_json().catch("broken")""", ("\"{\"", "broken"))
        .Body(static (context, target, useNumber) =>
        {
            Document document = context.RentDocument();
            if (!document.TryParse(target.TextOwner, target.TextOffset, target.TextLength, strictUtf8: false, out JsonError? problem))
            {
                return Broken(target, problem);
            }

            return useNumber.IsTrue ? Value.FromDocument(document, document.RootIndex) : FloatNumbers.Of(context, document);
        });

    private static bool StartsWithMark(ReadOnlySpan<byte> text) => text.StartsWith("\uFEFF"u8);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value Broken(Value target, JsonError? problem)
    {
        if (StartsWithMark(target.AsSpan()))
        {
            return Value.Fail("failed to parse value as json: it starts with a byte order mark");
        }

        return problem is { } known
            ? Value.Fail($"failed to parse value as json: {known.Message} at line {known.Line} column {known.Column}")
            : Value.Fail("failed to parse value as json");
    }
}
