using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Connectors.Kafka;

/// <summary><c>kafka</c>, <c>kafka_franz</c> and <c>redpanda</c>: messages become records of topics.</summary>
internal sealed class KafkaOutput(KafkaOutputOptions options, IComponentContext context) : IOutput
{
    private ProducerSession? session;

    public static IReadOnlyList<ComponentType> Types { get; } =
    [
        Declare("kafka", ClassicOutputFields.Shape, "All metadata become headers, but those that `metadata` excludes."),
        Declare("kafka_franz", FranzOutputFields.Franz, "Metadata that `metadata` includes become headers."),
        Declare("redpanda", FranzOutputFields.Redpanda, "Metadata that `metadata` includes become headers."),
    ];

    public int MaxInFlight => options.MaxInFlight;

    /// <summary>Every record is reported on its own, so that it does not matter who travels with it.</summary>
    public bool TakesLoose => !options.RejectsWhole && options.Delivery.TransactionalId.Length == 0;

    public BatchPolicy? Batching => options.Batching;

    public CompiledMapping? InjectsTrace => options.InjectsTrace;

    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        await CloseAsync().ConfigureAwait(false);
        var next = new ProducerSession(options, context);
        try
        {
            await next.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            await next.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        session = next;
    }

    public async ValueTask WriteAsync(Batch batch, CancellationToken cancellation) =>
        await (session ?? throw new DisconnectedException("not connected")).WriteAsync(batch, cancellation).ConfigureAwait(false);

    public ValueTask DisposeAsync() => CloseAsync();

    private async ValueTask CloseAsync()
    {
        if (session is { } old)
        {
            session = null;
            await old.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static ComponentType<IOutput, KafkaOutputOptions> Declare(string name, Shape<KafkaOutputOptions> shape, string headers) =>
        new(ComponentKind.Output, name, "Writes messages to Kafka topics.", shape, static (options, context) => new KafkaOutput(options, context))
        {
            Description = $"""
                A message is written when the brokers said so. What fails is told for each message alone: refused for what it is (too large, no right,
                no such topic or partition), not written, or perhaps written. Records of a partition keep the order of the messages; what is delivered again
                comes later. {headers}

                An empty key is no key. A message with a null body, such as one read from a tombstone, is written without a value; `tombstone` does so
                on purpose.
                """,
        };
}
