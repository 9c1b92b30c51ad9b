using Mapping.Functions;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>A batch that is complete, and what it was gathered from.</summary>
internal readonly record struct Cut(IReadOnlyList<Delivery> Sources, Batch Batch);

/// <summary>Gathers deliveries in batches by a policy. Batches are cut anew: what arrives together may go on in several.</summary>
internal sealed class BatchCutter(BatchRule rule)
{
    private readonly List<Delivery> sources = [];

    /// <summary>Messages that wait for more.</summary>
    public int Waiting => rule.Count;

    /// <summary>Adds messages; the batches that are complete with them.</summary>
    /// <param name="delivery">Tracked; nobody may settle it from now on.</param>
    /// <param name="current">What its messages have become.</param>
    public List<Cut> Add(Delivery delivery, Batch current)
    {
        var closed = new List<Batch>();
        var segments = new List<Batch>();
        var segment = new List<Message>();
        foreach (Message message in current)
        {
            segment.Add(message);
            if (rule.Add(message) is { } mechanism)
            {
                closed.Add(rule.Close(mechanism));
                segments.Add(Batch.Of(segment));
                segment.Clear();
            }
        }

        if (segment.Count > 0)
        {
            segments.Add(Batch.Of(segment));
        }

        var cuts = new List<Cut>(closed.Count);
        Delivery[] parts = segments.Count == 1 ? [delivery] : Join.Split(delivery, segments);
        for (int i = 0; i < parts.Length; i++)
        {
            sources.Add(parts[i]);
            if (i < closed.Count)
            {
                cuts.Add(Take(closed[i]));
            }
        }

        return cuts;
    }

    /// <summary>All that waits; there must be some.</summary>
    public Cut Close(string mechanism) => Take(rule.Close(mechanism));

    private Cut Take(Batch batch)
    {
        var cut = new Cut([.. sources], batch);
        sources.Clear();
        return cut;
    }
}
