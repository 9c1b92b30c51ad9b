using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mapping.Values.Json;

/// <summary>
/// A parsed JSON document: a flat tape of the values, in order, over bytes it refers to but does not own. After a parse it never changes, so
/// any number of threads may read it; parsing again replaces it and reuses its buffers.
/// </summary>
internal sealed unsafe partial class Document
{
    /// <summary>The limit of the reference.</summary>
    public const int MaxDepth = 10_000;

    /// <summary>Offsets and counts rely on it.</summary>
    public const int MaxLength = 1 << 30;

    private const int SmallestTape = 64;

    /// <summary>Filled by the parser, through <see cref="TapeStart"/>: allocated where the collector does not move it.</summary>
    internal TapeEntry[] Tape = [];

    internal TapeEntry* TapeStart;

    internal readonly KeyHashes KeyHashes = new();

    /// <summary>What the numbers of the keys on the tape refer to.</summary>
    internal KnownKeys Keys = KnownKeys.Current;

    /// <summary>The key that stands for the document itself.</summary>
    internal readonly int KeyRoot;

    /// <summary>Set by the parser's search for a key.</summary>
    internal KnownKey* LearntKey;

    /// <summary>Counted by the parser's search for a key.</summary>
    internal int StrangersInARow;

    /// <summary>Set by the slow paths of the parser.</summary>
    internal ParseFault Fault;

    internal int FaultOffset;

    /// <summary>The last whitespace inside the document.</summary>
    internal int LastUnclean;

    internal TapeGrowth Growth;

    /// <summary>The end of the tape if the document is an object that does not repeat keys, else 0.</summary>
    private int rootKeysEnd;

    /// <summary>Stands above the numbers of keys where they are kept with the generation of their tree.</summary>
    private ulong keysTag;

    /// <summary>What the tape refers to. Bytes around the document may be read (never judged), so a roomy buffer is faster.</summary>
    public byte[] Buffer { get; private set; } = [];

    public int Start { get; private set; }

    public int Length { get; private set; }

#pragma warning disable CA1822 // Part of the shape of a document.
    public int RootIndex => 0;
#pragma warning restore CA1822

    /// <summary>
    /// Numbers are read as floats. Until the next text is parsed; their spellings must be those that the floats are written with, since text
    /// may be copied still.
    /// </summary>
    public bool ReadsFloats { get; set; }

    /// <summary>The deepest nesting; 0 for a scalar.</summary>
    public int Depth { get; private set; }

    /// <summary>Values and keys on the tape; what lies behind is left over from earlier texts.</summary>
    public int EntryCount { get; private set; }

    /// <summary>Memory held beyond the text.</summary>
    public int ApproximateBytes => (int)Math.Min(int.MaxValue, (16L * Tape.Length) + KeyHashes.ApproximateBytes + SideCapacity);

    /// <param name="rank">0 for a message, else which of the documents in a message it is.</param>
    public Document(int rank = 0)
    {
        KeyRoot = Math.Min(KnownKeys.Root + rank, KnownKeys.LastRoot);
        AllocateTape(SmallestTape);
    }

