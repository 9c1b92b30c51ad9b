using System.Runtime.CompilerServices;
using Mapping.Values.Json;

namespace Mapping.Values;

/// <summary>A key and its value within an object.</summary>
internal struct Member(Value key, Value value)
{
    public Value Key = key;
    public Value Value = value;

    public readonly void Deconstruct(out Value key, out Value value)
    {
        key = Key;
        value = Value;
    }
}

/// <summary>
/// An object made by a mapping, in insertion order. Removed members leave a gap that enumeration skips. Frozen as in
/// <see cref="ArrayNode"/>. In other parts: how the keys of large objects are found, and that it may begin as the object of a
/// document with few changes.
/// </summary>
internal sealed partial class ObjectNode
{
    private Member[] members = [];
    private int used;
    private bool isPooled;

    /// <summary>A bit for every key, by its hash: a key whose bit is not set is new.</summary>
    private ulong keysSeen;

    /// <summary>Members present.</summary>
    public int Count { get; private set; }

    public bool IsFrozen { get; set; }

    /// <summary>What an opaque value, an object without members, stands for outside of the language; null for all others.</summary>
    public object? Opaque { get; init; }

    /// <summary>Levels of containers in it, itself included.</summary>
    public int Depth { get; private set; } = 1;

    /// <summary>Slots in insertion order; a slot with a null key is a gap.</summary>
    public ReadOnlySpan<Member> Slots
    {
        get
        {
            Materialise();
            return members.AsSpan(0, used);
        }
    }

    /// <summary>The slots and free room behind them; to be asked for after <see cref="Slots"/>.</summary>
    public Member[] Storage => members;

    public bool TryGet(ReadOnlySpan<byte> key, out Value value) =>
        original is null ? TryGetOwn(key, out value) : TryGetChanged(key, out value);

    public bool TryGet(PathSegment segment, out Value value) =>
        !(value = Get(segment)).IsNothing;

    public bool ContainsKey(ReadOnlySpan<byte> key) => TryGet(key, out _);

    /// <summary>Sets a member; an existing key keeps its position. The key's bytes must live as long as the node.</summary>
    public void Set(Value key, Value value)
    {
        if (original is null)
        {
            SetOwn(key, value);
        }
        else
        {
            Change(key, value);
        }

        NoteDepth(value);
    }

    public void Set(PathSegment segment, Value value)
    {
        SetPlain(segment, value);
        NoteDepth(value);
    }

    /// <summary>As <see cref="Set(PathSegment, Value)"/> with a value that is no container.</summary>
    public void SetPlain(PathSegment segment, Value value)
    {
        if (original is null)
        {
            SetOwn(segment, value);
        }
        else
        {
            Change(segment, value);
        }
    }

    /// <summary>
    /// As <see cref="SetPlain"/>, if the key is new and the slot had such a member before: a
    /// pooled node has mostly served the same place, and then no reference is written. False, and nothing done, where not.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAddPlain(PathSegment segment, Value value)
    {
        Member[] room = members;
        int slot = used;
        if ((uint)slot >= (uint)room.Length || !IsSurelyNew(segment)
            || !Value.TryStoreAgain(ref room[slot].Key, segment.Key, ref room[slot].Value, value))
        {
            return false;
        }

        keysSeen |= segment.KeyBit;
        used = slot + 1;
        Count++;
        return true;
    }

    /// <summary>Whether a member of that key is new without a look, and may be appended without more ado.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsSurelyNew(PathSegment segment) => (keysSeen & segment.KeyBit) == 0 && used < IndexAbove
        && (original is null || (IsSurelyAbsent(segment) && changeCount + used < MostChanges));

    /// <summary>As <see cref="TryAddPlain"/> with a key that is known to be new.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAddNewPlain(Value key, Value value)
    {
        Member[] room = members;
        int slot = used;
        if ((uint)slot >= (uint)room.Length || slot >= IndexAbove || original is not null
            || !Value.TryStoreAgain(ref room[slot].Key, key, ref room[slot].Value, value))
        {
            return false;
        }

        keysSeen = ulong.MaxValue;
        used = slot + 1;
        Count++;
        return true;
    }

    /// <summary>Appends a member whose key is known to be new.</summary>
    public void AddNew(Value key, Value value)
    {
        MakeRoomForChange();
        keysSeen = ulong.MaxValue;
        Append(key, value);
        NoteDepth(value);
    }

    /// <summary>Appends a member unless there is one of that key.</summary>
    public bool TryAddNew(Value key, Value value)
    {
        MakeRoomForChange();
        ReadOnlySpan<byte> name = key.AsSpan();
        uint hash = KeyHash.Of(name);
        if (original is not null && original.TryFindMember(originalIndex, name, hash, out int member) && !OriginalAt(member - 1).IsNothing)
        {
            return false;
        }

        if (used > IndexAbove)
        {
            if (!TryAppendToLarge(key, value, out _))
            {
                return false;
            }
        }
        else
        {
            ulong bit = Bit(hash);
            if ((keysSeen & bit) != 0 && Find(name) >= 0)
            {
                return false;
            }

            keysSeen |= bit;
            Append(key, value);
        }

        NoteDepth(value);
        return true;
    }

    public bool Remove(ReadOnlySpan<byte> key)
    {
        MakeRoomForChange();
        return (original is not null && TryFindOriginal(key, out int position) && TryRemoveOriginal(position)) || RemoveOwn(Find(key));
    }

    public bool Remove(PathSegment segment)
    {
        MakeRoomForChange();
        return (original is not null && FindInOriginal(segment) is > 0 and int value && TryRemoveOriginal(value - 1))
            || RemoveOwn(Find(segment));
    }

