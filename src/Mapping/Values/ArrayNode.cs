using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mapping.Values;

/// <summary>
/// An array made by a mapping. A frozen node is reachable from several places and is copied, one level, before it is
/// changed; that makes copying on assignment free.
/// </summary>
internal sealed class ArrayNode
{
    private const int KeptCapacity = 512;
    private const int LargestKept = 64 * 1024;
    private const int SmallUsesUntilTrim = 64;

    private Value[] items = [];
    private Arena? home;
    private int smallUses;

    /// <summary>The items do not stand in the array yet: it is made of pairs, or of the parts of a text.</summary>
    private bool isUnmade;

    /// <summary>The text that it is the parts of, and a bit for every byte between two parts.</summary>
    private Value whole;
    private ulong cuts;

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
            MakeItems();
            return items;
        }
    }

    public ReadOnlySpan<Value> Items => Storage.AsSpan(0, Count);

    public Value this[int index]
    {
        get => isUnmade ? UnmadeAt(index) : Value.Load(ref items[index]);
        set
        {
            MakeItems();
            items[index] = value;
            NoteDepth(value);
        }
    }

    public void Add(Value value)
    {
        MakeItems();
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
        MakeItems();
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
        isUnmade = true;
        home = arena;
        EnsureCapacity(2 * capacity);
    }

    /// <summary>
    /// Begins as what is left of a text when some of its first 64 bytes are cut out, a bit for each: mostly one part is wanted, and the
    /// others are never made. It must be empty.
    /// </summary>
    public void BeginParts(Value text, ulong cutOut)
    {
        isUnmade = true;
        Value.Store(ref whole, text);
        cuts = cutOut;
        Count = BitOperations.PopCount(cutOut) + 1;
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
    /// <param name="mayBeLarge">It may keep room for many items.</param>
    public void Reset(bool mayBeLarge)
    {
        if (items.Length > KeptCapacity)
        {
            TrimIfOversized(mayBeLarge);
        }

        Pairs = null;
        isUnmade = false;
        Count = 0;
        Depth = 1;
        IsFrozen = false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value MadeMember(int index, int member) => items[index].ObjectNode!.Slots[member].Value;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value UnmadeAt(int index)
    {
        if (Pairs is not null)
        {
            MakeAll();
            return Value.Load(ref items[index]);
        }

        ulong ahead = cuts;
        int start = 0;
        for (int i = 0; i < index; i++)
        {
            start = BitOperations.TrailingZeroCount(ahead) + 1;
            ahead &= ahead - 1;
        }

        int end = ahead == 0 ? whole.TextLength : BitOperations.TrailingZeroCount(ahead);
        return whole.Slice(start, end - start);
    }

    private void MakeItems()
    {
        if (isUnmade)
        {
            MakeAll();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MakeAll()
    {
        isUnmade = false;
        if (Pairs is { } keys)
        {
            Pairs = null;
            for (int i = 0; i < Count; i++)
            {
                items[i] = Value.FromObject(keys.Make(home!, items[2 * i], items[(2 * i) + 1]));
            }

            return;
        }

        EnsureCapacity(Count);
        int start = 0;
        for (int i = 0; i < Count; i++, cuts &= cuts - 1)
        {
            int end = cuts == 0 ? whole.TextLength : BitOperations.TrailingZeroCount(cuts);
            Value.Store(ref items[i], whole.Slice(start, end - start));
            start = end + 1;
        }
    }

    /// <summary>A pooled node must not keep the memory of the largest array it ever was, unless it is about as large again and again.</summary>
    private void TrimIfOversized(bool mayBeLarge)
    {
        smallUses = Count < items.Length / 8 ? smallUses + 1 : 0;
        if (!mayBeLarge || items.Length > LargestKept || smallUses > SmallUsesUntilTrim)
        {
            items = [];
            smallUses = 0;
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
