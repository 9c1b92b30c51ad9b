using System.Globalization;
using System.Text;
using System.Text.Json;
using Avro;
using Mapping.Values;

namespace Mapping.Connectors.SchemaRegistry.AvroFormat;

/// <summary>How Avro data looks as JSON.</summary>
/// <param name="RawUnions">Values of unions stand alone.</param>
/// <param name="PreservesLogicalTypes">Times are texts and decimals numbers when read; either form can be written.</param>
/// <param name="TranslatesConnect">Names of Kafka Connect count as logical types.</param>
internal sealed record AvroForm(bool RawUnions, bool PreservesLogicalTypes, bool TranslatesConnect);

/// <summary>Makes the types of one schema.</summary>
internal sealed class AvroTypes(AvroForm form)
{
    private const long Day = 86_400;

    private static readonly HashSet<string> KnownLogicalTypes =
    [
        "date", "decimal", "time-millis", "time-micros", "timestamp-millis", "timestamp-micros", "local-timestamp-millis", "local-timestamp-micros", "uuid", "duration",
    ];

    private readonly Dictionary<string, AvroRecord> records = [];

    /// <summary>A logical type that no library knows is none.</summary>
    public static bool IsKnown(string logicalType) => KnownLogicalTypes.Contains(logicalType);

    public AvroType Of(Schema schema) => (form.TranslatesConnect && form.PreservesLogicalTypes ? OfConnect(schema) : null) ?? schema switch
    {
        LogicalSchema logical => OfLogical(logical),
        RecordSchema record => OfRecord(record),
        EnumSchema symbols => new AvroEnum([.. symbols.Symbols]),
        FixedSchema block => new AvroBytes(block.Size),
        ArraySchema list => new AvroItems(Of(list.ItemSchema), isMap: false),
        MapSchema map => new AvroItems(Of(map.ValueSchema), isMap: true),
        UnionSchema union => OfUnion(union),
        _ => schema.Tag switch
        {
            Schema.Type.Null => new AvroNull(),
            Schema.Type.Boolean => new AvroBool(),
            Schema.Type.Int => new AvroInteger(isLong: false),
            Schema.Type.Long => new AvroInteger(isLong: true),
            Schema.Type.Float => new AvroReal(isDouble: false),
            Schema.Type.Double => new AvroReal(isDouble: true),
            Schema.Type.Bytes => new AvroBytes(null),
            _ => new AvroText(),
        },
    };

    private static int? SizeOf(Schema schema) => schema is FixedSchema block ? block.Size : null;

    /// <summary>The value of a property that schemas may carry besides their own.</summary>
    private static JsonElement? Property(Schema schema, string name) => schema.GetProperty(name) is { Length: > 0 } text ? JsonSerializer.Deserialize<JsonElement>(text) : null;

    private AvroType OfLogical(LogicalSchema schema)
    {
        bool isLong = schema.BaseSchema.Tag == Schema.Type.Long;
        return schema.LogicalTypeName switch
        {
            "timestamp-millis" or "local-timestamp-millis" when isLong => Time(1_000),
            "timestamp-micros" or "local-timestamp-micros" when isLong => Time(1_000_000),
            "timestamp-nanos" or "local-timestamp-nanos" when isLong => Time(1_000_000_000),
            "date" when schema.BaseSchema.Tag == Schema.Type.Int => Date(isLong: false),
            "decimal" => new AvroDecimal(SizeOf(schema.BaseSchema), Property(schema, "scale") is { ValueKind: JsonValueKind.Number } scale ? scale.GetInt32() : 0, form.PreservesLogicalTypes),
            _ => Of(schema.BaseSchema),
        };
    }

    private AvroTime Time(long unitsPerSecond) => new(isLong: true, 1, unitsPerSecond, form.PreservesLogicalTypes);

    private AvroTime Date(bool isLong) => new(isLong, Day, 1, form.PreservesLogicalTypes);

    /// <summary>The type that Kafka Connect and Debezium name besides Avro's; null when there is none.</summary>
    private AvroType? OfConnect(Schema schema)
    {
        Schema carrier = schema is LogicalSchema logical ? logical.BaseSchema : schema;
        string? name = Property(schema, "connect.name") is { ValueKind: JsonValueKind.String } given ? given.GetString() : null;
        return (name, carrier.Tag) switch
        {
            ("org.apache.kafka.connect.data.Timestamp" or "io.debezium.time.Timestamp", Schema.Type.Long) => Time(1_000),
            ("io.debezium.time.MicroTimestamp", Schema.Type.Long) => Time(1_000_000),
            ("io.debezium.time.NanoTimestamp", Schema.Type.Long) => Time(1_000_000_000),
            ("org.apache.kafka.connect.data.Date" or "io.debezium.time.Date", Schema.Type.Int) => Date(isLong: false),
            ("org.apache.kafka.connect.data.Decimal", Schema.Type.Bytes or Schema.Type.Fixed) => new AvroDecimal(SizeOf(carrier), ConnectScale(schema), isNumber: true),
            _ => null,
        };
    }

    private static int ConnectScale(Schema schema) =>
        Property(schema, "connect.parameters") is { ValueKind: JsonValueKind.Object } parameters && parameters.TryGetProperty("scale", out JsonElement scale)
            && int.TryParse(scale.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int digits) ? digits : 0;

    private AvroRecord OfRecord(RecordSchema schema)
    {
        if (!records.TryGetValue(schema.Fullname, out AvroRecord? record))
        {
            records.Add(schema.Fullname, record = new AvroRecord());
            record.Fields = [.. schema.Fields.Select(OfField)];
        }

        return record;
    }

    private AvroField OfField(Field field) => new(field.Name, Of(field.Schema), field.DefaultValue is { } preset ? new Lazy<byte[]>(() => Default(field, preset)) : null);

    /// <summary>Defaults are written without names of types, and that of a union is of one of its branches.</summary>
    private byte[] Default(Field field, Newtonsoft.Json.Linq.JToken preset)
    {
        var message = new Functions.Message(Encoding.UTF8.GetBytes(preset.ToString(Newtonsoft.Json.Formatting.None)));
        var writer = new WireWriter();
        AvroType type = form.RawUnions ? Of(field.Schema) : new AvroTypes(form with { RawUnions = true }).Of(field.Schema);
        return message.TryGetDocument(out Value value) && type.TryWrite(value, writer)
            ? writer.ToArray()
            : throw SchemaFailure.Schema($"the default of the field \"{field.Name}\" is no value of its type: {writer.Problem}");
    }

    private AvroUnion OfUnion(UnionSchema schema) => new(
        [.. schema.Schemas.Select(Of)],
        [.. schema.Schemas.Select(static s => AvroSchemas.BranchName(s, withLogicalType: true))],
        [.. schema.Schemas.Select(static s => AvroSchemas.BranchName(s, withLogicalType: false))],
        form.RawUnions);
}
