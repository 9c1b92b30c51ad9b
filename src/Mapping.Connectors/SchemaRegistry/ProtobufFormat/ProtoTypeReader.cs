using Google.Protobuf.Reflection;

namespace Mapping.Connectors.SchemaRegistry.ProtobufFormat;

/// <summary>Makes types of descriptors.</summary>
internal sealed class ProtoTypeReader(FileDescriptorSet set)
{
    private readonly Dictionary<string, ProtoMessage> messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProtoEnum> enums = new(StringComparer.Ordinal);

    public ProtoFile Read(FileDescriptorProto main)
    {
        var tops = new Dictionary<FileDescriptorProto, List<ProtoMessage>>();
        foreach (FileDescriptorProto file in set.Files)
        {
            string scope = string.IsNullOrEmpty(file.Package) ? string.Empty : file.Package + ".";
            file.EnumTypes.ForEach(e => Declare(e, scope));
            tops[file] = [.. file.MessageTypes.Select(m => Declare(m, scope))];
        }

        foreach (FileDescriptorProto file in set.Files)
        {
            string scope = string.IsNullOrEmpty(file.Package) ? string.Empty : file.Package + ".";
            file.MessageTypes.ForEach(m => Fill(m, scope, file.Syntax == "proto3"));
        }

        return new ProtoFile(tops[main], messages);
    }

    private void Declare(EnumDescriptorProto declared, string scope) =>
        enums[scope + declared.Name] = new ProtoEnum(scope + declared.Name, declared.Values.Select(static v => (v.Name, v.Number)));

    private ProtoMessage Declare(DescriptorProto declared, string scope)
    {
        string name = scope + declared.Name;
        declared.EnumTypes.ForEach(e => Declare(e, name + "."));
        var message = new ProtoMessage(name)
        {
            IsMapEntry = declared.Options?.MapEntry == true,
            Nested = [.. declared.NestedTypes.Select(n => Declare(n, name + "."))],
        };
        messages[name] = message;
        return message;
    }

    private void Fill(DescriptorProto declared, string scope, bool isProto3)
    {
        string name = scope + declared.Name;
        messages[name].Fill([.. declared.Fields.Select(f => Field(f, isProto3))]);
        declared.NestedTypes.ForEach(n => Fill(n, name + ".", isProto3));
    }

    private ProtoField Field(FieldDescriptorProto declared, bool isProto3)
    {
        string type = declared.TypeName?.TrimStart('.') ?? string.Empty;
        bool isRepeated = declared.label == FieldDescriptorProto.Label.LabelRepeated;
        ProtoMessage? message = declared.type is FieldDescriptorProto.Type.TypeMessage or FieldDescriptorProto.Type.TypeGroup ? messages[type] : null;
        bool isInOneof = declared.ShouldSerializeOneofIndex();
        bool isNumber = declared.type is not (FieldDescriptorProto.Type.TypeString or FieldDescriptorProto.Type.TypeBytes) && message is null;
        bool? packed = declared.Options is { } options && options.ShouldSerializePacked() ? options.Packed : null;
        return new ProtoField
        {
            Number = declared.Number,
            Name = declared.Name,
            JsonName = string.IsNullOrEmpty(declared.JsonName) ? declared.Name : declared.JsonName,
            Type = declared.type,
            IsRepeated = isRepeated,
            IsPacked = isRepeated && isNumber && (packed ?? isProto3),
            HasPresence = !isRepeated && (!isProto3 || isInOneof || message is not null),
            Oneof = isInOneof ? declared.OneofIndex : null,
            Message = message,
            Enum = declared.type == FieldDescriptorProto.Type.TypeEnum ? enums[type] : null,
        };
    }
}
