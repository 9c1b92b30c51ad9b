using Mapping.Connectors.SchemaRegistry.AvroFormat;
using Mapping.Connectors.SchemaRegistry.CommonFormat;
using Mapping.Connectors.SchemaRegistry.JsonFormat;
using Mapping.Connectors.SchemaRegistry.ProtobufFormat;
using Mapping.Functions;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Values;

namespace Mapping.Connectors.SchemaRegistry;

/// <summary><c>schema_registry_encode</c>: JSON becomes a framed payload by the newest schema of a subject.</summary>
internal sealed class SchemaRegistryEncode : IProcessor
{
    private static readonly TimeSpan Unused = TimeSpan.FromMinutes(10);

    private readonly EncodeOptions options;
    private readonly IComponentContext context;
    private readonly RegistryClient client;
    private readonly LookupCache<(string Subject, string? Common), EncodingSchema> schemas;

    public SchemaRegistryEncode(EncodeOptions options, IComponentContext context)
    {
        this.options = options;
        this.context = context;
        client = new RegistryClient(options.Connection, context);
        schemas = new LookupCache<(string, string?), EncodingSchema>(LearnAsync, new CacheTimes(Unused, options.RefreshPeriod), context.Clock);
    }

    public static ComponentType Type { get; } = new ComponentType<IProcessor, EncodeOptions>(
        ComponentKind.Processor,
        "schema_registry_encode",
        "Turns JSON into Avro, protobuf or checked JSON by schemas of a Confluent Schema Registry.",
        EncodeOptions.Shape,
        static (options, context) => new SchemaRegistryEncode(options, context))
    {
        Description = """
            The body becomes a zero byte, the id of the schema in four bytes, big endian, and the payload. The newest schema of the subject is
            used; it is asked for again behind the scenes, and when that fails the known one stays in use. Look-ups are made as by
            `schema_registry_decode`, and a message that cannot be encoded fails like there, with the metadata `schema_error`.

            * **Avro**: fields that are left out get their default; a field that the schema lacks is an error. Times are integers or RFC 3339
              texts, decimals numbers or the texts of their bytes.
            * **Protobuf**: the JSON of protobuf. Of several message types in the file, the first that the message fits is taken.
            * **JSON**: the body is checked by the schema (draft 4, 6 or 7) and stays as it is.

            A message without a body (a tombstone) passes unchanged, without a frame.
            """,
        Example = """
            input:
              generate: { mapping: 'root.id = 1', count: 1 }
            pipeline:
              processors:
                - schema_registry_encode: { url: http://localhost:8081, subject: "${! @kafka_topic }-value" }
            output:
              reject_errored: { drop: {} }
            """,
    };

    public async ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        // Subjects are made of the batch as it was, whatever becomes of its messages meanwhile.
        Batch seen = batch.Count > 1 && !options.Subject.IsConstant ? batch.Copy() : batch;
        for (int i = 0; i < batch.Count; i++)
        {
            if (!batch[i].IsNull)
            {
                await EncodeAsync(batch[i], seen, i, cancellation).ConfigureAwait(false);
            }
        }

        return batch;
    }

    public ValueTask DisposeAsync()
    {
        schemas.Dispose();
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask EncodeAsync(Message message, Batch seen, int index, CancellationToken cancellation)
    {
        if (!options.Subject.TryResolve(seen, index, out string? subject, out string? error))
        {
            message.Error = new MessageError($"interpolation failed: {error}") { Cause = FailureKind.Permanent };
            return;
        }

        try
        {
            EncodingSchema schema = await schemas.GetAsync((subject, CommonOf(message)), cancellation).ConfigureAwait(false);
            var writer = new WireWriter();
            WireFrame.Write(schema.Id, writer);
            schema.Encoder.Encode(message, writer);
            message.Body = writer.ToArray();
        }
        catch (SchemaFailure failure)
        {
            SchemaMetadata.FailEncoding(message, failure);
        }
    }

    /// <summary>The schema that the message brings along, as text; null when the registry's own is used.</summary>
    private string? CommonOf(Message message) => options.Metadata is not { } wanted ? null
        : message.MetadataObject.IsObject && message.MetadataObject.TryGetMember(System.Text.Encoding.UTF8.GetBytes(wanted.Key), out Value schema) ? CommonSchema.Text(schema)
        : throw SchemaFailure.Schema($"the message has no schema in its metadata \"{wanted.Key}\"");

    private async Task<EncodingSchema> LearnAsync((string Subject, string? Common) key, CancellationToken limit)
    {
        if (key.Common is { } common)
        {
            RegisteredSchema made = CommonSchema.ToRegistered(common, options.Metadata!);
            int id = await client.RegisterAsync(key.Subject, made, options.Metadata!.Normalizes, limit).ConfigureAwait(false);
            return new EncodingSchema(id, Encoder(new ResolvedSchema(made, [])));
        }

        LatestSchema latest = await client.LatestAsync(key.Subject, limit).ConfigureAwait(false);
        return new EncodingSchema(latest.Id, Encoder(await client.ResolveAsync(latest.Schema, limit).ConfigureAwait(false)));
    }

    private IPayloadEncoder Encoder(ResolvedSchema schema) => schema.Schema.Kind switch
    {
        SchemaKind.Avro => AvroSchemas.Encoder(schema, options.IsRawAvro),
        SchemaKind.Protobuf => new ProtobufEncoder(ProtobufSchemas.Read(schema)),
        _ => new JsonEncoder(JsonCheck.Of(schema, context)),
    };

    private sealed record EncodingSchema(int Id, IPayloadEncoder Encoder);
}
