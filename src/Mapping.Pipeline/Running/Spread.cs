using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>What a delivery goes on as after its processors.</summary>
internal static class Spread
{
    /// <summary>Adds what is to be written; a delivery of which nothing is left is done.</summary>
    public static ValueTask AddAsync(Delivery delivery, Batches made, List<(Delivery Delivery, Batch Batch)> results)
    {
        switch (made.Count)
        {
            case 0:
                return delivery.SettleAsync(null);
            case 1:
                results.Add((delivery, made[0]));
                return ValueTask.CompletedTask;
            default:
                Batch[] parts = [.. Enumerable.Range(0, made.Count).Select(i => made[i])];
                results.AddRange(Join.Split(delivery, parts).Select(part => (part, part.Messages)));
                return ValueTask.CompletedTask;
        }
    }
}
