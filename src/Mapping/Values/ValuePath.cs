namespace Mapping.Values;

/// <summary>
/// Where a value stands: a head and a path below it. While an error passes iterations, the slot of their element as head is
/// replaced by the path of what was iterated.
/// </summary>
/// <param name="Slot">The slot of the head, -1 for the document, root or a variable.</param>
/// <param name="Head">What the head is called.</param>
/// <param name="Tail">Empty, or the path with its leading dot.</param>
internal sealed record ValuePath(int Slot, string Head, string Tail)
{
    /// <summary>The path as seen from outside of an iteration.</summary>
    public ValuePath Below(ValuePath iterated, string element) => iterated with { Tail = $"{iterated.Tail}.{element}{Tail}" };

    public override string ToString() => Head + Tail;
}
