using System.Globalization;
using Mapping.Connectors.SchemaRegistry.AvroFormat;
using Mapping.Connectors.SchemaRegistry.CommonFormat;
using Mapping.Connectors.SchemaRegistry.JsonFormat;
using Mapping.Connectors.SchemaRegistry.ProtobufFormat;
using Mapping.Functions;
using Mapping.Pipeline.Components.Http;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Values;

namespace Mapping.Connectors.SchemaRegistry;

/// <summary><c>schema_registry_decode</c>: framed payloads become JSON by the schema that their frame names.</summary>
internal sealed class SchemaRegistryDecode : IProcessor
{
    private readonly DecodeOptions options;
    private readonly IComponentContext context;
    private readonly RegistryClient client;
    private readonly LookupCache<int, SchemaUse> schemas;

    public SchemaRegistryDecode(DecodeOptions options, IComponentContext context)
    {
        this.options = options;
        this.context = context;
        client = new RegistryClient(options.Connection, context);
        schemas = new LookupCache<int, SchemaUse>(options.IsEnvelope ? LearnEnvelopeAsync : LearnAsync, new CacheTimes(options.CacheDuration), context.Clock);
    }

    public static ComponentType Type { get; } = new ComponentType<IProcessor, DecodeOptions>(
        ComponentKind.Processor,
        "schema_registry_decode",
        "Turns Avro, protobuf and JSON payloads into JSON by their schemas in a Confluent Schema Registry.",
        DecodeOptions.Shape,
        static (options, context) => new SchemaRegistryDecode(options, context))
    {
        Description = """
            A body begins with a zero byte and the id of its schema, four bytes big endian. The schema and all it refers to are fetched once
            and kept; an id never changes its meaning. A look-up may take 5 seconds, with attempts repeated within them, and is shared by all
            messages that wait for it.

            Metadata: `schema_id`, `schema_subject` and `schema_version`. An id may be registered for several subjects: the one named for the
            topic (`<kafka_topic>-value`) is taken, otherwise the first by name. With `mode: envelope` the payload is neither read nor changed,
            and only an id that some subject still uses is known.

            A message that cannot be decoded keeps its body and fails. The metadata `schema_error` says why:

            | `schema_error` | Why | Another attempt |
            | --- | --- | --- |
            | `no_header` | the body does not begin with a frame | is in vain |
            | `unknown_schema` | the registry does not know the id, which is in `schema_id` | is in vain |
            | `invalid_schema` | the schema cannot be used | is in vain |
            | `invalid_payload` | the payload does not fit its schema | is in vain |
            | `registry` | the registry could not be asked | may succeed |

            * **Avro**: unions are `{"type": value}`, bytes are texts with a character for each byte, times and decimals are the integers and
              bytes that carry them, unless the fields of `avro` say otherwise. What JSON has no number for is `"NaN"`, `"Infinity"` or
              `"-Infinity"`. With `preserve_logical_types` times become RFC 3339 texts and decimals exact numbers.
            * **Protobuf**: the JSON of protobuf, with its forms of the well-known types. A body without a frame (`default_schema_id`) begins
              with the path of its message type all the same. What an `Any` holds must be of a type in the schema or what it imports. Extensions
              of proto2 are left out.
            * **JSON**: the body is the payload, checked by the schema (draft 4, 6 or 7).

            A message without a body (a tombstone) passes unchanged.
            """,
        Example = """
            input:
              generate: { mapping: 'root = "not framed"', count: 1 }
            pipeline:
              processors:
                - schema_registry_decode: { url: http://localhost:8081 }
            output:
              switch:
                cases:
                  - check: errored() && @schema_error == "no_header"
                    output: { drop: {} }
                  - output: { stdout: {} }
            """,
    };

    public async ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        foreach (Message message in batch)
        {
            if (!message.IsNull)
            {
                await DecodeAsync(message, cancellation).ConfigureAwait(false);
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

    private async ValueTask DecodeAsync(Message message, CancellationToken cancellation)
    {
        int? id = options.DefaultId;
        ReadOnlyMemory<byte> payload = message.Body;
        if (WireFrame.TryRead(payload.Span, out int framed))
        {
            id = framed;
            payload = payload[WireFrame.Length..];
        }

        try
        {
            SchemaUse use = await schemas.GetAsync(id ?? throw Unframed(payload.Length), cancellation).ConfigureAwait(false);
            if (use.Decoder is { } decoder)
            {
                message.Body = decoder.Decode(payload);
            }

            use.Mark(message);
        }
        catch (SchemaFailure failure)
        {
            SchemaMetadata.FailDecoding(message, failure, id);
        }
    }

    private static SchemaFailure Unframed(int length) => new(
        SchemaProblem.NoHeader,
        length < WireFrame.Length
            ? string.Create(CultureInfo.InvariantCulture, $"the body has {length} bytes, fewer than the frame before a payload")
            : "the body does not begin with the zero byte and the schema id that stand before a payload");

    /// <summary>Only ids in use count: one whose subjects were all deleted is as good as unknown.</summary>
    private async Task<SchemaUse> LearnEnvelopeAsync(int id, CancellationToken limit)
    {
        IReadOnlyList<SubjectVersion> uses = await client.UsesAsync(id, limit).ConfigureAwait(false);
        return uses.Count > 0
            ? new SchemaUse(id, null, uses)
            : throw new SchemaFailure(SchemaProblem.UnknownSchema, string.Create(CultureInfo.InvariantCulture, $"no subject of the registry uses the schema id {id} any more"));
    }

    private async Task<SchemaUse> LearnAsync(int id, CancellationToken limit)
    {
        RegisteredSchema schema = await client.SchemaAsync(id, limit).ConfigureAwait(false);
        ResolvedSchema resolved = await client.ResolveAsync(schema, limit).ConfigureAwait(false);
        IPayloadDecoder decoder = schema.Kind switch
        {
            SchemaKind.Avro => AvroSchemas.Decoder(resolved, options.Avro),
            SchemaKind.Protobuf => new ProtobufDecoder(ProtobufSchemas.Read(resolved), options.Protobuf),
            _ => new JsonDecoder(JsonCheck.Of(resolved, context), options.CoercesJson ? JsonCoercion.Of(resolved) : null),
        };
        IReadOnlyList<SubjectVersion> uses = await UsesIfToldAsync(id, limit).ConfigureAwait(false);
        return new SchemaUse(id, decoder, uses)
        {
            Stored = options.Avro.StoreKey is { } key && schema.Kind == SchemaKind.Avro ? (Value.FromString(key), CommonSchema.OfAvro(AvroSchemas.Parse(resolved, options.Avro.Rewrite))) : null,
        };
    }

    /// <summary>Payloads can be decoded without; a registry that keeps its subjects to itself is no reason to fail.</summary>
    private async Task<IReadOnlyList<SubjectVersion>> UsesIfToldAsync(int id, CancellationToken limit)
    {
        try
        {
            return await client.UsesAsync(id, limit).ConfigureAwait(false);
        }
        catch (SchemaFailure failure) when (failure.Status is { } status && RetryRules.KindOf((int)status) == FailureKind.Permanent)
        {
            context.Log.Write(LogLevel.Warn, $"the subjects of a schema are not known: {failure.Message}");
            return [];
        }
    }
}
