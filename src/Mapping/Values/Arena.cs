using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mapping.Values;

/// <summary>
/// Memory of one message's evaluation: append-only bytes and pooled nodes, all given back at once by <see cref="Reset"/>.
/// A value that outlives the message goes through <c>Detach()</c> first.
/// </summary>
internal sealed class Arena
{
    private const int FirstChunk = 16 * 1024;
    private const int LargestKeptChunk = 1024 * 1024;
    private const int KeptNodes = 2048;

    /// <summary>The first containers of a message, its result and what that is made from among them, may be large each time.</summary>
    private const int LargeNodes = 8;

    private readonly List<ArrayNode> arrays = [];
    private readonly List<ObjectNode> objects = [];
    private byte[] chunk = [];
    private int chunkUsed;
    private int arraysUsed;
    private int objectsUsed;
    private readonly List<Timestamp> moments = [];
    private int momentsUsed;

    /// <summary>Bytes handed out since the last reset, nodes included by estimate.</summary>
    public long BytesUsed { get; private set; }

    /// <summary>Room for <paramref name="length"/> bytes that live until the reset.</summary>
    public Span<byte> Allocate(int length, out byte[] owner, out int offset)
    {
        offset = Reserve(length, out owner);
        return owner.AsSpan(offset, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Reserve(int length, out byte[] owner)
    {
        if (chunk.Length - chunkUsed < length)
        {
            AddChunk(length);
        }

        owner = chunk;
        int offset = chunkUsed;
        chunkUsed = offset + length;
        BytesUsed += length;
        return offset;
    }

    /// <summary>What is left of the old chunk stays referenced by the values in it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddChunk(int length)
    {
        chunk = GC.AllocateUninitializedArray<byte>(Math.Max(length, Math.Clamp(chunk.Length * 2, FirstChunk, LargestKeptChunk)));
        chunkUsed = 0;
    }

    /// <summary>Room for a string that will need no escape, with its quotes around it: it is written as it stands.</summary>
    public Span<byte> AllocateQuoted(int length, out byte[] owner, out int offset)
    {
        Span<byte> room = Allocate(length + 2, out owner, out offset);
        room[0] = room[^1] = (byte)'"';
        offset++;
        return room[1..^1];
    }

    /// <summary>
    /// Room for a text that is written piece by piece, from the returned offset on; bytes behind a piece may be overwritten as long as the
    /// pieces come in order. It is finished by <see cref="EndText"/>.
    /// </summary>
    public int BeginText(int length, out byte[] owner) => Reserve(length + 2, out owner) + 1;

    /// <summary>The text that was begun, with quotes around it if its content needs no escape.</summary>
    public static Value EndText(byte[] owner, int offset, int length, bool needsNoEscape)
    {
        Debug.Assert(offset > 0 && length >= 0 && offset + length < owner.Length, "a text that was begun");
        ref byte text = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(owner), offset);
        Unsafe.Add(ref text, -1) = (byte)'"';
        Unsafe.Add(ref text, length) = (byte)'"';
        return Value.FromUtf8(owner, offset, length, needsNoEscape);
    }

    public Value String(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Allocate(utf8.Length, out byte[] owner, out int offset));
        return Value.FromUtf8(owner, offset, utf8.Length);
    }

    public Value Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Allocate(bytes.Length, out byte[] owner, out int offset));
        return Value.FromBytes(owner, offset, bytes.Length);
    }

    /// <summary>A copy of the bytes of the kind that <paramref name="like"/> has: string or bytes.</summary>
    public Value TextLike(Value like, ReadOnlySpan<byte> bytes) => like.Kind == ValueKind.Bytes ? Bytes(bytes) : String(bytes);

    public Value String(string text)
    {
        int length = System.Text.Encoding.UTF8.GetByteCount(text);
        System.Text.Encoding.UTF8.GetBytes(text, Allocate(length, out byte[] owner, out int offset));
        return Value.FromUtf8(owner, offset, length);
    }

    public ArrayNode NewArray(int capacity = 0)
    {
        ReadOnlySpan<ArrayNode> made = CollectionsMarshal.AsSpan(arrays);
        ArrayNode node = arraysUsed < made.Length ? made[arraysUsed] : AddArray();
        arraysUsed++;
        node.Reset(mayBeLarge: arraysUsed <= LargeNodes);
        node.EnsureCapacity(capacity);
        BytesUsed += 48 + (16L * capacity);
        return node;
    }

    /// <summary>An array of pairs, which become objects only when somebody asks for one.</summary>
    public ArrayNode NewPairs(PairKeys keys, int capacity)
    {
        ArrayNode node = NewArray();
        node.BeginPairs(keys, this, capacity);
        BytesUsed += 112L * capacity;
        return node;
    }

    /// <summary>An array of the parts of a text, which are made only when somebody asks for them.</summary>
    public ArrayNode NewParts(Value text, ulong cutOut)
    {
        ArrayNode node = NewArray();
        node.BeginParts(text, cutOut);
        BytesUsed += 16L * node.Count;
        return node;
    }

    public ObjectNode NewObject(int capacity = 0)
    {
        ReadOnlySpan<ObjectNode> made = CollectionsMarshal.AsSpan(objects);
        ObjectNode node = objectsUsed < made.Length ? made[objectsUsed] : AddObject();
        objectsUsed++;
        node.Reset(mayBeLarge: objectsUsed <= LargeNodes);
        node.EnsureCapacity(capacity);
        BytesUsed += 64 + (32L * capacity);
        return node;
    }

    public Value Timestamp(WallTime time)
    {
        BytesUsed += 48;
        if (momentsUsed < moments.Count)
        {
            Timestamp known = moments[momentsUsed++];
            known.Reuse(time);
            return Value.FromTimestamp(known);
        }

        moments.Add(Values.Timestamp.FromLocal(time));
        return Value.FromTimestamp(moments[momentsUsed++]);
    }

    /// <summary>Counts bytes that were made elsewhere on behalf of this evaluation.</summary>
    public void Charge(long bytes) => BytesUsed += bytes;

    public void Reset()
    {
#if DEBUG
        // Whoever kept a value without detaching it reads this instead of plausible data.
        chunk.AsSpan(0, chunkUsed).Fill(0xDD);
#endif
        if (chunk.Length > LargestKeptChunk)
        {
            chunk = [];
        }

        chunkUsed = 0;
        BytesUsed = 0;
        arraysUsed = Trim(arrays, KeptNodes);
        objectsUsed = Trim(objects, KeptNodes);
        momentsUsed = Trim(moments, KeptNodes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ArrayNode AddArray()
    {
        arrays.Add(new ArrayNode());
        return arrays[^1];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ObjectNode AddObject()
    {
        objects.Add(new ObjectNode());
        return objects[^1];
    }

    private static int Trim<T>(List<T> pool, int most)
    {
        if (pool.Count > most)
        {
            pool.RemoveRange(most, pool.Count - most);
            pool.TrimExcess();
        }

        return 0;
    }
}
