using System.Buffers.Text;
using Google.Protobuf.Reflection;
using Mapping.Values.Json;

namespace Mapping.Connectors.SchemaRegistry.ProtobufFormat;

/// <summary>Writes numbers, texts and enums as the JSON of protobuf.</summary>
internal sealed class ProtobufScalars(ProtobufForm form)
{
    public void Write(ProtoField field, ProtoOccurrences.Occurrence value, ReadOnlySpan<byte> bytes, Utf8Buffer json)
    {
        switch (field.Type)
        {
            case FieldDescriptorProto.Type.TypeDouble:
                JsonNumbers.Write(json, BitConverter.UInt64BitsToDouble(value.Bits));
                break;
            case FieldDescriptorProto.Type.TypeFloat:
                JsonNumbers.Write(json, BitConverter.UInt32BitsToSingle((uint)value.Bits));
                break;
            case FieldDescriptorProto.Type.TypeBool:
                json.Append(value.Bits != 0);
                break;
            case FieldDescriptorProto.Type.TypeString:
                JsonText.WriteString(bytes, json, escapeHtml: false);
                break;
            case FieldDescriptorProto.Type.TypeBytes:
                json.Append((byte)'"');
                Base64.EncodeToUtf8(bytes, json.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out int length);
                json.Advance(length);
                json.Append((byte)'"');
                break;
            case FieldDescriptorProto.Type.TypeEnum:
                WriteEnum(field.Enum!, (int)value.Bits, json);
                break;
            case FieldDescriptorProto.Type.TypeUint64 or FieldDescriptorProto.Type.TypeFixed64:
                WriteLong(value.Bits <= long.MaxValue ? (long)value.Bits : null, value.Bits, json);
                break;
            case FieldDescriptorProto.Type.TypeInt64 or FieldDescriptorProto.Type.TypeSfixed64:
                WriteLong((long)value.Bits, 0, json);
                break;
            case FieldDescriptorProto.Type.TypeSint64:
                WriteLong(Unzigzag(value.Bits), 0, json);
                break;
            case FieldDescriptorProto.Type.TypeSint32:
                JsonNumbers.Write(json, (int)Unzigzag(value.Bits));
                break;
            case FieldDescriptorProto.Type.TypeUint32 or FieldDescriptorProto.Type.TypeFixed32:
                JsonNumbers.Write(json, (uint)value.Bits);
                break;
            default:
                JsonNumbers.Write(json, (int)value.Bits);
                break;
        }
    }

    private static long Unzigzag(ulong bits) => (long)(bits >> 1) ^ -(long)(bits & 1);

    private void WriteEnum(ProtoEnum type, int number, Utf8Buffer json)
    {
        if (type.IsNull)
        {
            json.Append("null"u8);
        }
        else if (!form.UsesEnumNumbers && type.NameOf(number) is { } name)
        {
            JsonText.WriteString(name, json, escapeHtml: false);
        }
        else
        {
            JsonNumbers.Write(json, number);
        }
    }

    private void WriteLong(long? signed, ulong unsigned, Utf8Buffer json)
    {
        ReadOnlySpan<byte> quote = form.IsJson ? "\""u8 : [];
        json.Append(quote);
        if (signed is { } number)
        {
            JsonNumbers.Write(json, number);
        }
        else
        {
            Utf8Formatter.TryFormat(unsigned, json.GetSpan(20), out int length);
            json.Advance(length);
        }

        json.Append(quote);
    }
}
