using System.Buffers;
using System.Text;
using Avro;

namespace Mapping.Connectors.SchemaRegistry.AvroFormat;

/// <summary>Avro schemas of a registry as decoders and encoders.</summary>
internal static class AvroSchemas
{
    /// <exception cref="SchemaFailure">The text is no schema.</exception>
    public static IPayloadDecoder Decoder(ResolvedSchema schema, AvroDecodeOptions options) =>
        new AvroDecoder(Type(schema, new AvroForm(options.RawUnions == true, options.PreservesLogicalTypes, options.TranslatesConnect), options.Rewrite));

    /// <exception cref="SchemaFailure">The text is no schema.</exception>
    public static IPayloadEncoder Encoder(ResolvedSchema schema, bool isRaw) => new AvroEncoder(Type(schema, new AvroForm(isRaw, PreservesLogicalTypes: false, TranslatesConnect: false), null));

    /// <summary>What tells a type from the others of a union in JSON: its full name, or <c>long</c>, <c>long.timestamp-millis</c>.</summary>
    public static string BranchName(Schema schema, bool withLogicalType) => schema switch
    {
        NamedSchema named => named.Fullname,
        LogicalSchema { BaseSchema: NamedSchema named } => named.Fullname,
        LogicalSchema logical => withLogicalType && AvroTypes.IsKnown(logical.LogicalTypeName) ? $"{BranchName(logical.BaseSchema, false)}.{logical.LogicalTypeName}" : BranchName(logical.BaseSchema, false),
        _ => Schema.GetTypeString(schema.Tag),
    };

    /// <exception cref="SchemaFailure">The text is no schema.</exception>
    public static Schema Parse(ResolvedSchema schema, CompiledMapping? rewrite)
    {
        try
        {
            var names = new SchemaNames();
            foreach ((string _, string text) in schema.Referenced)
            {
                Schema.Parse(text, names);
            }

            return Schema.Parse(rewrite is null ? schema.Schema.Text : Rewritten(schema.Schema.Text, rewrite), names);
        }
        catch (Exception error) when (error is AvroException or Newtonsoft.Json.JsonException or ArgumentException or InvalidCastException or NullReferenceException)
        {
            throw SchemaFailure.Schema($"the Avro schema cannot be read: {error.Message}", error);
        }
    }

    private static AvroType Type(ResolvedSchema schema, AvroForm form, CompiledMapping? rewrite) => new AvroTypes(form).Of(Parse(schema, rewrite));

    private static string Rewritten(string text, CompiledMapping rewrite)
    {
        var made = new ArrayBufferWriter<byte>();
        MappingOutcome outcome = rewrite.Run(Encoding.UTF8.GetBytes(text), made, out MappingError? error);
        return outcome is MappingOutcome.Mapped or MappingOutcome.Unchanged
            ? Encoding.UTF8.GetString(made.WrittenSpan)
            : throw SchemaFailure.Schema($"the mapping of the schema failed: {error?.Text ?? "it deleted the schema"}");
    }
}
