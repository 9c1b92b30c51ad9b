using Mapping.Pipeline.Config;

namespace Mapping.Connectors.SchemaRegistry.ProtobufFormat;

/// <summary>How protobuf data looks as JSON.</summary>
/// <param name="UsesProtoNames">Fields have the names of the schema, not lowerCamelCase.</param>
/// <param name="UsesEnumNumbers">Symbols of enums are numbers.</param>
/// <param name="EmitsUnpopulated">Fields that are not set are written, with null where they would have no value.</param>
/// <param name="EmitsDefaults">Fields that are not set are written where they have a value.</param>
/// <param name="IsJson">By the rules for JSON, where 64-bit integers are texts; otherwise they are numbers.</param>
internal sealed record ProtobufForm(bool UsesProtoNames, bool UsesEnumNumbers, bool EmitsUnpopulated, bool EmitsDefaults, bool IsJson)
{
    private static readonly Field<bool> Names = Fields.Bool("use_proto_names", "Name fields as the schema does, instead of in lowerCamelCase.").Default("false");
    private static readonly Field<bool> Numbers = Fields.Bool("use_enum_numbers", "Write enums as numbers.").Default("false");
    private static readonly Field<bool> Unpopulated = Fields.Bool("emit_unpopulated", "Write fields that are not set: with their default, empty, or null where they have neither. Members of a oneof are left out.").Default("false");
    private static readonly Field<bool> Defaults = Fields.Bool("emit_default_values", "As emit_unpopulated, but leave out what would be null.").Default("false");
    private static readonly Field<bool> ToJson = Fields.Bool("serialize_to_json", "Write 64-bit integers as texts, as the JSON of protobuf has them; otherwise as numbers.").Default("true");

    public static Field<ProtobufForm> Field { get; } = Fields.Group(
        "protobuf",
        new Shape<ProtobufForm>(
            [Names, Numbers, Unpopulated, Defaults, ToJson],
            static read => new ProtobufForm(read.Get(Names), read.Get(Numbers), read.Get(Unpopulated), read.Get(Defaults), read.Get(ToJson))),
        "The form that protobuf data gets in JSON.").Default("{}").Advanced();
}
