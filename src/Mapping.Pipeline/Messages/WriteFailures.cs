namespace Mapping.Pipeline.Messages;

/// <summary>Why messages of a batch were not written, by their position, and the worst kind of failure among them.</summary>
internal sealed class WriteFailures : Dictionary<int, string>
{
    /// <summary>Null while nothing failed.</summary>
    public FailureKind? Kind { get; private set; }

    public void Note(int position, string reason, FailureKind kind)
    {
        this[position] = reason;
        Kind = FailureKinds.Worse(Kind, kind);
    }

    /// <summary>Adds those of another part of the batch; what is known of a position stays.</summary>
    public void Add(WriteFailures others)
    {
        foreach ((int position, string reason) in others)
        {
            TryAdd(position, reason);
            Kind = FailureKinds.Worse(Kind, others.Kind ?? FailureKind.Ambiguous);
        }
    }
}