    /// <summary>Parses a text in place: the buffer is referred to, not copied, and must not change as long as the document is used.</summary>
    public bool TryParse(byte[] buffer, int start, int length, bool strictUtf8, out JsonError? error)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, buffer.Length - start);
        if (!ReferenceEquals(Buffer, buffer))
        {
            // Storing a reference costs more than seeing that it is there already.
            Buffer = buffer;
        }

        Start = start;
        Length = length;
        EntryCount = 0;
        rootKeysEnd = 0;
        Depth = 0;
        ReadsFloats = false;
        error = null;
        LastUnclean = -1;
        if (!ReferenceEquals(Keys, KnownKeys.Current))
        {
            Keys = KnownKeys.Current;
        }

        keysTag = (ulong)(uint)Keys.Generation << KnownKeys.NumberBits;
        NoteText(length);
        StartSideBuffer();
        large?.Clear();
        if (length is 0 or > MaxLength)
        {
            error = ParseFaults.Describe(length == 0 ? ParseFault.Empty : ParseFault.TooLarge, [], 0);
            return false;
        }

        fixed (byte* origin = buffer)
        {
            byte* text = origin + start;
            byte* end = text + length;
            byte* place = DocumentParser.SkipWhitespace(text, end);
            ParseFault fault = place == end
                ? ParseFault.Empty
                : DocumentParser.Parse(this, origin, place, end, origin + buffer.Length, strictUtf8, out place);
            if (fault != ParseFault.None)
            {
                EntryCount = 0;
                rootKeysEnd = 0;
                error = ParseFaults.Describe(fault, buffer.AsSpan(start, length), (int)(place - text));
                return false;
            }
        }

        return true;
    }

    /// <summary>A tape entry, not checked: an index comes from the tape itself and is before <see cref="EntryCount"/> once parsed.</summary>
    internal ref readonly TapeEntry EntryAt(int index)
    {
        Debug.Assert((uint)index < (uint)Tape.Length, "an index of this tape");
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Tape), index);
    }

    internal ReadOnlySpan<TapeEntry> Entries => Tape.AsSpan(0, EntryCount);

    public JsonKind KindAt(int index) => EntryAt(index).Kind;

    /// <summary>The tape index just after the subtree of a value.</summary>
    public int NextAt(int index)
    {
        ref readonly TapeEntry entry = ref EntryAt(index);
        return entry.IsContainer ? entry.Next : index + 1;
    }

    /// <summary>Elements of an array, members of an object as written: repeated keys count.</summary>
    public int CountAt(int index) => (int)(EntryAt(index).Meta >> TapeEntry.CountShift);

    /// <summary>Whether this object itself repeats a key.</summary>
    public bool HasDuplicateKeys(int index) => (EntryAt(index).Meta & (TapeEntry.KindMask | TapeEntry.Special)) == ((uint)JsonKind.Object | TapeEntry.Special);

    /// <summary>Whether the object has members, all of which <see cref="KnownKeys"/> knows and none of which is repeated.</summary>
    public bool HasOnlyKnownKeys(int index) => CountAt(index) > 0 && EntryAt(index + 1).IsAmongKnown && !HasDuplicateKeys(index);

    /// <summary>The number of a known key.</summary>
    public int KeyNumberAt(int index) => (int)(EntryAt(index).Meta >> TapeEntry.CountShift);

    /// <summary>Whether the text of the value can be copied to an output byte for byte.</summary>
    public bool IsRawClean(int index) => !EntryAt(index).Has(TapeEntry.Unclean);

    /// <summary>The token as written, with quotes or brackets.</summary>
    public void RawRange(int index, out int offset, out int length)
    {
        ref readonly TapeEntry entry = ref EntryAt(index);
        offset = entry.Offset;
        length = entry.Length;
    }

    /// <summary>The spelling of a number.</summary>
    public void NumberAt(int index, out int offset, out int length) => RawRange(index, out offset, out length);

    /// <summary>The first element of an array, or the first key of an object; the value of a key is the entry after it.</summary>
#pragma warning disable CA1822 // Part of the shape of a document.
    public int FirstChild(int index) => index + 1;
