using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Connectors.Kafka;

/// <summary><c>kafka</c>, <c>kafka_franz</c> and <c>redpanda</c>: records of topics are messages.</summary>
internal sealed class KafkaInput(KafkaInputOptions options, IComponentContext context) : IInput
{
    private readonly IProcessorChain processors = context.Build(options.Flow.Batching?.Processors ?? []);
    private ConsumerSession? session;

    public static IReadOnlyList<ComponentType> Types { get; } =
    [
        Declare("kafka", ClassicInputFields.Shape, "kafka_key` is text"),
        Declare("kafka_franz", FranzInputFields.Franz, "kafka_key` is text"),
        Declare("redpanda", FranzInputFields.Redpanda, "kafka_key` is bytes"),
    ];

    public bool ReplaysRejected => options.ReplaysRejected;

    public CompiledMapping? ExtractsTrace => options.ExtractsTrace;

    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        await CloseAsync().ConfigureAwait(false);
        var next = new ConsumerSession(options, context);
        try
        {
            await next.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            await Task.Run(next.Dispose, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        session = next;
    }

    public async ValueTask<Delivery?> ReadAsync(CancellationToken cancellation)
    {
        ConsumerSession reading = session ?? throw new DisconnectedException("not connected");
        while (true)
        {
            while (reading.Ready.TryRead(out Gathered? next))
            {
                if (next.Flow.TryHandOver() && await ProcessAsync(next).ConfigureAwait(false) is { } batch)
                {
                    return new Delivery(batch, next.Flow, next.Position);
                }
            }

            await reading.Ready.WaitToReadAsync(cancellation).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        await processors.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Null when the processors of the batching policy leave nothing: it is done.</summary>
    private async ValueTask<Batch?> ProcessAsync(Gathered gathered)
    {
        if (processors.IsEmpty)
        {
            return gathered.Messages;
        }

        Batch? made = (await processors.RunAsync(gathered.Messages, CancellationToken.None).ConfigureAwait(false)).Joined();
        if (made is null)
        {
            gathered.Flow.Settle(gathered.Position);
        }

        return made;
    }

    private async ValueTask CloseAsync()
    {
        if (session is { } old)
        {
            session = null;

            // Leaving a group takes a round trip or more, on the thread of the caller.
            await Task.Run(old.Dispose, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static ComponentType<IInput, KafkaInputOptions> Declare(string name, Pipeline.Config.Shape<KafkaInputOptions> shape, string key) =>
        new(ComponentKind.Input, name, "Reads records of Kafka topics, alone or as a member of a group.", shape, static (options, context) => new KafkaInput(options, context))
        {
            Description = $"""
                Offsets are committed only up to the first message of a partition that is not written. When partitions are shared out anew, what is
                under way is finished first, for at most five seconds; what is not is read again by the next owner. A partition with too much under
                way is paused, the others are read on. Batches never mix partitions.

                Metadata: `kafka_topic`, `kafka_partition`, `kafka_offset`, `kafka_lag`, `kafka_timestamp_unix`, `kafka_timestamp_ms`,
                `kafka_tombstone_message`, and every header under its name. `{key}, and empty for a record without a key. A record without a value,
                a tombstone, is a message with a null body.
                """,
        };
}
