using System.Buffers.Binary;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Encodings;

/// <summary><c>with_schema_registry_header</c>.</summary>
internal static class SchemaRegistryHeader
{
    private const int Size = 5;

    public static readonly Builtin WithHeader = BuiltinBuilder
        .Function("with_schema_registry_header", Category.Encoding, "Puts the header of a schema registry, a zero byte and the schema id, in front of a message; gives bytes.")
        .FromConnect()
        .Returns("bytes")
        .Parameter("schema_id", ParameterType.Any, "A number up to 4294967295; one from the input must be converted with int64() first.")
        .Parameter("message", ParameterType.Any, "A string or bytes.")
        .Example("", """root = with_schema_registry_header(258, "hi").encode("hex")""", ("{}", "00000001026869"))
        .Example("", """root = with_schema_registry_header(this.id.int64(), content()).length()""", ("""{"id":7}""", "13"))
        .FunctionBody(static (EvaluationContext context, ReadOnlySpan<Value> arguments) => Join(context, arguments[0], arguments[1]));

    private static Value Join(EvaluationContext context, Value id, Value message)
    {
        if (!TryId(id, out uint number))
        {
            return Value.Fail($"schema_id: {Mismatch.Text("32-bit unsigned integer", id)}");
        }

        if (message.IsLexical || !TextForm.TryText(message, context.Arena, out Value text))
        {
            return Value.Fail($"message: {Mismatch.Text("string or bytes", message)}");
        }

        if (!context.TryGrow(Size + text.TextLength, out Value exceeded))
        {
            return exceeded;
        }

        Span<byte> room = context.Arena.Allocate(Size + text.TextLength, out byte[] owner, out int offset);
        room[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(room[1..], number);
        text.AsSpan().CopyTo(room[Size..]);
        return Value.FromBytes(owner, offset, room.Length);
    }

    private static bool TryId(Value id, out uint number)
    {
        double wanted = id.Kind is ValueKind.Int64 or ValueKind.UInt64 or ValueKind.Float64 ? id.ToFloat64() : -1;
        bool fits = wanted is >= 0 and <= uint.MaxValue && wanted == Math.Floor(wanted);
        number = fits ? (uint)wanted : 0;
        return fits;
    }
}
