using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Parsing;

/// <summary><c>infer_schema</c>.</summary>
internal static class SchemaInference
{
    public static readonly Builtin InferSchema = BuiltinBuilder
        .Method(
            "infer_schema",
            Category.Parsing,
            "Describes the types within a value; arrays are described by their first element. Equal schemas have equal fingerprints.")
        .Returns("object")
        .Example("", "root = this.infer_schema().children.map_each(c -> c.name + \" \" + c.type)", ("""{"id":1,"name":"n"}""", """["id INT64","name STRING"]"""))
        .Example("", "root = this.infer_schema()", ("true", """{"fingerprint":"016dc7ffd2b9e7175cdffba7b93e1a250bdcbfff9e35718a0e851219d9341fb6","type":"BOOLEAN"}"""))
        .Example("Elements of different types are an error.", "root = this.infer_schema().catch(\"mixed\")", ("""[1,"a"]""", "mixed"))
        .Body(static (context, target) => context.Checked(Infer(context, target, default, new ArrayBufferWriter<byte>())));

    private static readonly Value TypeKey = Value.FromString("type");
    private static readonly Value NameKey = Value.FromString("name");
    private static readonly Value ChildrenKey = Value.FromString("children");
    private static readonly Value FingerprintKey = Value.FromString("fingerprint");

    private sealed record SchemaType(int Number, Value Name);

    private static readonly SchemaType Boolean = new(1, Value.FromString("BOOLEAN"));
    private static readonly SchemaType Int64 = new(3, Value.FromString("INT64"));
    private static readonly SchemaType Float64 = new(5, Value.FromString("FLOAT64"));
    private static readonly SchemaType String = new(6, Value.FromString("STRING"));
    private static readonly SchemaType ByteArray = new(7, Value.FromString("BYTE_ARRAY"));
    private static readonly SchemaType Object = new(8, Value.FromString("OBJECT"));
    private static readonly SchemaType Array = new(10, Value.FromString("ARRAY"));
    private static readonly SchemaType Null = new(11, Value.FromString("NULL"));
    private static readonly SchemaType Timestamp = new(13, Value.FromString("TIMESTAMP"));

    /// <param name="context">The evaluation.</param>
    /// <param name="value">What to describe.</param>
    /// <param name="name">The key of the member it is, or null.</param>
    /// <param name="text">Takes the text that the fingerprint is the hash of; that of a child is part of that of its parent.</param>
    private static Value Infer(EvaluationContext context, Value value, Value name, ArrayBufferWriter<byte> text)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return Text.DeepStack.Run(() => Infer(context, value, name, text));
        }

        if (!context.TryStep(out Value exceeded) || !context.TryGrow(text.WrittenCount, out exceeded))
        {
            return exceeded;
        }

        if (TypeOf(value) is not { } type)
        {
            return Value.Fail($"unable to infer a schema from {value.TypeName}");
        }

        int start = text.WrittenCount;
        int childCount = value.IsArray ? Math.Min(value.Count, 1) : value.Count;
        Append(text, $"T:{type.Number}|N:");
        text.Write(name.IsNull ? default : name.AsSpan());
        Append(text, $"|O:0|C:{childCount}|");
        ObjectNode schema = context.Arena.NewObject(4);
        schema.AddNew(TypeKey, type.Name);
        if (!name.IsNull)
        {
            schema.AddNew(NameKey, name);
        }

        if (childCount > 0)
        {
            Value children = value.IsArray ? InferElements(context, value, text) : InferMembers(context, value, text);
            if (children.IsError)
            {
                return children;
            }

            schema.AddNew(ChildrenKey, children);
        }

        schema.AddNew(FingerprintKey, context.Arena.String(Convert.ToHexStringLower(SHA256.HashData(text.WrittenSpan[start..]))));
        return Value.FromObject(schema);
    }

    private static Value InferElements(EvaluationContext context, Value array, ArrayBufferWriter<byte> text)
    {
        Value first = array.ElementAt(0);
        int position = 0;
        foreach (Value element in array.Elements)
        {
            if (TypeOf(element) != TypeOf(first))
            {
                return Value.Fail($"element {position} is of type {element.TypeName}, the elements before it of type {first.TypeName}");
            }

            position++;
        }

        ArrayNode children = context.Arena.NewArray(1);
        Value failure = Add(context, children, first, default, text);
        return failure.IsError ? failure : Value.FromArray(children);
    }

    private static Value InferMembers(EvaluationContext context, Value value, ArrayBufferWriter<byte> text)
    {
        ArrayNode children = context.Arena.NewArray(value.Count);
        foreach (Member member in value.SortedMembers())
        {
            Value failure = Add(context, children, member.Value, member.Key, text);
            if (failure.IsError)
            {
                return failure;
            }
        }

        return Value.FromArray(children);
    }

    private static Value Add(EvaluationContext context, ArrayNode children, Value value, Value name, ArrayBufferWriter<byte> text)
    {
        Append(text, $"[{children.Count}:");
        Value child = Infer(context, value, name, text);
        if (!child.IsError)
        {
            Append(text, $"]");
            children.Add(child);
        }

        return child;
    }

    private static SchemaType? TypeOf(Value value) => value.Normalized().Kind switch
    {
        ValueKind.Bool => Boolean,
        ValueKind.Int64 or ValueKind.UInt64 => Int64,
        ValueKind.Float64 => Float64,
        ValueKind.String => String,
        ValueKind.Bytes => ByteArray,
        ValueKind.Timestamp => Timestamp,
        ValueKind.Array => Array,
        ValueKind.Object => Object,
        ValueKind.Null => Null,
        _ => null,
    };

    private static void Append(ArrayBufferWriter<byte> text, FormattableString part) => text.Write(Encoding.UTF8.GetBytes(FormattableString.Invariant(part)));
}
