namespace Mapping.Pipeline.Messages;

/// <summary>What a processor makes of a batch: none (all messages were removed), one, or several.</summary>
internal readonly struct Batches
{
    private readonly Batch? first;
    private readonly IReadOnlyList<Batch>? all;

    private Batches(Batch first) => this.first = first;

    private Batches(IReadOnlyList<Batch> all) => this.all = all;

    public static Batches None => default;

    public int Count => all?.Count ?? (first is null ? 0 : 1);

    public Batch this[int index] => all is null ? (index == 0 && first is not null ? first : throw new ArgumentOutOfRangeException(nameof(index))) : all[index];

    /// <summary>An empty batch is none.</summary>
    public static implicit operator Batches(Batch batch) => batch.Count == 0 ? None : new Batches(batch);

    public static Batches Many(IEnumerable<Batch> batches)
    {
        Batch[] filled = [.. batches.Where(b => b.Count > 0)];
        return filled.Length switch
        {
            0 => None,
            1 => new Batches(filled[0]),
            _ => new Batches(filled),
        };
    }

    /// <summary>All messages as one batch; null when there are none.</summary>
    public Batch? Joined()
    {
        if (all is null)
        {
            return first;
        }

        return Batch.Of(all.SelectMany(static b => b));
    }
}
