using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>An input whose messages are processed before they go on.</summary>
internal sealed class ProcessedInput(IInput inner, ProcessorChain processors) : IInput
{
    private readonly Queue<Delivery> ready = new();

    public bool IsExhausted => inner.IsExhausted;

    public ValueTask ConnectAsync(CancellationToken cancellation) => inner.ConnectAsync(cancellation);

    public async ValueTask<Delivery?> ReadAsync(CancellationToken cancellation)
    {
        while (ready.Count == 0)
        {
            if (await inner.ReadAsync(cancellation).ConfigureAwait(false) is not { } delivery)
            {
                return null;
            }

            // Once read, a delivery is processed to the end: what is cancelled is the waiting for more.
            Batches results = await processors.RunAsync(delivery.Track().Messages, CancellationToken.None).ConfigureAwait(false);
            switch (results.Count)
            {
                case 0:
                    await delivery.SettleAsync(null).ConfigureAwait(false);
                    break;
                case 1:
                    return Merge.Of([delivery], results[0]);
                default:
                    foreach (Delivery part in Join.Split(delivery, [.. Enumerable.Range(0, results.Count).Select(i => results[i])]))
                    {
                        ready.Enqueue(part);
                    }

                    break;
            }
        }

        return ready.Dequeue();
    }

    public async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await processors.DisposeAsync().ConfigureAwait(false);
    }
}
