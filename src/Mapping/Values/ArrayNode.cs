using System.Runtime.CompilerServices;

namespace Mapping.Values;

/// <summary>
/// An array made by a mapping. A frozen node is reachable from several places and is copied, one level, before it is
/// changed; that makes copying on assignment free.
/// </summary>
internal sealed class ArrayNode
{
    private const int KeptCapacity = 512;

    private Value[] items = [];
    private Arena? home;

    public int Count { get; private set; }

    public bool IsFrozen { get; set; }

    /// <summary>Levels of containers in it, itself included.</summary>
    public int Depth { get; private set; } = 1;

    /// <summary>The keys of its elements, as long as these are pairs that were not made into objects because nobody has looked at them.</summary>
    public PairKeys? Pairs { get; private set; }

    /// <summary>The items and free room behind them.</summary>
    public Value[] Storage
    {
        get
        {
            MakePairs();
            return items;
        }
    }

    public ReadOnlySpan<Value> Items => Storage.AsSpan(0, Count);

    public Value this[int index]
    {
        get => Value.Load(ref Storage[index]);
        set
        {
            MakePairs();
            items[index] = value;
            NoteDepth(value);
        }
    }

    public void Add(Value value)
    {
        MakePairs();
        if (Count == items.Length)
        {
            Array.Resize(ref items, Math.Max(4, Count * 2));
        }

        Value.Store(ref items[Count++], value);
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
        MakePairs();
        Count--;
        Array.Copy(items, index + 1, items, index, Count - index);
        items[Count] = default;
    }

    /// <summary>For sorting in place; kinds and nesting of the items must not change.</summary>
    public Span<Value> MutableItems() => Storage.AsSpan(0, Count);

    /// <summary>Begins as an array of pairs; it must be empty.</summary>
    public void BeginPairs(PairKeys keys, Arena arena, int capacity)
    {
        Pairs = keys;
        home = arena;
        EnsureCapacity(2 * capacity);
    }

    /// <summary>Adds a pair by its members.</summary>
    public void AddPair(Value first, Value second)
    {
        int at = 2 * Count;
        if (at + 2 > items.Length)
        {
            Array.Resize(ref items, Math.Max(8, at * 2));
        }

        items[at] = first.Frozen();
        items[at + 1] = second.Frozen();
        Count++;
        Depth = Math.Max(Depth, 2 + Math.Max(first.Depth, second.Depth));
    }

    /// <summary>The first member of a pair, of an array that began with pairs: they may have become objects meanwhile.</summary>
    public Value FirstOfPair(int index) => Pairs is null ? MadeMember(index, 0) : Value.Load(ref items[2 * index]);

    public Value SecondOfPair(int index) => Pairs is null ? MadeMember(index, 1) : Value.Load(ref items[(2 * index) + 1]);

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

        Pairs = null;
        Count = 0;
        Depth = 1;
        IsFrozen = false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value MadeMember(int index, int member) => items[index].ObjectNode!.Slots[member].Value;

    private void MakePairs()
    {
        if (Pairs is { } keys)
        {
            MakePairs(keys);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MakePairs(PairKeys keys)
    {
        Pairs = null;
        for (int i = 0; i < Count; i++)
        {
            items[i] = Value.FromObject(keys.Make(home!, items[2 * i], items[(2 * i) + 1]));
        }
    }

    private void NoteDepth(Value value)
    {
        if (value.IsContainer)
        {
            Depth = Math.Max(Depth, 1 + value.Depth);
        }
    }
}
