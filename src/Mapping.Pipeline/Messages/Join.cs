namespace Mapping.Pipeline.Messages;

/// <summary>
/// A delivery that went on as several: it is settled when the last of them is, and the worst outcome wins. Which of its messages
/// failed is known as long as every failing message still knows where it came from.
/// </summary>
internal sealed class Join : ISettler
{
    private readonly Delivery parent;
    private readonly Lock gate = new();
    private readonly Dictionary<int, string> failures = [];
    private int open;
    private string? reason;
    private FailureKind? kind;
    private bool allFailed;

    private Join(Delivery parent, int count)
    {
        this.parent = parent;
        open = count;
    }

    public bool IsAbandoned => parent.IsAbandoned;

    /// <summary>The deliveries that a tracked one goes on as; nobody may settle the parent from now on.</summary>
    public static Delivery[] Split(Delivery parent, IReadOnlyList<Batch> parts)
    {
        ArgumentOutOfRangeException.ThrowIfZero(parts.Count);
        var join = new Join(parent, parts.Count);
        return [.. parts.Select(part => new Delivery(part, join).Track())];
    }

    public ValueTask SettleAsync(Delivery delivery, Rejection? rejection)
    {
        lock (gate)
        {
            if (rejection is not null)
            {
                Note(delivery, rejection);
            }

            if (--open > 0)
            {
                return ValueTask.CompletedTask;
            }
        }

        return parent.SettleAsync(reason is null ? null : new Rejection(reason, allFailed ? null : failures) { Kind = kind ?? FailureKind.Ambiguous });
    }

    private void Note(Delivery child, Rejection rejection)
    {
        reason ??= rejection.Reason;
        kind = FailureKinds.Worse(kind, rejection.Kind);
        for (int i = 0; i < child.Messages.Count; i++)
        {
            if (rejection.Failed(i))
            {
                Trail? origin = child.OuterTrail(i);
                if (origin?.Source == parent)
                {
                    failures.TryAdd(origin.Index, rejection.ReasonOf(i));
                }
                else
                {
                    allFailed = true;
                }
            }
        }
    }
}
