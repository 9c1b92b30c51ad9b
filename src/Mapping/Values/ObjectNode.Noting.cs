using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mapping.Values.Json;

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
    /// Makes members with the given keys, all different, of an object without members: their values are parts of a text.
    /// </summary>
    /// <param name="keys">The keys.</param>
    /// <param name="text">The text, a string or bytes.</param>
    /// <param name="bounds">Where each part starts and ends; an empty one for negative positions.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void FillWithSlices(ReadOnlySpan<Value> keys, Value text, ReadOnlySpan<int> bounds)
    {
        Debug.Assert(bounds.Length == 2 * keys.Length, "two bounds for each key");
        EnsureCapacity(keys.Length);
        ref Member member = ref MemoryMarshal.GetArrayDataReference(members);
        ref Member end = ref Unsafe.Add(ref member, keys.Length);
        ref Value key = ref MemoryMarshal.GetReference(keys);
        ref int bound = ref MemoryMarshal.GetReference(bounds);
        while (Unsafe.IsAddressLessThan(ref member, ref end))
        {
            // A pooled node has mostly served the same place before, and then no reference is written.
            Value slice = text.SliceOrEmpty(bound, Unsafe.Add(ref bound, 1));
            if (!Value.TryStoreAgain(ref member.Key, Value.Load(ref key), ref member.Value, slice))
            {
                StoreMember(ref member, Value.Load(ref key), slice);
            }

            member = ref Unsafe.Add(ref member, 1);
            key = ref Unsafe.Add(ref key, 1);
            bound = ref Unsafe.Add(ref bound, 2);
        }

        used = Count = keys.Length;
        keysSeen = ulong.MaxValue;
    }

    /// <summary>Whether keys that were all taken for new may repeat. For very many keys at once this takes less than a look-up for each.</summary>
    public bool MayRepeatKeys()
    {
        if (IsSorted())
        {
            return false;
        }

        var items = new ulong[used];
        for (int i = 0; i < used; i++)
        {
            items[i] = RepeatSearch.Item(KeyHash.Seeded(members[i].Key.AsSpan()), i + 1);
        }

        return new RepeatSearch().MayRepeat(items, new KeysBehind(members));
    }

    private readonly struct KeysBehind(Member[] members) : INumberedKeys
    {
        public bool AreEqual(int first, int second) => members[first - 1].Key.AsSpan().SequenceEqual(members[second - 1].Key.AsSpan());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StoreMember(ref Member member, Value key, Value value) => member = new Member(key, value);
}
