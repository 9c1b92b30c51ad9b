namespace Mapping.Values;

/// <summary>
/// An array made by a mapping. A frozen node is reachable from several places and is copied, one level, before it is
/// changed; that makes copying on assignment free.
/// </summary>
internal sealed class ArrayNode
{
    private const int KeptCapacity = 512;

    private Value[] items = [];

    public int Count { get; private set; }

    public bool IsFrozen { get; set; }

    /// <summary>Levels of containers in it, itself included.</summary>
    public int Depth { get; private set; } = 1;

    /// <summary>The items and free room behind them.</summary>
    public Value[] Storage => items;

    public ReadOnlySpan<Value> Items => items.AsSpan(0, Count);

    public Value this[int index]
    {
        get => Value.Load(ref items[index]);
        set
        {
            items[index] = value;
            NoteDepth(value);
        }
    }

    public void Add(Value value)
    {
        if (Count == items.Length)
        {
            Array.Resize(ref items, Math.Max(4, Count * 2));
        }

        items[Count++] = value;
        NoteDepth(value);
    }

    public void AddRange(ReadOnlySpan<Value> values)
    {
        foreach (Value value in values)
        {
            Add(value);
        }
    }

    public void RemoveAt(int index)
    {
        Count--;
        Array.Copy(items, index + 1, items, index, Count - index);
        items[Count] = default;
    }

    /// <summary>For sorting in place; kinds and nesting of the items must not change.</summary>
    public Span<Value> MutableItems() => items.AsSpan(0, Count);

    public void EnsureCapacity(int capacity)
    {
        if (items.Length < capacity)
        {
            Array.Resize(ref items, capacity);
        }
    }

    public void RaiseDepth(int depth) => Depth = Math.Max(Depth, depth);

    /// <summary>Prepares a pooled node for its next use.</summary>
    public void Reset()
    {
        if (items.Length > KeptCapacity)
        {
            items = [];
        }

        Count = 0;
        Depth = 1;
        IsFrozen = false;
    }

    private void NoteDepth(Value value)
    {
        if (value.IsContainer)
        {
            Depth = Math.Max(Depth, 1 + value.Depth);
        }
    }
}
