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
    /// <param name="iterated">The path of the array or object.</param>
    /// <param name="element">The position or key.</param>
    /// <param name="isMember">The element was a pair of key and value, so that a leading <c>.value</c> is no part of the path.</param>
    public ValuePath Below(ValuePath iterated, string element, bool isMember)
    {
        string tail = isMember && Tail.StartsWith(".value", StringComparison.Ordinal) ? Tail[".value".Length..] : Tail;
        return iterated with { Tail = $"{iterated.Tail}.{element}{tail}" };
    }

    public override string ToString() => Head + Tail;
}
