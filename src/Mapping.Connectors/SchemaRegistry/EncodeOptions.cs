using Mapping.Connectors.SchemaRegistry.CommonFormat;
using Mapping.Pipeline.Config;

namespace Mapping.Connectors.SchemaRegistry;

/// <param name="Connection">The registry.</param>
/// <param name="Subject">Whose newest schema is used.</param>
/// <param name="RefreshPeriod">Age at which the newest schema is asked for again.</param>
/// <param name="IsRawAvro">Unions of Avro are plain values in the JSON.</param>
/// <param name="Metadata">Schemas that messages bring along; null when the registry's own are used.</param>
internal sealed record EncodeOptions(RegistryConnection Connection, TextTemplate Subject, TimeSpan RefreshPeriod, bool IsRawAvro, MetadataSchemaOptions? Metadata)
{
    private static readonly Field<TextTemplate> SubjectField = Fields.Template("subject", "The subject whose newest schema is used.").Example("orders-value", "${! @kafka_topic }-value");
    private static readonly Field<TimeSpan> Refresh = Fields.Duration("refresh_period", "The age at which the newest schema of a subject is asked for again; messages do not wait for it.").Default("10m");
    private static readonly Field<string> MetadataKey = Fields.Text("schema_metadata", "The metadata that holds a schema, as schema_registry_decode stores it. It is registered under the subject and used, instead of the newest one.").Default("\"\"").Advanced();
    private static readonly Field<CommonTarget?> Format = Fields.Choice<CommonTarget?>("format", "What the schema of schema_metadata becomes.", ("avro", CommonTarget.Avro), ("json_schema", CommonTarget.JsonSchema)).Optional().Advanced();
    private static readonly Field<bool> Normalize = Fields.Bool("normalize", "Have the registry bring the schema of schema_metadata into its normal form.").Default("true").Advanced();
    private static readonly Field<bool> OlderRaw = Fields.Bool("avro_raw_json", "The older name of avro.raw_json.").Optional().Advanced().Deprecated("use avro.raw_json");

    private static readonly Field<bool> Raw = Fields.Bool("raw_json", "Values of unions stand alone in the JSON: the first type that takes a value is used; otherwise they are { \"type\": value }.").Optional();
    private static readonly Field<string> RecordName = Fields.Text("record_name", "The name of the record that the schema of schema_metadata becomes; empty for the schema's own.").Default("\"\"").Advanced();
    private static readonly Field<string> Namespace = Fields.Text("namespace", "The namespace of that record.").Default("\"\"").Advanced();

    private static readonly Field<(bool? IsRaw, string RecordName, string Namespace)> Avro = Fields.Group(
        "avro",
        new Shape<(bool? IsRaw, string RecordName, string Namespace)>([Raw, RecordName, Namespace], static read => (read.IsWritten(Raw) ? read.Get(Raw) : null, read.Get(RecordName), read.Get(Namespace))),
        "The form that JSON has for Avro.").Default("{}");

    public static Shape<EncodeOptions> Shape { get; } = new Shape<EncodeOptions>(
        [RegistryConnection.UrlField, SubjectField, Refresh, Avro, MetadataKey, Format, Normalize, OlderRaw, .. RegistryConnection.AccessFields],
        static read =>
        {
            (bool? isRaw, string recordName, string space) = read.Get(Avro);
            string key = read.Get(MetadataKey);
            return new EncodeOptions(
                RegistryConnection.Read(read),
                read.Get(SubjectField),
                read.Get(Refresh),
                isRaw ?? read.Get(OlderRaw),
                key.Length == 0 ? null : new MetadataSchemaOptions(key, read.Get(Format) ?? CommonTarget.Avro, read.Get(Normalize), recordName, space));
        })
        .Rule(static (options, _) => options.Connection.Check())
        .Rule(static (options, _) => options.RefreshPeriod <= TimeSpan.Zero ? new Breach("refresh_period must be longer than nothing", Refresh) : null)
        .Rule(static (options, read) => options.Metadata is not null && !read.IsWritten(Format) ? new Breach("schema_metadata needs a format", Format, "set format to avro or json_schema") : null)
        .Rule(static (options, read) => options.Metadata is { Target: CommonTarget.Avro } && read.Get(Avro).IsRaw is null ? new Breach("with schema_metadata, avro.raw_json must be said", Avro, "set raw_json to true or false") : null);
}

/// <param name="Key">The metadata that holds a schema.</param>
/// <param name="Target">What it becomes.</param>
/// <param name="Normalizes">The registry brings it into its normal form.</param>
/// <param name="RecordName">Of an Avro record; empty for the schema's own name.</param>
/// <param name="Namespace">Of an Avro record, or empty.</param>
internal sealed record MetadataSchemaOptions(string Key, CommonTarget Target, bool Normalizes, string RecordName, string Namespace);
