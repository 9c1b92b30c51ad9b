using Mapping.Pipeline.Config;

namespace Mapping.Connectors.SchemaRegistry.AvroFormat;

/// <param name="RawUnions">Values of unions stand alone, without the name of their type; null when nothing is said.</param>
/// <param name="PreservesLogicalTypes">Times and decimals are texts and numbers rather than what carries them.</param>
/// <param name="TranslatesConnect">The same for the types that Kafka Connect names.</param>
/// <param name="Rewrite">Makes another schema document before it is used; null for none.</param>
/// <param name="StoreKey">The metadata that gets the schema; null for none.</param>
internal sealed record AvroDecodeOptions(bool? RawUnions, bool PreservesLogicalTypes, bool TranslatesConnect, CompiledMapping? Rewrite, string? StoreKey)
{
    private static readonly Field<bool> Raw = Fields.Bool("raw_unions", "Write the values of unions alone, instead of { \"type\": value }; without the field they are not.").Optional();
    private static readonly Field<bool> Preserve = Fields.Bool("preserve_logical_types", "Write times as RFC 3339 texts and decimals as numbers, instead of the integers and bytes that carry them.").Default("false");
    private static readonly Field<bool> Translate = Fields.Bool("translate_kafka_connect_types", "With preserve_logical_types: the same for types that only Kafka Connect and Debezium name (connect.name).").Default("false").Advanced();
    private static readonly Field<CompiledMapping?> Mapping = Fields.Mapping("mapping", "Rewrites the document of a schema before it is used.").Optional().Advanced().Example("root = this.assign({ \"name\": this.name.re_replace_all(\"-\", \"_\") })");
    private static readonly Field<string> Store = Fields.Text("store_schema_metadata", "The metadata that gets the schema, for schema_registry_encode.").Optional().Advanced();

    public static Field<AvroDecodeOptions> Field { get; } = Fields.Group(
        "avro",
        new Shape<AvroDecodeOptions>(
            [Raw, Preserve, Translate, Mapping, Store],
            static read => new AvroDecodeOptions(read.IsWritten(Raw) ? read.Get(Raw) : null, read.Get(Preserve), read.Get(Translate), read.Get(Mapping), string.IsNullOrEmpty(read.Get(Store)) ? null : read.Get(Store))),
        "The form that Avro data gets in JSON.").Default("{}");
}