    private bool RemoveOwn(int slot)
    {
        if (slot < 0)
        {
            return false;
        }

        members[slot] = default;
        Count--;
        if (slot == used - 1)
        {
            used--;
            sortedUpTo = Math.Min(sortedUpTo, used);

            // Few members are added without the table, which then lacks them.
            isIndexed &= used > IndexAbove;
        }
        else if (used > IndexAbove && Count < used / 2)
        {
            Compact();
        }

        return true;
    }

    public void EnsureCapacity(int capacity)
    {
        if (members.Length < capacity)
        {
            Array.Resize(ref members, capacity);
        }
    }

    public void RaiseDepth(int depth) => Depth = Math.Max(Depth, depth);

    /// <summary>Prepares a pooled node for its next use.</summary>
    /// <param name="mayBeLarge">It may keep room for many members.</param>
    public void Reset(bool mayBeLarge)
    {
        if (members.Length > KeptCapacity)
        {
            TrimIfOversized(mayBeLarge);
        }

        used = 0;
        Count = 0;
        isIndexed = false;
        sortedUpTo = 0;
        isPooled = true;
        keysSeen = 0;
        Depth = 1;
        IsFrozen = false;
        original = null;
        absence = 0;
    }

    /// <summary>The value of a key, nothing if it is absent.</summary>
    public Value Get(PathSegment segment)
    {
        if (original is not null)
        {
            return GetChanged(segment);
        }

        int slot = Find(segment);
        return slot < 0 ? Value.Nothing : Value.Load(ref members[slot].Value);
    }

    /// <summary>The value of a key that is where it was last in such an object; false where it takes a search.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGetAgain(PathSegment segment, out Value value)
    {
        int guess = segment.LastSlot;
        if (original is null && (uint)guess < (uint)used && Value.AreSame(Value.Load(in members[guess].Key), segment.Key))
        {
            value = Value.Load(ref members[guess].Value);
            return true;
        }

        value = default;
        return false;
    }

    private bool TryGetOwn(ReadOnlySpan<byte> key, out Value value)
    {
        int slot = Find(key);
        if (slot < 0)
        {
            value = default;
            return false;
        }

        value = Value.Load(ref members[slot].Value);
        return true;
    }

    private void SetOwn(Value key, Value value)
    {
        if (used > IndexAbove)
        {
            if (!TryAppendToLarge(key, value, out int present))
            {
                members[present].Value = value;
            }

            return;
        }

        int slot = Find(key.AsSpan());
        if (slot >= 0)
        {
            Value.Store(ref members[slot].Value, value);
        }
        else
        {
            keysSeen |= Bit(KeyHash.Of(key.AsSpan()));
            Append(key, value);
        }
    }

    private void SetOwn(PathSegment segment, Value value)
    {
        ulong bit = segment.KeyBit;
        int slot = (keysSeen & bit) == 0 ? -1 : Find(segment);
        if (slot >= 0)
        {
            Value.Store(ref members[slot].Value, value);
        }
        else
        {
            keysSeen |= bit;
            Append(segment.Key, value, segment.SeededHash);
        }
    }

    /// <summary>Objects made in the same place look alike, so the key is mostly where it was last.</summary>
    private int Find(PathSegment segment)
    {
        int guess = segment.LastSlot;
        return (uint)guess < (uint)used && Value.AreSame(Value.Load(in members[guess].Key), segment.Key) ? guess : Search(segment);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Search(PathSegment segment)
    {
        int guess = segment.LastSlot;
        ReadOnlySpan<byte> key = segment.Key.AsSpan();
        int slot = (uint)guess < (uint)used && IsKeyAt(guess, key) ? guess : used > IndexAbove ? FindIndexed(key, segment.SeededHash) : Find(key);
        if (slot >= 0)
        {
            segment.LastSlot = slot;
        }

        return slot;
    }

    private bool IsKeyAt(int slot, ReadOnlySpan<byte> key)
    {
        ref readonly Value candidate = ref members[slot].Key;
        return candidate.TextLength == key.Length && !candidate.IsNull && candidate.AsSpan().SequenceEqual(key);
    }

    public static ulong Bit(uint hash) => 1UL << (int)(hash & 63);

    private int Find(ReadOnlySpan<byte> key)
    {
        if (used > IndexAbove)
        {
            return FindIndexed(key, KeyHash.Seeded(key));
        }

        for (int i = 0; i < used; i++)
        {
            if (IsKeyAt(i, key))
            {
                return i;
            }
        }

        return -1;
    }

    private void Append(Value key, Value value)
    {
        Store(key, value);
        if (isIndexed)
        {
            AddToIndex(KeyHash.Seeded(key.AsSpan()));
        }
    }

    private void Append(Value key, Value value, uint seededHash)
    {
        Store(key, value);
        if (isIndexed)
        {
            AddToIndex(seededHash);
        }
    }

    private void Store(Value key, Value value)
    {
        if (used == members.Length)
        {
            Array.Resize(ref members, Math.Max(4, used * 2));
        }

        // A pooled node has mostly served the same place before, which says little about values.
        ref Member slot = ref members[used++];
        Value.Store(ref slot.Key, key);
        slot.Value = value;
        Count++;
    }

    private void Compact()
    {
        int kept = 0;
        for (int i = 0; i < used; i++)
        {
            if (!members[i].Key.IsNull)
            {
                members[kept++] = members[i];
            }
        }

        Array.Clear(members, kept, used - kept);
        used = kept;
        isIndexed = false;
        sortedUpTo = 0;
    }

    private void NoteDepth(Value value)
    {
        if (value.IsContainer)
        {
            Depth = Math.Max(Depth, 1 + value.Depth);
        }
    }
}
