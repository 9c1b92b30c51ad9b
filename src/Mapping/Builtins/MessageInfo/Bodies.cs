using System.Buffers;
using System.Runtime.InteropServices;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.MessageInfo;

/// <summary><c>content</c>, <c>json</c>: the body of the message, independent of <c>this</c>.</summary>
internal static class Bodies
{
    public static readonly Builtin Content = BuiltinBuilder
        .Function("content", Category.MessageInfo, "Gives the raw bytes of the message.")
        .Flow(ValueFlow.Body)
        .Returns("bytes")
        .Example("", "root = content().string().uppercase()", ("not JSON", "NOT JSON"))
        .Example("", "root.length = content().length()", ("""{"a":1}""", """{"length":7}"""))
        .FunctionBody(static context => Raw(context));

    public static readonly Builtin Json = BuiltinBuilder
        .Function("json", Category.MessageInfo, "Gives the parsed body of the message, or what stands at a path in it.")
        .Flow(ValueFlow.Document)
        .Parameter("path", ParameterType.String, "Keys joined by dots; empty for the whole document.", Value.FromString(""))
        .Prepare(static (_, arguments) =>
            Preparation.Ready(arguments[0].TextLength == 0 ? FieldPath.Empty : FieldPath.Parse(arguments[0].AsSpan())))
        .Example("", "root = json(\"a.b\")", ("""{"a":{"b":5}}""", "5"))
        .Example("", "root = this.list.map_each(v -> v + json(\"plus\"))", ("""{"list":[1,2],"plus":10}""", "[11,12]"))
        .Body<FieldPath>(static (context, _, path, _) => Structured(context, path));

    private static Value Raw(EvaluationContext context)
    {
        if (context.ReadsRoot && !context.Root.IsNothing && !context.Root.IsDeleted)
        {
            return Serialized(context);
        }

        ReadOnlyMemory<byte> body = context.Message.Body;
        if (body.Length > Value.MaxBytes)
        {
            return Value.Fail("the body of the message is too large");
        }

        return MemoryMarshal.TryGetArray(body, out ArraySegment<byte> segment) && segment.Offset <= Value.MaxBytes
            ? Value.FromBytes(segment.Array!, segment.Offset, segment.Count)
            : context.Arena.Bytes(body.Span);
    }

    /// <summary>In a mutation: the document under construction as it would be written.</summary>
    private static Value Serialized(EvaluationContext context)
    {
        if (context.Root.IsText)
        {
            return context.Root.ToBytesKind();
        }

        ArrayBufferWriter<byte> writer = context.Scratch();
        return JsonWriter.TryWrite(context.Root, writer, JsonWriterOptions.Text with { EscapeHtml = false })
            ? context.FinishBytes()
            : Value.Fail("the document holds a number that is not finite and cannot be written as JSON");
    }

    private static Value Structured(EvaluationContext context, FieldPath path)
    {
        Value document;
        if (context.ReadsRoot && !context.Root.IsNothing && !context.Root.IsDeleted)
        {
            document = context.Root;
        }
        else if (!context.Message.TryGetDocument(out document))
        {
            return context.Message.Body.IsEmpty
                ? Value.Fail("message is empty")
                : Value.Fail(context.Message.Problem is { } problem ? $"{problem.Message} at line {problem.Line} column {problem.Column}" : "the message is not JSON");
        }

        // A number that is the whole result is converted; within containers it keeps its spelling.
        return path.Read(document, context.Arena).Frozen().Normalized();
    }
}
