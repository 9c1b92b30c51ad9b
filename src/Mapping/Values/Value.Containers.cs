using System.Runtime.CompilerServices;
using Mapping.Values.Json;

namespace Mapping.Values;

/// <summary>Reading arrays and objects, wherever they live.</summary>
internal readonly partial struct Value
{
    /// <summary>Levels of containers: 0 for a scalar; for a part of a document the depth of the whole document.</summary>
    public int Depth => reference switch
    {
        ArrayNode array => array.Depth,
        ObjectNode node => node.Depth,
        Document document => document.Depth,
        _ => 0,
    };

    /// <summary>As <see cref="Depth"/>, of a container; 0 for anything else.</summary>
    internal int DepthOfContainer
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => reference is null ? 0
            : reference.GetType() == typeof(ObjectNode) ? Unsafe.As<ObjectNode>(reference).Depth
            : reference.GetType() == typeof(ArrayNode) ? Unsafe.As<ArrayNode>(reference).Depth
            : reference.GetType() == typeof(Document) ? Unsafe.As<Document>(reference).Depth
            : 0;
    }

    /// <summary>Elements of an array or members of an object.</summary>
    public int Count => reference switch
    {
        ArrayNode array => array.Count,
        ObjectNode node => node.Count,
        Document document => document.HasDuplicateKeys(DocumentIndex) ? CountDistinct() : document.CountAt(DocumentIndex),
        _ => 0,
    };

    /// <summary>The elements of an array, in order.</summary>
    public ElementSequence Elements => new(this);

    /// <summary>The members of an object as they stand in the message: insertion order, later duplicates at the first position.</summary>
    public MemberSequence Members => new(this);

    /// <summary>An element by its position, which must be in range.</summary>
    public Value ElementAt(int position)
    {
        if (reference is ArrayNode array)
        {
            return array[position];
        }

        Document document = (Document)reference!;
        return FromDocument(document, document.ElementAt(DocumentIndex, position));
    }

    public bool TryGetMember(ReadOnlySpan<byte> key, out Value value)
    {
        if (reference is Document document)
        {
            if (document.TryFindMember(DocumentIndex, key, out int index))
            {
                value = FromDocument(document, index);
                return true;
            }

            value = default;
            return false;
        }

        return ((ObjectNode)reference!).TryGet(key, out value);
    }

    /// <summary>As above, where the hash of the key is known.</summary>
    public bool TryGetMember(PathSegment segment, out Value value)
    {
        if (reference is Document document)
        {
            int index = document.FindMember(DocumentIndex, segment);
            value = index < 0 ? default : FromDocument(document, index);
            return index >= 0;
        }

        return ((ObjectNode)reference!).TryGet(segment, out value);
    }

    /// <summary>The members in byte order of their keys: the order of everything a mapping can see.</summary>
    public Member[] SortedMembers()
    {
        var sorted = new Member[Count];
        int at = 0;
        foreach (Member member in Members)
        {
            sorted[at++] = member;
        }

        if (at < KeySorting.Many)
        {
            KeySorting.SortFew(sorted);
            return sorted;
        }

        if (KeySorting.IsSorted(sorted))
        {
            return sorted;
        }

        int[] order = [.. Enumerable.Range(0, at)];
        new KeySorting(sorted, order, new ulong[at]).Sort();
        return Array.ConvertAll(order, i => sorted[i]);
    }

    /// <summary>
    /// The object with its members in nodes, one level deep: what a change needs. A node that nobody else can see is
    /// returned as it is.
    /// </summary>
    public ObjectNode ToMutableObject(Arena arena)
    {
        if (reference is ObjectNode { IsFrozen: false } own)
        {
            return own;
        }

        return CopyObject(arena);
    }

    /// <summary>A copy one level deep, with room for more members.</summary>
    public ObjectNode CopyObject(Arena arena, int extra = 0)
    {
        if (reference is Document document && !document.HasDuplicateKeys(DocumentIndex))
        {
            ObjectNode changed = arena.NewObject();
            changed.BeginAs(document, DocumentIndex);
            return changed;
        }

        if (reference is ObjectNode { Original: not null } other)
        {
            ObjectNode changed = arena.NewObject();
            changed.BeginAs(other);
            return changed;
        }

        ObjectNode copy = arena.NewObject(Count + extra);
        foreach (Member member in Members)
        {
            copy.AddNew(member.Key, member.Value.Frozen());
        }

        return copy;
    }

    public ArrayNode ToMutableArray(Arena arena)
    {
        if (reference is ArrayNode { IsFrozen: false } own)
        {
            return own;
        }

        ArrayNode copy = arena.NewArray(Count);
        foreach (Value element in Elements)
        {
            copy.Add(element.Frozen());
        }

        return copy;
    }

    /// <summary>Marks a constructed container as shared, so that it is copied before any change.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Value Frozen() => IsContainer ? Freeze(this) : this;

    private static Value Freeze(Value container)
    {
        switch (container.reference)
        {
            case ArrayNode { IsFrozen: false } array:
                array.IsFrozen = true;
                break;
            case ObjectNode { IsFrozen: false } node:
                node.IsFrozen = true;
                break;
        }

        return container;
    }

    private int CountDistinct()
    {
        int count = 0;
        foreach (Member _ in Members)
        {
            count++;
        }

        return count;
    }
}
