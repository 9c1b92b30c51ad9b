using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>Whoever reads processes what was read and hands it over, too.</summary>
internal sealed class DirectWork(ProcessorChain processors, OutputSlot output, InFlight inFlight)
{
    private readonly List<(Delivery Delivery, Batch Batch)> results = [];

    /// <summary>Returns when all of a group is accepted by the output.</summary>
    public async ValueTask DoAsync(List<Delivery> group, CancellationToken cancellation)
    {
        foreach (Delivery delivery in group)
        {
            inFlight.Begun();
            Batches made = processors.IsEmpty ? delivery.Messages : await processors.RunAsync(delivery.Messages, cancellation).ConfigureAwait(false);
            inFlight.Processed();
            await Spread.AddAsync(delivery, made, results).ConfigureAwait(false);
            foreach ((Delivery part, Batch batch) in results)
            {
                await output.SubmitAsync(part, batch, cancellation).ConfigureAwait(false);
            }

            results.Clear();
        }
    }
}
