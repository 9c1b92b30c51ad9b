using System.Threading.Channels;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>Workers that take groups of deliveries as they come. A single one keeps their order; among several it is lost.</summary>
internal sealed class OrderedWork(int threads, ProcessorChain processors, OutputSlot output, InFlight inFlight, CancellationToken cutOff)
{
    public async Task RunAsync(ChannelReader<List<Delivery>> read)
    {
        var processed = Channel.CreateBounded<List<(Delivery, Batch)>>(new BoundedChannelOptions(1) { SingleReader = true });
        Task writing = HandOverAsync(processed.Reader);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, threads).Select(_ => ProcessAsync(read, processed.Writer))).ConfigureAwait(false);
        }
        finally
        {
            processed.Writer.TryComplete();
        }

        await writing.ConfigureAwait(false);
    }

    private async Task ProcessAsync(ChannelReader<List<Delivery>> read, ChannelWriter<List<(Delivery, Batch)>> processed)
    {
        await Task.Yield();
        while (await read.WaitToReadAsync(cutOff).ConfigureAwait(false))
        {
            while (read.TryRead(out List<Delivery>? group))
            {
                var results = new List<(Delivery, Batch)>(group.Count);
                foreach (Delivery delivery in group)
                {
                    inFlight.Begun();
                    ValueTask<Batches> pending = processors.IsEmpty ? ValueTask.FromResult<Batches>(delivery.Messages) : processors.RunAsync(delivery.Messages, cutOff);
                    if (!pending.IsCompleted && results.Count > 0)
                    {
                        // What is done does not wait for what is not.
                        await processed.WriteAsync(results, cutOff).ConfigureAwait(false);
                        results = [];
                    }

                    Batches made = await pending.ConfigureAwait(false);
                    inFlight.Processed();
                    await Spread.AddAsync(delivery, made, results).ConfigureAwait(false);
                }

                if (results.Count > 0)
                {
                    await processed.WriteAsync(results, cutOff).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task HandOverAsync(ChannelReader<List<(Delivery, Batch)>> processed)
    {
        await Task.Yield();
        while (await processed.WaitToReadAsync(cutOff).ConfigureAwait(false))
        {
            while (processed.TryRead(out List<(Delivery Delivery, Batch Batch)>? group))
            {
                foreach ((Delivery delivery, Batch batch) in group)
                {
                    await output.SubmitAsync(delivery, batch, cutOff).ConfigureAwait(false);
                }
            }
        }
    }
}
