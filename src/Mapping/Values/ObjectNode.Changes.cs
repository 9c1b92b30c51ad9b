using System.Runtime.CompilerServices;
using Mapping.Values.Json;

namespace Mapping.Values;

/// <summary>
/// An object of a document with a few changes. The members of the document stay where they are, and the writer copies
/// the text between the changes; only what is asked for is looked up. With more than a few changes, or when somebody walks the
/// members, it becomes an ordinary object.
/// </summary>
internal sealed partial class ObjectNode
{
    private const int MostChanges = 16;

    private Document? original;
    private int originalIndex;
    private Changed[] changes = [];
    private int changeCount;

    /// <summary>See <see cref="Document.AbsenceIn"/>: most keys that are set are not in the document, and this tells it without a look.</summary>
    private ulong absence;

    /// <summary>The document whose object this is but for the changes; null for an ordinary object.</summary>
    public Document? Original => original;

    public int OriginalIndex => originalIndex;

    /// <summary>Changed members in the order of the document.</summary>
    public ReadOnlySpan<Changed> Changes => changes.AsSpan(0, changeCount);

    /// <summary>Members that the document does not have, gaps included.</summary>
    public ReadOnlySpan<Member> Added => members.AsSpan(0, used);

    /// <summary>Begins as an object of a document, which must not repeat keys.</summary>
    public void BeginAs(Document document, int index)
    {
        original = document;
        originalIndex = index;
        changeCount = 0;
        absence = document.AbsenceIn(index);
        Count = document.CountAt(index);
        Depth = document.Depth;
    }

    /// <summary>Begins as a copy of another changed object.</summary>
    public void BeginAs(ObjectNode other)
    {
        BeginAs(other.original!, other.originalIndex);
        EnsureChanges(other.changeCount);
        other.Changes.CopyTo(changes);
        changeCount = other.changeCount;
        EnsureCapacity(other.used);
        other.Added.CopyTo(members);
        used = other.used;
        keysSeen = other.keysSeen;
        Count = other.Count;
        Depth = other.Depth;
        foreach (Changed change in Changes)
        {
            change.Value.Frozen();
        }

        foreach (Member member in Added)
        {
            member.Value.Frozen();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryGetChanged(ReadOnlySpan<byte> key, out Value value)
    {
        value = TryFindOriginal(key, out int position) ? OriginalAt(position) : Value.Nothing;
        return !value.IsNothing || TryGetOwn(key, out value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value GetChanged(PathSegment segment)
    {
        int member = FindInOriginal(segment);
        Value value = member > 0 ? OriginalAt(member - 1) : Value.Nothing;
        if (!value.IsNothing)
        {
            return value;
        }

        int slot = Find(segment);
        return slot < 0 ? Value.Nothing : Value.Load(ref members[slot].Value);
    }

    /// <summary>Where the document has the member, or a negative number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FindInOriginal(PathSegment segment) => IsSurelyAbsent(segment) ? -1 : original!.FindMember(originalIndex, segment);

    /// <summary>Whether the document has no such member, which is known without a look. There is a document then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsSurelyAbsent(PathSegment segment) => absence != 0 && segment.LastAbsence == absence;

    /// <summary>What a member of the document is now; nothing if it was removed.</summary>
    private Value OriginalAt(int position)
    {
        int at = FindChange(position);
        Value value = at >= 0 ? Value.Load(ref changes[at].Value) : Value.FromDocument(original!, position + 1);
        return value.IsDeleted ? Value.Nothing : value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Change(Value key, Value value)
    {
        MakeRoomForChange();
        if (original is null || !TryFindOriginal(key.AsSpan(), out int position) || !TryChangeOriginal(position, value))
        {
            SetOwn(key, value);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Change(PathSegment segment, Value value)
    {
        MakeRoomForChange();
        if (original is null || FindInOriginal(segment) is not (> 0 and int member) || !TryChangeOriginal(member - 1, value))
        {
            SetOwn(segment, value);
        }
    }

    /// <summary>False when the member was removed before: its key then comes last.</summary>
    private bool TryChangeOriginal(int position, Value value)
    {
        int at = FindChange(position);
        if (at < 0)
        {
            InsertChange(~at, position, value);
            return true;
        }

        if (changes[at].Value.IsDeleted)
        {
            return false;
        }

        Value.Store(ref changes[at].Value, value);
        return true;
    }

    /// <summary>False when the member was removed before.</summary>
    private bool TryRemoveOriginal(int position)
    {
        int at = FindChange(position);
        if (at >= 0)
        {
            if (changes[at].Value.IsDeleted)
            {
                return false;
            }

            Value.Store(ref changes[at].Value, Value.Deleted);
        }
        else
        {
            InsertChange(~at, position, Value.Deleted);
        }

        Count--;
        return true;
    }

    private bool TryFindOriginal(ReadOnlySpan<byte> key, out int position)
    {
        bool found = original!.TryFindMember(originalIndex, key, out int value);
        position = value - 1;
        return found;
    }

    /// <summary>The change of a member, or the complement of where it would stand.</summary>
    private int FindChange(int position)
    {
        int at = 0;
        while (at < changeCount && changes[at].Position < position)
        {
            at++;
        }

        return at < changeCount && changes[at].Position == position ? at : ~at;
    }

    private void InsertChange(int at, int position, Value value)
    {
        EnsureChanges(changeCount + 1);
        for (int i = changeCount; i > at; i--)
        {
            // They are few; to have the runtime move them costs more.
            changes[i].Position = changes[i - 1].Position;
            Value.Store(ref changes[i].Value, Value.Load(ref changes[i - 1].Value));
        }

        ref Changed change = ref changes[at];
        change.Position = position;
        Value.Store(ref change.Value, value);
        changeCount++;
    }

    private void EnsureChanges(int count)
    {
        if (changes.Length < count)
        {
            Array.Resize(ref changes, Math.Max(4, count * 2));
        }
    }

    /// <summary>With more than a few changes it becomes an ordinary object.</summary>
    private void MakeRoomForChange()
    {
        if (original is not null && changeCount + used >= MostChanges)
        {
            Materialise(original);
        }
    }

    /// <summary>Makes it an ordinary object with the same members in the same order.</summary>
    private void Materialise()
    {
        if (original is not null)
        {
            Materialise(original);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Materialise(Document document)
    {
        Member[] added = members.AsSpan(0, used).ToArray();
        int present = Count;
        original = null;
        absence = 0;
        keysSeen = ulong.MaxValue;
        used = 0;
        isIndexed = false;
        EnsureCapacity(present + 1);
        int next = 0;
        int end = document.NextAt(originalIndex);
        for (int key = document.FirstChild(originalIndex); key < end; key = document.NextAt(key + 1))
        {
            bool isChanged = next < changeCount && changes[next].Position == key;
            Value value = isChanged ? changes[next++].Value : Value.FromDocument(document, key + 1);
            if (!value.IsDeleted)
            {
                members[used++] = new Member(Value.FromDocument(document, key), value);
            }
        }

        foreach (Member member in added)
        {
            if (!member.Key.IsNull)
            {
                members[used++] = member;
            }
        }

        Count = used;
    }

    /// <summary>A member of the document that has another value or, if that is deleted, is gone.</summary>
    internal struct Changed(int position, Value value)
    {
        public int Position = position;
        public Value Value = value;
    }
}
