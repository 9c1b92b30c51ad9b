using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>What a delivery goes on as after its processors.</summary>
internal static class Spread
{
    /// <summary>Adds what is to be written; a delivery of which nothing is left is done.</summary>
    public static async ValueTask AddAsync(Delivery delivery, Batches made, List<(Delivery Delivery, Batch Batch)> results)
    {
        switch (made.Count)
        {
            case 0:
                await delivery.SettleAsync(null).ConfigureAwait(false);
                break;
            case 1:
                results.Add((delivery, made[0]));
                break;
            default:
                Batch[] parts = [.. Enumerable.Range(0, made.Count).Select(i => made[i])];
                results.AddRange(Join.Split(delivery, parts).Select(part => (part, part.Messages)));
                break;
        }
    }
}
