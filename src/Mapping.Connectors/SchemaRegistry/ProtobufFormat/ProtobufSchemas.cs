using Google.Protobuf.Reflection;

namespace Mapping.Connectors.SchemaRegistry.ProtobufFormat;

/// <summary>Texts of <c>.proto</c> files as types.</summary>
internal static class ProtobufSchemas
{
    private const string Main = "main.proto";

    /// <summary>What registries know without being told; nothing of a payload depends on the options in the first.</summary>
    private static readonly (string Name, string Text)[] Known =
    [
        ("confluent/meta.proto", """
            syntax = "proto3";
            package confluent;
            import "google/protobuf/descriptor.proto";
            message Meta { string doc = 1; map<string, string> params = 2; repeated string tags = 3; }
            extend google.protobuf.FileOptions { Meta file_meta = 1088; }
            extend google.protobuf.MessageOptions { Meta message_meta = 1088; }
            extend google.protobuf.FieldOptions { Meta field_meta = 1088; }
            extend google.protobuf.EnumOptions { Meta enum_meta = 1088; }
            extend google.protobuf.EnumValueOptions { Meta enum_value_meta = 1088; }
            """),
        ("confluent/type/decimal.proto", """
            syntax = "proto3";
            package confluent.type;
            message Decimal { bytes value = 1; uint32 precision = 2; int32 scale = 3; }
            """),
    ];

    /// <exception cref="SchemaFailure">The text is no <c>.proto</c> file, or imports what the registry does not refer to.</exception>
    public static ProtoFile Read(ResolvedSchema schema)
    {
        var set = new FileDescriptorSet();
        HashSet<string> given = [];
        foreach ((string name, string text) in schema.Referenced.Concat(Known.Where(k => IsImported(k.Name, schema))))
        {
            if (given.Add(name))
            {
                set.Add(name, includeInOutput: true, new StringReader(text));
            }
        }

        set.Add(Main, includeInOutput: true, new StringReader(schema.Schema.Text));
        set.Process();
        if (Array.Find(set.GetErrors(), static e => e.IsError) is { } error)
        {
            throw SchemaFailure.Schema($"the protobuf schema cannot be read: {(error.File == Main ? string.Empty : error.File + ", ")}line {error.LineNumber}: {error.Message}");
        }

        return new ProtoTypeReader(set).Read(set.Files.First(static f => f.Name == Main));
    }

    private static bool IsImported(string name, ResolvedSchema schema) =>
        schema.Schema.Text.Contains(name, StringComparison.Ordinal) || schema.Referenced.Any(r => r.Text.Contains(name, StringComparison.Ordinal));
}
