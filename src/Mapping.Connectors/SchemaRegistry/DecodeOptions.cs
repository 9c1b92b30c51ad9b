using Mapping.Connectors.SchemaRegistry.AvroFormat;
using Mapping.Connectors.SchemaRegistry.ProtobufFormat;
using Mapping.Pipeline.Config;

namespace Mapping.Connectors.SchemaRegistry;

/// <param name="Connection">The registry.</param>
/// <param name="IsEnvelope">Payloads are left alone.</param>
/// <param name="CacheDuration">How long an unused schema is kept.</param>
/// <param name="DefaultId">Of bodies without a frame; null for none.</param>
/// <param name="Avro">The form of Avro data as JSON.</param>
/// <param name="Protobuf">The form of protobuf data as JSON.</param>
/// <param name="CoercesJson">JSON is made to fit its schema where types differ.</param>
internal sealed record DecodeOptions(
    RegistryConnection Connection,
    bool IsEnvelope,
    TimeSpan CacheDuration,
    int? DefaultId,
    AvroDecodeOptions Avro,
    ProtobufForm Protobuf,
    bool CoercesJson)
{
    private static readonly Field<bool> Mode = Fields.Choice(
        "mode",
        "What is read: the payload, which becomes JSON; or the envelope only, the five bytes before it, and the body stays as it is.",
        ("payload", false),
        ("envelope", true)).Default("payload");

    private static readonly Field<TimeSpan> Duration = Fields.Duration("cache_duration", "How long a schema is kept that no message uses.").Default("10m").Example("1h");
    private static readonly Field<long> DefaultSchemaId = Fields.Integer("default_schema_id", "The schema of bodies without a frame, which are payload as a whole.", least: 1, most: int.MaxValue).Optional().Advanced();
    private static readonly Field<bool> OlderRaw = Fields.Bool("avro_raw_json", "The older name of avro.raw_unions.").Optional().Advanced().Deprecated("use avro.raw_unions");
    private static readonly Field<bool> Coerce = Fields.Bool("coerce_data", "Convert values to the types of the schema: numbers and bools in strings, and the reverse.").Default("false");
    private static readonly Field<bool> Json = Fields.Group("json", new Shape<bool>([Coerce], static read => read.Get(Coerce)), "What becomes of JSON data, which is checked by its schema and otherwise left as it is.").Default("{}").Advanced();

    public static Shape<DecodeOptions> Shape { get; } = new Shape<DecodeOptions>(
        [RegistryConnection.UrlField, Mode, Duration, DefaultSchemaId, AvroDecodeOptions.Field, ProtobufForm.Field, Json, OlderRaw, .. RegistryConnection.AccessFields],
        static read =>
        {
            AvroDecodeOptions avro = read.Get(AvroDecodeOptions.Field);
            return new DecodeOptions(
                RegistryConnection.Read(read),
                read.Get(Mode),
                read.Get(Duration),
                read.IsWritten(DefaultSchemaId) ? (int)read.Get(DefaultSchemaId) : null,
                avro with { RawUnions = avro.RawUnions ?? read.Get(OlderRaw) },
                read.Get(ProtobufForm.Field),
                read.Get(Json));
        })
        .Rule(static (options, _) => options.Connection.Check())
        .Rule(static (options, _) => options.CacheDuration <= TimeSpan.Zero ? new Breach("cache_duration must be longer than nothing", Duration) : null);
}