#pragma warning restore CA1822

    /// <summary>The value of a key, of the last one if it is repeated.</summary>
    public bool TryFindMember(int objectIndex, ReadOnlySpan<byte> key, out int valueIndex)
    {
        return TryFindMember(objectIndex, key, KeyHash.Of(key), out valueIndex);
    }

    /// <summary>As above, for callers that ask often and keep the <see cref="KeyHash"/> of their key.</summary>
    public bool TryFindMember(int objectIndex, ReadOnlySpan<byte> key, uint hash, out int valueIndex)
    {
        int count = CountAt(objectIndex);
        if (count == 0 || IsSurelyAbsent(objectIndex, hash))
        {
            valueIndex = -1;
            return false;
        }

        return count < LargeContainers.Least
            ? TryFindByWalk(objectIndex, key, hash, out valueIndex)
            : TryFindInLarge(objectIndex, key, hash, KeyHash.Seeded(key), out valueIndex);
    }

    private bool TryFindByWalk(int objectIndex, ReadOnlySpan<byte> key, uint hash, out int valueIndex)
    {
        valueIndex = -1;
        ref readonly TapeEntry container = ref EntryAt(objectIndex);
        uint left = container.Meta >> TapeEntry.CountShift;
        bool repeats = (container.Meta & TapeEntry.Special) != 0;
        int index = objectIndex + 1;
        for (; left > 0; left--)
        {
            ref readonly TapeEntry entry = ref EntryAt(index);
            bool isCandidate = entry.Meta == (uint)JsonKind.String ? entry.Next == (int)hash : entry.Length - 2 == key.Length || entry.Has(TapeEntry.Special);
            if (isCandidate && IsKey(in entry, index, key))
            {
                valueIndex = index + 1;
                if (!repeats)
                {
                    return true;
                }
            }

            entry = ref EntryAt(index + 1);
            index = entry.IsContainer ? entry.Next : index + 2;
        }

        return valueIndex >= 0;
    }

    /// <summary>
    /// The value of a key of an object, -1 if there is none. Records of a stream look alike, so the key is nearly always where it was
    /// last, and its number on the tape says so. Of what is no object there is no member.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FindMember(int index, PathSegment segment)
    {
        int member = MemberAt(index, segment.LastPlace);
        return member >= 0 ? member : SearchMember(index, segment);
    }

    /// <summary>As <see cref="FindMember"/>; -1 also where the key has moved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int GuessMember(int index, PathSegment segment) => MemberAt(index, segment.LastPlace);

    /// <summary>As <see cref="FindMember"/> of the document itself; -1 also where the key has moved, or is repeated.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int GuessRootMember(PathSegment segment)
    {
        ulong place = segment.LastPlace;
        int distance = (int)(place & PathSegment.MostDistance);
        if (distance >= rootKeysEnd)
        {
            return -1;
        }

        ref readonly TapeEntry entry = ref EntryAt(distance);
        return entry.Next == distance && ((entry.Meta >> TapeEntry.CountShift) | keysTag) == place >> PathSegment.DistanceBits ? distance + 1 : -1;
    }

    /// <summary>The value of a key of an object if it is at that place, else -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int MemberAt(int index, ulong place)
    {
        ref readonly TapeEntry container = ref EntryAt(index);
        int distance = (int)(place & PathSegment.MostDistance);
        if ((container.Meta & (TapeEntry.KindMask | TapeEntry.Special)) == (uint)JsonKind.Object && distance < container.Next - index)
        {
            ref readonly TapeEntry entry = ref EntryAt(index + distance);
            if (entry.Next == distance && ((entry.Meta >> TapeEntry.CountShift) | keysTag) == place >> PathSegment.DistanceBits)
            {
                return index + distance + 1;
            }
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int SearchMember(int index, PathSegment segment)
    {
        ulong other = segment.OtherPlace;
        int member = MemberAt(index, other);
        if (member >= 0)
        {
            segment.OtherPlace = segment.LastPlace;
            segment.LastPlace = other;
            return member;
        }

        if (KindAt(index) != JsonKind.Object || CountAt(index) == 0)
        {
            return -1;
        }

        ulong absence = AbsenceIn(index);
        if (absence != 0 && absence == segment.LastAbsence)
        {
            return -1;
        }

        ReadOnlySpan<byte> key = segment.Key.AsSpan();
        if (!TryFindMember(index, key, segment.Hash, out int value))
        {
            if (absence != 0 && !Keys.Has((uint)(absence >> KnownKeys.NumberBits) & ushort.MaxValue, key, segment.Hash))
            {
                segment.LastAbsence = absence;
            }

            return -1;
        }

        uint number = EntryAt(value - 1).Meta >> TapeEntry.CountShift;
        int distance = value - 1 - index;
        if (number > KnownKeys.LastRoot && distance < PathSegment.MostDistance)
        {
            segment.OtherPlace = segment.LastPlace;
            segment.LastPlace = ((number | keysTag) << PathSegment.DistanceBits) | (uint)distance;
        }

        return value;
    }

    /// <summary>Whether all keys of the object, which is not empty, are known and a key of that hash was never met in its place.</summary>
    private bool IsSurelyAbsent(int objectIndex, uint hash)
    {
        ref readonly TapeEntry first = ref EntryAt(objectIndex + 1);
        if (!first.IsAmongKnown)
        {
            return false;
        }

        uint parent = Keys.Start[first.Meta >> TapeEntry.CountShift].Parent;
        return (Volatile.Read(ref Keys.Start[parent].Met) & (1UL << (int)(hash & 63))) == 0;
    }

    /// <summary>
    /// What a key is absent from if none of the keys that were ever met here is that key: the generation and number of the parent and how
    /// many keys are known there. 0 if the object has other keys.
    /// </summary>
    public ulong AbsenceIn(int objectIndex)
    {
        if (CountAt(objectIndex) == 0)
        {
            return 0;
        }

        ref readonly TapeEntry first = ref EntryAt(objectIndex + 1);
        if (!first.IsAmongKnown)
        {
            return 0;
        }

        uint parent = Keys.Start[first.Meta >> TapeEntry.CountShift].Parent;
        return ((parent | keysTag) << KnownKeys.NumberBits) | Volatile.Read(ref Keys.Start[parent].Children);
    }

    /// <summary>Follows a path without wildcards from a value; -1 where it leads to nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(int index, ReadOnlySpan<PathSegment> segments)
    {
        foreach (PathSegment segment in segments)
        {
            int next = FindMember(index, segment);
            if (next < 0)
            {
                next = KindAt(index) == JsonKind.Array && segment.Position >= 0 ? ElementAt(index, segment.Position) : -1;
                if (next < 0)
                {
                    return -1;
                }
            }

            index = next;
        }

        return index;
    }

    private bool IsKey(in TapeEntry entry, int index, ReadOnlySpan<byte> key) => entry.Has(TapeEntry.Special)
        ? Content(index).SequenceEqual(key)
        : entry.Length - 2 == key.Length && TextAt(entry.Offset + 1, key.Length).SequenceEqual(key);

    /// <summary>A part of the text that the tape has found, not checked again.</summary>
    internal ReadOnlySpan<byte> TextAt(int offset, int length) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Buffer), offset), length);

    /// <summary>The tape index of an element, -1 if there is none at the position.</summary>
    public int ElementAt(int arrayIndex, int position)
    {
        if ((uint)position >= (uint)CountAt(arrayIndex))
        {
            return -1;
        }

        int first = FirstChild(arrayIndex);
        if (NextAt(arrayIndex) - first == CountAt(arrayIndex))
        {
            // Scalars only.
            return first + position;
        }

        return position < LargeContainers.Least ? ElementByWalk(arrayIndex, position) : ElementOfLarge(arrayIndex, position);
    }

    private int ElementByWalk(int arrayIndex, int position)
    {
        int index = FirstChild(arrayIndex);
        for (; position > 0; position--)
        {
            index = NextAt(index);
        }

        return index;
    }

    internal void Accept(int entries, int depth)
    {
        EntryCount = entries;
        Depth = depth;
        bool isPlainObject = (TapeStart->Meta & (TapeEntry.KindMask | TapeEntry.Special)) == (uint)JsonKind.Object;
        rootKeysEnd = isPlainObject ? entries : 0;
    }

    internal bool TryGrowTape(int used)
    {
        if (used >= TapeEntry.MaxEntries)
        {
            return false;
        }

        AllocateTape((int)Math.Min(2L * Tape.Length, TapeEntry.MaxEntries));
        return true;
    }

    private void AllocateTape(int size)
    {
        TapeEntry[] grown = GC.AllocateUninitializedArray<TapeEntry>(size, pinned: true);
        Tape.CopyTo(grown, 0);
        Tape = grown;
        TapeStart = (TapeEntry*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(grown));
    }
}
