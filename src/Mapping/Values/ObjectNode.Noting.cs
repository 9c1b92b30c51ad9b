namespace Mapping.Values;

/// <summary>Filling an object that is known to begin without changes, faster than member by member.</summary>
internal sealed partial class ObjectNode
{
    /// <summary>
    /// Gives a member of the document another value, which must be a scalar. Members come in the order of the document; at most
    /// as many as changes are kept.
    /// </summary>
    /// <param name="position">Where the key is on the tape.</param>
    /// <param name="value">The new value.</param>
    public void NoteChange(int position, Value value)
    {
        EnsureChanges(changeCount + 1);
        changes[changeCount++] = new Changed(position, value);
    }
}
