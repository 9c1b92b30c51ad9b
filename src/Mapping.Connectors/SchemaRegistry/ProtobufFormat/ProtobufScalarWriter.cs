using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using Google.Protobuf.Reflection;
using Mapping.Values;

namespace Mapping.Connectors.SchemaRegistry.ProtobufFormat;

/// <summary>Reads numbers, texts and enums of the JSON of protobuf; false when the value does not fit, with the reason in the writer.</summary>
internal static class ProtobufScalarWriter
{
    public static bool TryWrite(ProtoField field, Value value, WireWriter writer)
    {
        switch (field.Type)
        {
            case FieldDescriptorProto.Type.TypeDouble when TryReal(value, out double real):
                writer.Fixed64(BitConverter.DoubleToUInt64Bits(real));
                return true;
            case FieldDescriptorProto.Type.TypeFloat when TryReal(value, out double real) && (!double.IsFinite(real) || float.IsFinite((float)real)):
                writer.Fixed32(BitConverter.SingleToUInt32Bits((float)real));
                return true;
            case FieldDescriptorProto.Type.TypeBool when value.IsBool:
                writer.Byte(value.IsTrue ? (byte)1 : (byte)0);
                return true;
            case FieldDescriptorProto.Type.TypeString when value.IsString:
                writer.Varint((ulong)value.TextLength);
                writer.Bytes(value.AsSpan());
                return true;
            case FieldDescriptorProto.Type.TypeBytes when value.IsString && TryBase64(value, out byte[] bytes):
                writer.Varint((ulong)bytes.Length);
                writer.Bytes(bytes);
                return true;
            case FieldDescriptorProto.Type.TypeEnum when TryEnum(field.Enum!, value, out int number):
                writer.Varint((ulong)(long)number);
                return true;
            case FieldDescriptorProto.Type.TypeUint64 or FieldDescriptorProto.Type.TypeFixed64 when TryInteger(value, 0, ulong.MaxValue, out Int128 integer):
                Put(field, (ulong)integer, writer);
                return true;
            case FieldDescriptorProto.Type.TypeUint32 or FieldDescriptorProto.Type.TypeFixed32 when TryInteger(value, 0, uint.MaxValue, out Int128 integer):
                Put(field, (ulong)integer, writer);
                return true;
            case FieldDescriptorProto.Type.TypeInt64 or FieldDescriptorProto.Type.TypeSfixed64 when TryInteger(value, long.MinValue, long.MaxValue, out Int128 integer):
                Put(field, (ulong)(long)integer, writer);
                return true;
            case FieldDescriptorProto.Type.TypeInt32 or FieldDescriptorProto.Type.TypeSfixed32 when TryInteger(value, int.MinValue, int.MaxValue, out Int128 integer):
                Put(field, (ulong)(long)integer, writer);
                return true;
            case FieldDescriptorProto.Type.TypeSint64 when TryInteger(value, long.MinValue, long.MaxValue, out Int128 integer):
                writer.ZigZag((long)integer);
                return true;
            case FieldDescriptorProto.Type.TypeSint32 when TryInteger(value, int.MinValue, int.MaxValue, out Int128 integer):
                writer.ZigZag((long)integer);
                return true;
            default:
                return ProtobufWriter.Mismatch($"a value of the type {field.Type.ToString()["Type".Length..].ToLowerInvariant()}", value, writer);
        }
    }

    private static void Put(ProtoField field, ulong bits, WireWriter writer)
    {
        switch (field.Wire)
        {
            case WireType.Fixed32:
                writer.Fixed32((uint)bits);
                break;
            case WireType.Fixed64:
                writer.Fixed64(bits);
                break;
            default:
                writer.Varint(bits);
                break;
        }
    }

    /// <summary>A whole number, also as a text.</summary>
    private static bool TryInteger(Value value, Int128 least, Int128 most, out Int128 integer)
    {
        integer = 0;
        bool isText = value.IsString || value.IsLexical;
        bool isInteger = isText && Int128.TryParse(value.AsSpan(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out integer);
        if (!isInteger && JsonNumbers.TryInteger(isText ? Value.FromLexical(value.AsSpan().ToArray(), 0, value.TextLength) : value, out long number))
        {
            (integer, isInteger) = (number, true);
        }

        return isInteger && integer >= least && integer <= most;
    }

    private static bool TryReal(Value value, out double real) =>
        JsonNumbers.TryReal(value, out real)
        || (value.IsString && double.TryParse(value.AsSpan(), NumberStyles.Float, CultureInfo.InvariantCulture, out real) && double.IsFinite(real));

    /// <summary>In the usual letters or those of URLs, with padding or without.</summary>
    private static bool TryBase64(Value value, out byte[] bytes)
    {
        byte[] text = value.AsSpan().ToArray();
        text.AsSpan().Replace((byte)'+', (byte)'-');
        text.AsSpan().Replace((byte)'/', (byte)'_');
        bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        bool isDone = Base64Url.DecodeFromUtf8(text, bytes, out _, out int written) == OperationStatus.Done;
        bytes = bytes[..written];
        return isDone;
    }

    private static bool TryEnum(ProtoEnum type, Value value, out int number)
    {
        number = 0;
        if (value.IsString)
        {
            return type.TryNumber(value.AsHostString(), out number);
        }

        bool isNumber = JsonNumbers.TryInteger(value, out long integer) && integer == (int)integer;
        number = (int)integer;
        return isNumber || (type.IsNull && value.IsNull);
    }
}
