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
        ref Changed change = ref changes[changeCount++];
        change.Position = position;
        Value.Store(ref change.Value, value);
    }

    /// <summary>
    /// Makes members with the given keys, all different, of an object without members. Their values are to be set by the caller, with
    /// <see cref="Value.Store"/>, and must be scalars.
    /// </summary>
    public Span<Member> FillNew(ReadOnlySpan<Value> keys)
    {
        EnsureCapacity(keys.Length);
        Span<Member> slots = members.AsSpan(0, keys.Length);
        for (int i = 0; i < slots.Length; i++)
        {
            // A pooled node has mostly served the same place before.
            Value.Store(ref slots[i].Key, Value.Load(in keys[i]));
        }

        used = Count = keys.Length;
        keysSeen = ulong.MaxValue;
        return slots;
    }
}
