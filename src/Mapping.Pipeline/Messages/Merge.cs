namespace Mapping.Pipeline.Messages;

/// <summary>
/// Deliveries that go on as one: each is settled by what became of its own messages. Where a failing message no longer knows where
/// it came from, all of them failed.
/// </summary>
internal sealed class Merge : ISettler
{
    private readonly IReadOnlyList<Delivery> sources;

    private Merge(IReadOnlyList<Delivery> sources) => this.sources = sources;

    public bool IsAbandoned => sources.All(static s => s.IsAbandoned);

    /// <param name="sources">Tracked; nobody may settle them from now on.</param>
    /// <param name="messages">What they go on as; need not be the messages they were delivered with.</param>
    public static Delivery Of(IReadOnlyList<Delivery> sources, Batch messages) => sources.Count == 1 && ReferenceEquals(sources[0].Messages, messages)
        ? sources[0]
        : new Delivery(messages, new Merge(sources)).Track();

    public async ValueTask SettleAsync(Delivery delivery, Rejection? rejection)
    {
        Dictionary<Delivery, Dictionary<int, string>>? failed = rejection is null ? [] : FailuresBySource(delivery, rejection);
        foreach (Delivery source in sources)
        {
            if (failed is null)
            {
                await source.SettleAsync(rejection).ConfigureAwait(false);
            }
            else if (failed.TryGetValue(source, out Dictionary<int, string>? own))
            {
                await source.SettleAsync(new Rejection(own.Values.First(), own) { Kind = rejection!.Kind }).ConfigureAwait(false);
            }
            else
            {
                await source.SettleAsync(null).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Null when some failing message belongs to nobody.</summary>
    private Dictionary<Delivery, Dictionary<int, string>>? FailuresBySource(Delivery merged, Rejection rejection)
    {
        var failed = new Dictionary<Delivery, Dictionary<int, string>>();
        var known = sources.ToHashSet();
        for (int i = 0; i < merged.Messages.Count; i++)
        {
            if (!rejection.Failed(i))
            {
                continue;
            }

            if (merged.OuterTrail(i) is not { Source: { } source } origin || !known.Contains(source))
            {
                return null;
            }

            if (!failed.TryGetValue(source, out Dictionary<int, string>? own))
            {
                failed[source] = own = [];
            }

            own.TryAdd(origin.Index, rejection.ReasonOf(i));
        }

        return failed.Count == 0 ? null : failed;
    }
}
